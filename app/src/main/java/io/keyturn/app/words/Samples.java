package io.keyturn.app.words;

import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Place;
import io.keyturn.engine.message.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A made-up notice of every kind, for previews, and for trying templates out before they are needed. */
public final class Samples {
    private static final KeyId KEY = new KeyId("AKIAIOSFODNN7EXAXBL7");
    private static final KeyId SUCCESSOR = new KeyId("AKIAI44QH8DHBEXAZ6RF");
    private static final String ARN = "arn:aws:iam::111122223333:user/b.khan";
    private static final Duration LIMIT = Duration.ofDays(90);
    private static final Duration AGE = Duration.ofDays(98);

    private final Owner owner;
    private final Instant now;

    /** @param owner to whom they are */
    public Samples(Owner owner, Instant now) {
        this.owner = owner;
        this.now = now;
    }

    /** One of every kind. */
    public List<Notice> all() {
        return List.of(Kind.values()).stream().map(this::of).toList();
    }

    /** One of every kind, and of each what a template has to say where the key is used from, or why that is not known. */
    public List<Notice> everything() {
        List<Fact<KeyUses>> told = new ArrayList<>(List.of(
                Fact.notRead(), Fact.unknown("CloudTrail may not be read in this account"), uses(List.of()), uses()));
        for (Place.Kind kind : Place.Kind.values()) {
            told.add(uses(List.of(origin(kind, "a place", 1, List.of("192.0.2.7")))));
        }
        return all().stream().flatMap(notice -> told.stream().map(notice::from)).toList();
    }

    /** Where the key of a sample may be used from. */
    public Fact<KeyUses> uses() {
        return uses(List.of(
                origin(Place.Kind.CI, "GitHub Actions", 37, List.of("192.0.2.7", "192.0.2.18", "192.0.2.61")),
                origin(Place.Kind.AWS, "Lambda", 9, List.of("198.51.100.4")),
                origin(Place.Kind.UNKNOWN, "", 3, List.of("203.0.113.9"))));
    }

    private Fact<KeyUses> uses(List<KeyUses.Origin> origins) {
        Instant since = now.minus(Duration.ofDays(90));
        return Fact.known(new KeyUses(origins, 0, 49, true, since, "eu-central-1"), now);
    }

    private KeyUses.Origin origin(Place.Kind kind, String name, int events, List<String> addresses) {
        Instant last = now.minus(Duration.ofDays(3));
        int more = addresses.size() > 1 ? 4 : 0;
        return new KeyUses.Origin(new Place(kind, name), events, last, List.of("aws-cli", "boto3"), addresses, more);
    }

    /** One of a kind. */
    public Notice of(Kind kind) {
        Reason old = new Reason.PastAge(AGE, LIMIT);
        Reason idle = new Reason.PastIdle(Duration.ofDays(61), Duration.ofDays(45), false);
        return switch (kind) {
            case LEAKED -> notice(kind, Standing.LEAKED, null, new Reason.Quarantined("AWSCompromisedKeyQuarantineV3"));
            case COMPROMISED ->
                notice(
                        kind,
                        Standing.LEAKED,
                        null,
                        new Reason.Compromised(new Compromise("c-1", "c.reyes", "found in a public repository", now)));
            case CONTESTED -> notice(kind, Standing.ROTATING, null, succeeded(true));
            case TWO_KEYS -> notice(kind, Standing.EXPIRED, null, old, new Reason.TwoKeys());
            case DELETED -> notice(kind, Standing.INACTIVE, null, new Reason.SwitchedOff());
            case DELETE -> notice(kind, Standing.INACTIVE, Step.DELETE, new Reason.SwitchedOff());
            case DEACTIVATE -> notice(kind, Standing.EXPIRED, Step.DEACTIVATE, idle);
            case RETIRE -> notice(kind, Standing.ROTATING, Step.DEACTIVATE, succeeded(true));
            case DELIVERED -> notice(kind, Standing.ROTATING, null, succeeded(false));
            case ROTATE -> notice(kind, Standing.EXPIRED, Step.ROTATE, old);
            case SETTLED -> settled(notice(kind, Standing.HEALTHY, null));
            case ATTENTION -> notice(kind, Standing.EXPIRED, null, old);
        };
    }

    private static Notice settled(Notice notice) {
        return Notice.of(
                Settled.HEALTHY, notice.id(), notice.account(), notice.user(), notice.finding(), notice.owner());
    }

    private Reason succeeded(boolean installed) {
        String place = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:keyturn/production/b.khan-a1b2c3";
        return new Reason.Succeeded(SUCCESSOR, now.minus(Duration.ofDays(installed ? 18 : 4)), place, installed);
    }

    private Notice notice(Kind kind, Standing standing, @Nullable Step step, Reason... reasons) {
        Account account = new Account(
                new AccountId("111122223333"), "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        UserName name = new UserName("b.khan");
        UserId id = new UserId("AIDACKCEVSQ6C2EXAMPLE");
        Instant created = now.minus(AGE);
        LastUse use =
                new LastUse.Used(now.minus(Duration.ofDays(kind == Kind.DEACTIVATE ? 61 : 3)), "glue", "eu-central-1");
        Finding finding = new Finding(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        account.id(),
                        new Principal.OfUser(name, id, ARN),
                        null,
                        KEY,
                        created),
                standing != Standing.INACTIVE && kind != Kind.COMPROMISED,
                AGE,
                use,
                Duration.ofDays(kind == Kind.DEACTIVATE ? 61 : 3),
                standing,
                "people",
                List.of(reasons),
                Fact.known(owner, now),
                List.of(),
                List.of());
        User user = new User(
                name,
                id,
                ARN,
                "/",
                created,
                Fact.notRead(),
                Fact.known(Map.of(KEY.value(), "nightly export"), now),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.known(true, now),
                Fact.notRead());
        Deadline announced = step == null ? null : new Deadline(step, limit(standing), now.plus(Duration.ofDays(15)));
        return new Notice("sample-" + kind.label(), account, user, finding, owner, announced);
    }

    private static String limit(Standing standing) {
        return switch (standing) {
            case ROTATING -> Deadline.ROTATION;
            case INACTIVE -> Deadline.COOL_DOWN;
            default -> "age";
        };
    }
}
