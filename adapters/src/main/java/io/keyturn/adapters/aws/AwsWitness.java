package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** Asks CloudTrail and Account Management, with the credentials that an account is read with. */
final class AwsWitness implements Witness {
    /** Two calls a second an account. Source: CloudTrail API reference, LookupEvents. */
    private static final long PAUSE = Duration.ofMillis(500).toNanos();

    /** After this many events, a quarter of a minute, nobody waits for more. */
    private static final int MOST = 1500;

    private final Run run;
    private final Map<AccountId, AwsLiveAccount> live;
    private final Map<Desk, Turn> turns = new ConcurrentHashMap<>();

    /** What takes so many calls: an account in a Region. */
    private record Desk(AccountId account, Region region) {}

    /** When the account's next lookup may be. */
    private static final class Turn {
        private long next = System.nanoTime() - 2 * PAUSE;

        /** Takes the next place; how long it is until then. */
        synchronized long take() {
            long now = System.nanoTime();
            // Who was silent for a second has two calls at once.
            next = Math.max(next + PAUSE, now - PAUSE);
            return next - now;
        }
    }

    AwsWitness(Run run, Map<AccountId, AwsLiveAccount> live) {
        this.run = run;
        this.live = live;
    }

    @Override
    public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) throws InterruptedException {
        return asking(account, "CloudTrail could not be asked", access -> {
            List<TrailEvent> events = new ArrayList<>();
            EventLookup lookup = run.clients().trail(account.partition());
            Turn turn = turn(account, Regions.home(account.partition()));
            Calls calls = run.calls();
            String token = null;
            do {
                String at = token;
                calls.sleep(turn.take());
                EventLookup.Page page = calls.call(() -> lookup.page(access.as(), query, since, at));
                events.addAll(page.events());
                token = page.next();
                if (token != null && token.equals(at)) {
                    throw new CallFailure(CallFailure.REPEATED_TOKEN, "CloudTrail gave the same page token twice");
                }
            } while (token != null && events.size() < MOST);
            return new TrailEvents(events, token == null);
        });
    }

    private Turn turn(Account account, Region region) {
        return turns.computeIfAbsent(new Desk(account.id(), region), any -> new Turn());
    }

    @Override
    public Fact<TrailEvents> latest(Account account, TrailQuery query, String region, Instant since, Duration within)
            throws InterruptedException {
        AwsLiveAccount known = live.get(account.id());
        Region at = region.isEmpty() ? Regions.home(account.partition()) : Region.of(region);
        if (known == null || !(region.isEmpty() || Regions.partitionOf(region).equals(account.partition()))) {
            return Fact.unknown("CloudTrail could not be asked in this account");
        }
        Calls calls = run.calls(within);
        try {
            Access access = known.access(new Needs(EnumSet.noneOf(FactName.class), Needs.Identify.NONE));
            EventLookup lookup = run.clients().trail(at);
            calls.sleep(turn(account, at).take());
            EventLookup.Page page = calls.call(() -> lookup.page(access.as(), query, since, null));
            return Fact.known(
                    new TrailEvents(page.events(), page.next() == null),
                    run.clock().instant());
        } catch (CallFailure failure) {
            return Fact.unknown(plainly(failure));
        } catch (ReadFailure failure) {
            return Fact.unknown("CloudTrail could not be asked in this account");
        }
    }

    /** For people who own a key: what AWS says to whoever runs Keyturn is not theirs to read. */
    private static String plainly(CallFailure failure) {
        return failure.denied()
                ? "CloudTrail may not be read in this account"
                : failure.code().equals(CallFailure.DEADLINE)
                        ? "CloudTrail gave no answer in time"
                        : "CloudTrail could not be asked";
    }

    @Override
    public Fact<String> contact(Account account, Contact.Kind kind) throws InterruptedException {
        return asking(account, "the account's contact could not be asked for", access -> {
            AlternateContacts contacts = run.clients().contacts(account.partition());
            try {
                return access.calls().call(() -> contacts.mail(access.as(), kind));
            } catch (CallFailure failure) {
                if (failure.code().startsWith("ResourceNotFound")) {
                    return "";
                }
                throw failure;
            }
        });
    }

    /** One question to an account. */
    private interface Question<T> {
        @Nullable
        T ask(Access access) throws CallFailure, InterruptedException;
    }

    private <T> Fact<T> asking(Account account, String failed, Question<T> question) throws InterruptedException {
        AwsLiveAccount known = live.get(account.id());
        if (known == null) {
            return Fact.unknown(failed + ": the account is not among those of this run");
        }
        try {
            T answer = question.ask(known.access(new Needs(EnumSet.noneOf(FactName.class), Needs.Identify.NONE)));
            return answer == null
                    ? Fact.unknown(failed + ": AWS's answer lacks it")
                    : Fact.known(answer, run.clock().instant());
        } catch (CallFailure failure) {
            return Fact.unknown(failed + ": " + failure.why());
        } catch (ReadFailure failure) {
            return Fact.unknown(failed + ": " + failure.problem().why());
        }
    }
}
