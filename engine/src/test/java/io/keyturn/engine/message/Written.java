package io.keyturn.engine.message;

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
import io.keyturn.core.policy.Step;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that were put into words already. */
public final class Written {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final UserName ANN = new UserName("ann");
    private static final UserId ID = new UserId("AIDAANN");

    /** The name of each phrase, and how many where it says that. */
    static final Phrases PHRASES = (phrase, values) -> Text.of(phrase.label() + values.values());

    private Written() {}

    /** One key's notice. */
    public static Notice notice(LastUse use, @Nullable Step step) {
        Account account = new Account(
                new AccountId("111122223333"), "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        String arn = "arn:aws:iam::111122223333:user/ann";
        Deadline deadline = new Deadline(Step.DEACTIVATE, "idle", NOW.plus(Duration.ofDays(9)));
        Owner owner = new Owner("ann@example.com", "tag Email");
        Finding finding = new Finding(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        account.id(),
                        new Principal.OfUser(ANN, ID, arn),
                        null,
                        new KeyId("AKIAEXAMPLE00000K4TD"),
                        NOW.minus(Duration.ofDays(80))),
                true,
                Duration.ofDays(80),
                use,
                Duration.ofDays(60),
                Standing.EXPIRED,
                "people",
                List.of(new Reason.PastIdle(Duration.ofDays(60), Duration.ofDays(45), false)),
                Fact.known(owner, NOW),
                List.of(deadline),
                List.of("CIS-5.0 1.11"));
        User user = new User(
                ANN,
                ID,
                arn,
                "/",
                NOW,
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
        return new Notice(
                "n-1", account, user, finding, owner, step == null ? null : new Deadline(step, "idle", deadline.at()));
    }

    /** A message about these keys. */
    public static Message message(Notice... notices) {
        List<Item> items = List.of(notices).stream()
                .map(notice -> new Item(
                        notice,
                        "Overdue",
                        "ann · K4TD · production",
                        Text.of("It goes."),
                        List.of(new Item.Line("Last used", Text.of("60 days ago"))),
                        List.of(Text.of("Look."), Text.of("Delete it.")),
                        Text.of("More time: ask us."),
                        null,
                        List.of(new Item.Button("Open", URI.create("https://keys.example.com/k")))))
                .toList();
        return new Message("m-1", "Keys need you", Text.of("Good day."), items, Text.of("Times in UTC."), PHRASES);
    }
}
