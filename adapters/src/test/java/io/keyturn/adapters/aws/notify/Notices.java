package io.keyturn.adapters.aws.notify;

import io.keyturn.adapters.message.Spoken;
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
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Messages as the tests hand them over. */
final class Notices {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final Instant CREATED = Instant.parse("2025-11-17T08:00:00Z");

    private Notices() {}

    static Message about(int keys, String text) {
        return new Message(
                "m-1",
                "1 key · due on Wed 2026-11-25" + text,
                Text.of("One of your keys is past its limit." + text),
                Collections.nCopies(keys, item(text)),
                Text.of("You own it by the tag Owner." + text),
                Spoken.PHRASES);
    }

    private static Item item(String text) {
        return new Item(
                notice(),
                "Overdue · deactivated on Wed 2026-11-25, in 2 days" + text,
                "ci-deploy · 7QXA · production" + text,
                new Text(List.of(new Span.Plain("It is "), new Span.Strong("371 days old" + text))),
                List.of(new Item.Line("Last used" + text, Text.of("never" + text))),
                List.of(new Text(List.of(new Span.Plain("Run "), new Span.Code("aws login" + text)))),
                Text.of("More time: ask." + text),
                Text.of("Better: a role." + text),
                List.of(new Item.Button("Its story" + text, URI.create("https://keys.example.com/k?id=1"))));
    }

    private static Notice notice() {
        UserName name = new UserName("ci-deploy");
        UserId id = new UserId("AIDAEXAMPLECIDEPLOY1");
        String arn = "arn:aws:iam::111122223333:user/ci-deploy";
        CredentialId credential = new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                ACCOUNT,
                new Principal.OfUser(name, id, arn),
                1,
                new KeyId("AKIAEXAMPLE000007QXA"),
                CREATED);
        Owner owner = new Owner("ann@example.com", "tag Owner");
        Deadline end = new Deadline(Step.DEACTIVATE, "age", Instant.parse("2026-11-25T08:00:00Z"));
        Finding finding = new Finding(
                credential,
                true,
                Duration.ofDays(371),
                LastUse.NEVER_USED,
                null,
                Standing.EXPIRED,
                "machines",
                List.of(new Reason.PastAge(Duration.ofDays(371), Duration.ofDays(365))),
                Fact.known(owner, CREATED),
                List.of(end),
                List.of());
        User user = new User(
                name,
                id,
                arn,
                "/",
                CREATED,
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
        Account account = new Account(ACCOUNT, "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        return new Notice("n-1", account, user, finding, owner, end);
    }
}
