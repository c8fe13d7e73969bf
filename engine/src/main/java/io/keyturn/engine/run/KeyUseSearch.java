package io.keyturn.engine.run;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Network;
import io.keyturn.core.trail.PlaceFinder;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for where the keys are used from that somebody is told of: one page of events each, in the Region of the last use.
 * CloudTrail takes two calls a second, so no account is asked for long or for many keys, and after an answer that did not
 * come never again in this run: the letters say then that it was not looked at, and go out. Safe for use by several threads.
 */
public final class KeyUseSearch {
    /** Keys of one account that are looked up in a run: ten seconds, at two calls a second. */
    private static final int MOST_OF_ACCOUNT = 20;

    /** Keys that are looked up in a run, of all accounts. */
    private static final int MOST = 500;

    /** How long an account is waited for in all, and how long for one answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration FOR_ONE = Duration.ofSeconds(3);

    /** How long CloudTrail keeps events. Source: CloudTrail user guide, "Viewing events with event history". */
    private static final Duration KEPT = Duration.ofDays(90);

    /** A key that Keyturn made is tried out by Keyturn right after: that is no use of its owner's. */
    private static final Duration TRIED_OUT = Duration.ofMinutes(15);

    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}");

    /** Asks nobody. */
    public static final KeyUseSearch NONE = new KeyUseSearch();

    private final Witness witness;
    private final @Nullable InstantSource clock;
    private final List<Network> networks;
    private final Map<KeyId, Fact<KeyUses>> known = new ConcurrentHashMap<>();
    private final Map<AccountId, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();

    /** What came of asking in one account; who holds the lock asks. */
    private static final class Asked {
        private final ReentrantLock turn = new ReentrantLock();
        private int keys;
        private Duration spent = Duration.ZERO;
        private String closed = "";
    }

    private KeyUseSearch() {
        this.witness = Witness.NONE;
        this.clock = null;
        this.networks = List.of();
    }

    /** @param networks those that the configuration names */
    public KeyUseSearch(Witness witness, List<Network> networks, InstantSource clock) {
        this.witness = witness;
        this.networks = List.copyOf(networks);
        this.clock = clock;
    }

    /** Where the key is used from; not read where nobody is asked, or where there is nothing to ask about. */
    public Fact<KeyUses> of(Account account, User user, Finding finding) throws InterruptedException {
        KeyId key = finding.credential().keyId();
        if (clock == null || key == null || finding.lastUse() instanceof LastUse.NeverUsed) {
            return Fact.notRead();
        }
        Instant since = since(finding, clock.instant());
        if (finding.lastUse() instanceof LastUse.Used used && used.at().isBefore(since)) {
            return Fact.unknown("CloudTrail keeps events for 90 days, and its last use is longer ago");
        }
        Asked of = asked.computeIfAbsent(account.id(), any -> new Asked());
        of.turn.lockInterruptibly();
        try {
            Fact<KeyUses> before = known.get(key);
            if (before != null) {
                return before;
            }
            Fact<KeyUses> found = ask(of, clock, account, key, region(finding.lastUse()), since)
                    .map(told -> new PlaceFinder(networks, signsIn(user)).of(told, region(finding.lastUse()), since));
            known.put(key, found);
            return found;
        } finally {
            of.turn.unlock();
        }
    }

    private static Instant since(Finding finding, Instant now) {
        Instant kept = now.minus(KEPT);
        Instant created = finding.credential().created();
        return created != null && created.plus(TRIED_OUT).isAfter(kept) ? created.plus(TRIED_OUT) : kept;
    }

    /** Where AWS saw the last use; empty where it names no Region, and IAM's own is asked. */
    private static String region(LastUse use) {
        return use instanceof LastUse.Used used && REGION.matcher(used.region()).matches() ? used.region() : "";
    }

    private static boolean signsIn(User user) {
        return user.console() instanceof Fact.Known<Boolean>(Boolean has, Instant asOf) && has;
    }

    private Fact<TrailEvents> ask(
            Asked of, InstantSource time, Account account, KeyId key, String region, Instant since)
            throws InterruptedException {
        if (!of.closed.isEmpty()) {
            return Fact.unknown(of.closed);
        }
        if (of.keys >= MOST_OF_ACCOUNT || lookups.incrementAndGet() > MOST) {
            return Fact.unknown("more keys are told of than CloudTrail is asked about in one run");
        }
        of.keys++;
        Instant begun = time.instant();
        Fact<TrailEvents> told = ask(account, key, region, since);
        of.spent = of.spent.plus(Duration.between(begun, time.instant()));
        if (told instanceof Fact.Unknown<TrailEvents>(String why)) {
            of.closed = why;
        } else if (of.spent.compareTo(PATIENCE) >= 0) {
            of.closed = "CloudTrail takes too long to answer";
        }
        return told;
    }

    private Fact<TrailEvents> ask(Account account, KeyId key, String region, Instant since)
            throws InterruptedException {
        try {
            return witness.latest(account, TrailQuery.signedWith(key.value()), region, since, FOR_ONE);
        } catch (RuntimeException unforeseen) {
            // A letter that says less is better than one that does not go out.
            return Fact.unknown("an internal error: " + unforeseen.getClass().getSimpleName());
        }
    }
}
