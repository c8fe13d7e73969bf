package io.keyturn.adapters.slack;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Messages that tests send. */
final class Messages {
    static final String EMOJI = "🔑".repeat(256);
    static final String HOSTILE =
            "<!channel> @here <@U0MALLORY1> *b* _i_ ~s~ `c` :bomb: &amp;\r\n> q \u202egnp.exe <script>";

    private static final Instant READ = Instant.parse("2026-11-23T08:12:00Z");

    private Messages() {}

    /** The first notice of one key, as the design draws it. */
    static Message oneKey() {
        return message(
                "Your key XBL7 turns 90 days old on 2026-12-08",
                paragraph(
                        new Span.Plain("On "),
                        new Span.Strong("Tue 2026-12-08"),
                        new Span.Plain(
                                " Keyturn makes you a new key. Do it yourself before, and nothing more happens.")),
                khan());
    }

    static Item khan() {
        return new Item(
                notice("b.khan"),
                "Due soon · rotated on Tue 2026-12-08, in 15 days",
                "b.khan · XBL7 · production",
                paragraph(
                        new Span.Plain("It is 75 days old. The old one keeps working until "),
                        new Span.Strong("Fri 2026-12-22"),
                        new Span.Plain(".")),
                List.of(
                        new Item.Line("Last used", Text.of("3 days ago, glue, eu-central-1")),
                        new Item.Line(
                                "Used from",
                                paragraph(new Span.Plain("one address, agent "), new Span.Code("aws-cli/2"))),
                        new Item.Line("Created", Text.of("2026-09-09")),
                        new Item.Line("Policy", Text.of("people: 90 days, 45 unused"))),
                List.of(
                        paragraph(new Span.Code("aws iam create-access-key --user-name b.khan --profile production")),
                        paragraph(
                                new Span.Code("aws configure --profile production"),
                                new Span.Plain(" and paste the new key")),
                        paragraph(
                                new Span.Plain("Press "),
                                new Span.Strong("I have installed it"),
                                new Span.Plain("; Keyturn retires the old one when the new one is in use"))),
                paragraph(
                        new Span.Plain("More time: ask "),
                        new Span.Strong("cloud-security"),
                        new Span.Plain(" for a later day")),
                paragraph(
                        new Span.Plain("it is used only from the command line. "),
                        new Span.Link("Sign in with SSO", URI.create("https://docs.fernhill.example/sso?a=1&b=2")),
                        new Span.Plain(" instead: "),
                        new Span.Code("aws configure sso")),
                List.of(
                        button("Open this key", ""),
                        button("I have installed it", "/installed"),
                        button("More time", "/more-time")));
    }

    /** The most urgent of a person's keys, and so many others. */
    static Message digest(int keys) {
        return message(
                keys + " keys need you by Wed 2026-11-25",
                Text.of("The most urgent comes first."),
                IntStream.range(0, keys).mapToObj(Messages::numbered).toArray(Item[]::new));
    }

    private static Item numbered(int number) {
        Item one = khan();
        return new Item(
                notice("svc_build_" + number),
                one.state(),
                "svc_build_" + number + " · XBL7 · production",
                one.happens(),
                one.facts(),
                one.steps(),
                one.moreTime(),
                one.better(),
                one.links());
    }

    /** Everywhere the worst that a tag may say. */
    static Message hostile(String text) {
        return message(
                text,
                paragraph(new Span.Plain(text), new Span.Strong(text), new Span.Code(text), new Span.Plain(text)),
                new Item(
                        notice("mallory"),
                        text,
                        text,
                        paragraph(new Span.Plain("a"), new Span.Strong(text), new Span.Plain("b"), new Span.Code(text)),
                        List.of(new Item.Line(text, Text.of(text))),
                        List.of(Text.of(text), paragraph(new Span.Code(text))),
                        Text.of(text),
                        paragraph(new Span.Link(text, URI.create("https://docs.fernhill.example/sso%3E%7C"))),
                        List.of(new Item.Button(text, URI.create("https://keyturn.fernhill.example/k")))));
    }

    static Message message(String headline, Text opening, Item... items) {
        return new Message(
                "m-1",
                headline,
                opening,
                List.of(items),
                paragraph(
                        new Span.Plain("You get this because the tag "),
                        new Span.Code("Owner"),
                        new Span.Plain(
                                " of the user names you. Not looked at: S3 object calls. Times in Europe/Berlin.")),
                Spoken.PHRASES);
    }

    static Text paragraph(Span... spans) {
        return new Text(List.of(spans));
    }

    private static Item.Button button(String label, String path) {
        return new Item.Button(label, URI.create("https://keyturn.fernhill.example/k/XBL7" + path));
    }

    static Notice notice(String user) {
        AccountId account = new AccountId("111122223333");
        UserName name = new UserName(user);
        UserId id = new UserId("AIDA0000000000000001");
        String arn = "arn:aws:iam::111122223333:user/" + user;
        Finding finding = new Finding(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        account,
                        new Principal.OfUser(name, id, arn),
                        null,
                        new KeyId("AKIA00000000000XBL7Z"),
                        READ),
                true,
                null,
                new LastUse.NeverUsed(),
                null,
                Standing.WARNED,
                "people",
                List.of(),
                Fact.notRead(),
                List.of(),
                List.of());
        return new Notice(
                "n-" + user,
                new Account(account, "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false),
                new User(
                        name,
                        id,
                        arn,
                        "/",
                        READ,
                        Fact.notRead(),
                        Fact.known(Map.of(), READ),
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead(),
                        Fact.notRead()),
                finding,
                new Owner("U0FERNHILL1", "tag Slack"),
                new Deadline(Step.ROTATE, "age", READ));
    }
}
