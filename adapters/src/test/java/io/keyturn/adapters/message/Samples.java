package io.keyturn.adapters.message;

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
import org.jspecify.annotations.Nullable;

/** Messages of every kind, with the words of the mock-ups. */
public final class Samples {
    /** Everything that some sink could take for its own: mentions, markup, tags, line ends, controls, turned writing. */
    public static final String HOSTILE =
            "<!channel> @everyone <script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %}"
                    + " [link](https://evil.example) **bold** # head `code` &amp; ${env:HOME}"
                    + "\r\nBcc: all@example.com\r\n\r\nbody\u0000\u001b[31m \u202etxt.exe\u2066 \u2028";

    public static final String EMOJI = "😀".repeat(256);

    private static final Instant CREATED = Instant.parse("2025-11-17T08:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant DUE = Instant.parse("2026-11-25T08:00:00Z");

    private Samples() {}

    /** Two keys of one owner, as in the mock-up of the mail. */
    public static Message two() {
        return new Message(
                "m-2026-11-23-platform",
                "2 of platform’s keys need a decision by Wed 2026-11-25",
                Text.of("Your other 13 keys are healthy or need nothing from you now."),
                List.of(rotating(), overdue()),
                new Text(List.of(
                        new Span.Plain("You get one mail a run at most, because the tag Email of these users names"
                                + " platform@fernhill.example. Wrong person? "),
                        new Span.Link("Hand it over", URI.create("https://keyturn.fernhill.example/handover")),
                        new Span.Plain(". Times in Europe/Berlin. A mail from Keyturn never contains a secret and never"
                                + " asks for one."))),
                Spoken.PHRASES);
    }

    /** One key with as little as a message can have. */
    public static Message bare() {
        Item item = new Item(
                notice("AKIAEXAMPLE00000K4TD", Standing.WARNED, null),
                "Due soon",
                "a.meyer · K4TD · production",
                Text.of("This key is 77 days old, limit 90."),
                List.of(),
                List.of(),
                null,
                null,
                List.of());
        return new Message(
                "m-bare",
                "1 key is due soon",
                Text.of("A key of yours."),
                List.of(item),
                Text.of("UTC."),
                Spoken.PHRASES);
    }

    /** The hostile text everywhere. */
    public static Message hostile() {
        return everywhere(HOSTILE);
    }

    /** One text in every place of a message. */
    public static Message everywhere(String text) {
        Text all = new Text(List.of(
                new Span.Plain(text),
                new Span.Strong(text),
                new Span.Code(text),
                new Span.Link(text, URI.create("https://keyturn.example.com/k?a=1&b=%22"))));
        Item item = new Item(
                notice("AKIAEXAMPLE000007QXA", Standing.EXPIRED, null),
                text,
                text,
                all,
                List.of(new Item.Line(text, all)),
                List.of(all),
                all,
                all,
                List.of(new Item.Button(text, URI.create("https://keyturn.example.com/k"))));
        return new Message("m-hostile", text, all, List.of(item), all, Spoken.PHRASES);
    }

    /** One about so many keys. */
    public static Message about(int keys) {
        return new Message(
                "m-many",
                keys + " keys need a decision",
                Text.of("Keys of yours are past their limits."),
                Collections.nCopies(keys, overdue()),
                Text.of("Times in UTC."),
                Spoken.PHRASES);
    }

    private static Item rotating() {
        return new Item(
                notice("AKIAEXAMPLE00000Z6RF", Standing.ROTATING, null),
                "Rotating · decide by Wed 2026-11-25, in 2 days",
                "build-agent · Z6RF · production",
                Text.of(
                        "The new key has been there for 18 days, but the old one was still used yesterday. It will not be"
                                + " cut while it is in use; without an answer by Wednesday the rotation is frozen and"
                                + " #cloud-security asks you."),
                List.of(
                        new Item.Line("Last used", Text.of("Sun 2026-11-22 18:30, ecr, eu-central-1")),
                        new Item.Line(
                                "Used from",
                                new Text(List.of(new Span.Plain("one address, agent "), new Span.Code("docker/27")))),
                        new Item.Line("Not looked at", Text.of("S3 object calls"))),
                List.of(
                        new Text(List.of(
                                new Span.Plain("Fetch the new key: "),
                                new Span.Code("aws secretsmanager get-secret-value --secret-id"
                                        + " keyturn/production/build-agent"))),
                        new Text(List.of(
                                new Span.Plain("Install it where "),
                                new Span.Code("docker/27"),
                                new Span.Plain(" pulls from ecr in eu-central-1."))),
                        Text.of("Tell us with the button. Keyturn then retires the old key, after it has been quiet.")),
                link("More time", "Z6RF/more-time"),
                better("Better: it runs only on EC2, so ", "an instance role", " needs no key at all."),
                List.of(button("I have installed it", "Z6RF/installed"), button("The key’s story", "Z6RF")));
    }

    private static Item overdue() {
        return new Item(
                notice("AKIAEXAMPLE000007QXA", Standing.EXPIRED, new Deadline(Step.DEACTIVATE, "age", DUE)),
                "Overdue · decide by Wed 2026-11-25, in 2 days",
                "ci-deploy · 7QXA · production",
                new Text(List.of(
                        new Span.Plain("This key is "),
                        new Span.Strong("371 days old"),
                        new Span.Plain(", limit 365. It cannot be replaced, because the user already has two keys, and"
                                + " Keyturn never deletes one to make room."))),
                List.of(
                        new Item.Line("Last used", Text.of("today, ecs, eu-central-1")),
                        new Item.Line("Other key", Text.of("V7KF, 140 days old, never used")),
                        new Item.Line("Used from", Text.of("GitHub Actions, addresses of one runner group"))),
                List.of(
                        Text.of("Look at both keys with the button."),
                        Text.of("Say which one goes. The one never used can go today."),
                        Text.of("The other is then replaced like any key: new one delivered, ten days to install it.")),
                link("More time", "7QXA/more-time"),
                better("Better: GitHub can sign in with ", "OIDC and a role", "; there is nothing to rotate then."),
                List.of(button("Choose a key", "7QXA/choose"), button("The key’s story", "7QXA")));
    }

    private static Item.Button button(String label, String path) {
        return new Item.Button(label, page(path));
    }

    private static Text link(String label, String path) {
        return new Text(List.of(new Span.Link(label, page(path))));
    }

    private static Text better(String before, String link, String after) {
        return new Text(List.of(new Span.Plain(before), new Span.Link(link, page("role")), new Span.Plain(after)));
    }

    private static URI page(String path) {
        return URI.create("https://keyturn.fernhill.example/k/" + path);
    }

    private static Notice notice(String key, Standing standing, @Nullable Deadline announced) {
        AccountId account = new AccountId("111122223333");
        UserName name = new UserName("ci-deploy");
        UserId id = new UserId("AIDAEXAMPLECIDEPLOY1");
        String arn = "arn:aws:iam::111122223333:user/ci-deploy";
        Owner owner = new Owner("platform@fernhill.example", "tag Email");
        CredentialId credential = new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                account,
                new Principal.OfUser(name, id, arn),
                null,
                new KeyId(key),
                CREATED);
        Finding finding = new Finding(
                credential,
                true,
                Duration.ofDays(371),
                new LastUse.Used(NOW, "ecs", "eu-central-1"),
                Duration.ZERO,
                standing,
                "machines",
                List.of(new Reason.PastAge(Duration.ofDays(371), Duration.ofDays(365)), new Reason.TwoKeys()),
                Fact.known(owner, NOW),
                announced == null ? List.of() : List.of(announced),
                List.of("CIS-5.0 1.13"));
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
        return new Notice(
                "n-" + key.substring(key.length() - 4),
                new Account(account, "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false),
                user,
                finding,
                owner,
                announced);
    }
}
