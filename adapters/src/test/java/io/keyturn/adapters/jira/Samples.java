package io.keyturn.adapters.jira;

import io.keyturn.adapters.message.Spoken;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
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
import java.util.Arrays;
import java.util.List;

/** Messages as the tests hand them over. */
final class Samples {
    /** Everything that some sink takes for its own. */
    static final String HOSTILE =
            "<!channel> [~admin] @here {code}{*}h1. *b* _i_ [x|https://evil.example] !x.png! ~t~ || ^s^"
                    + " -d- +u+ ??c?? {{m}} <script>alert(1)</script> &#42; http://evil.example (!) :) \\\\ ${x}"
                    + "\r\nh2. heading\n* list\n|cell|\t\u202Etxt.exe\u2066\u0000\u2028";

    private Samples() {}

    /** A message as it mostly is: about one key, to somebody. */
    static Message ordinary(String owner) {
        return message(
                "1 key needs you by 2026-11-25",
                Text.of("A key of yours is past its limit."),
                List.of(item(owner, "ci-deploy · 7QXA · production", "")));
    }

    /** The same with one more sentence, as the days go by. */
    static Message later(String owner) {
        return message(
                "1 key needs you by 2026-11-25",
                Text.of("A key of yours is past its limit, and in 1 day it is switched off."),
                List.of(item(owner, "ci-deploy · 7QXA · production", "")));
    }

    /** One whose every text is an attack. */
    static Message hostile() {
        return message(HOSTILE, Text.of(HOSTILE), List.of(item(HOSTILE, HOSTILE, HOSTILE)));
    }

    /** One about a key of which there is more to say than Jira takes. */
    static Message endless() {
        Item item = item("ann@example.com", "ci-deploy · 7QXA · production", "");
        Item.Line[] facts = new Item.Line[60];
        Arrays.fill(facts, new Item.Line("Used", Text.of("again and again ".repeat(50))));
        return message(
                "1 key needs you",
                Text.of("A key of yours is past its limit."),
                List.of(new Item(
                        item.notice(),
                        item.state(),
                        item.name(),
                        item.happens(),
                        List.of(facts),
                        item.steps(),
                        item.moreTime(),
                        item.better(),
                        item.links())));
    }

    /** One about so many keys. */
    static Message about(int keys) {
        Item[] items = new Item[keys];
        Arrays.setAll(items, i -> item("ann@example.com", "user-" + i + " · 7QXA · production", ""));
        return message(keys + " keys need you", Text.of("Keys of yours are past their limits."), List.of(items));
    }

    static Message message(String headline, Text opening, List<Item> items) {
        return new Message(
                "m-1",
                headline,
                opening,
                items,
                Text.of("You own it by the tag Owner. Times are UTC."),
                Spoken.PHRASES);
    }

    private static Item item(String owner, String name, String tail) {
        return new Item(
                notice(owner),
                "Overdue · deactivated on Wed 2026-11-25, in 2 days" + tail,
                name,
                new Text(List.of(
                        new Span.Plain("It is "),
                        new Span.Strong("371 days old" + tail),
                        new Span.Plain(", limit 365, and will be deactivated."))),
                List.of(
                        new Item.Line("Last used", Text.of("2026-11-23 with s3 in eu-central-1" + tail)),
                        new Item.Line("Not looked at", new Text(List.of(new Span.Code("presigned URLs" + tail))))),
                List.of(
                        new Text(List.of(
                                new Span.Plain("Run "),
                                new Span.Code("aws iam create-access-key --user-name ci-deploy" + tail))),
                        Text.of("Put it where the old one is.")),
                Text.of("More time: keyturn snooze ci-deploy --until 2026-12-01" + tail),
                new Text(List.of(
                        new Span.Plain("Better: "),
                        new Span.Link("a role", URI.create("https://docs.aws.amazon.com/IAM/roles.html")))),
                List.of(
                        new Item.Button("Its story" + tail, URI.create("https://keys.example.com/k?id=1&x=2")),
                        new Item.Button("Plain", URI.create("https://keys.example.com/p"))));
    }

    private static Notice notice(String owner) {
        AccountId account = new AccountId("111122223333");
        UserName name = new UserName("ci-deploy");
        UserId id = new UserId("AIDAEXAMPLECIDEPLOY1");
        String arn = "arn:aws:iam::111122223333:user/ci-deploy";
        Instant created = Instant.parse("2025-11-17T08:00:00Z");
        CredentialId credential = new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                account,
                new Principal.OfUser(name, id, arn),
                1,
                new KeyId("AKIAEXAMPLE000007QXA"),
                created);
        Owner to = new Owner(owner, "tag Owner");
        Deadline end = new Deadline(Step.DEACTIVATE, "age", Instant.parse("2026-11-25T08:00:00Z"));
        Finding finding = new Finding(
                credential,
                true,
                Duration.ofDays(371),
                LastUse.NEVER_USED,
                null,
                Standing.EXPIRED,
                "machines",
                List.of(),
                Fact.known(to, Instant.parse("2026-11-23T08:00:00Z")),
                List.of(end),
                List.of());
        return new Notice(
                "n-1",
                new Account(account, "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false),
                new User(
                        name,
                        id,
                        arn,
                        "/",
                        created,
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead()),
                finding,
                to,
                end);
    }
}
