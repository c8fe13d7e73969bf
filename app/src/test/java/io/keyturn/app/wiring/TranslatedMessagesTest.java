package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Settings;
import io.keyturn.app.words.BuiltIn;
import io.keyturn.app.words.Kind;
import io.keyturn.app.words.Manner;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.app.words.Samples;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Fact;
import io.keyturn.core.plan.Settled;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever translates the folder of templates translates all that an owner reads: here every word of it is one mark, and
 * what is still in Latin letters was written by code.
 */
class TranslatedMessagesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final String TO = "b.khan@example.com";
    private static final String MARK = "ж";

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");
    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}|\\{%.*?%}|\\{#.*?#}", Pattern.DOTALL);

    /** Commands, addresses and names, which are the same in every language. */
    private static final Pattern DATA = Pattern.compile(
            "(aws (secretsmanager|s3) .*? (text|-)(?=[\\s`\"]|$))|arn:\\S+|https?://\\S+|b\\.khan(@example\\.com)?|production"
                    + "|eu-central-1|glue|nightly export|AWSCompromisedKeyQuarantineV3|c\\.reyes"
                    + "|found in a public repository|GitHub Actions|Lambda|aws-cli|boto3|UTC|Email|Slack|OPS-42|KEYS"
                    + "|Keyturn <keys@example\\.com>");

    /** What in JSON is for machines. */
    private static final Set<String> FOR_MACHINES = Set.of(
            "type",
            "url",
            "style",
            "action_id",
            "$schema",
            "version",
            "contentType",
            "size",
            "weight",
            "spacing",
            "color",
            "fontType",
            "width",
            "panelType",
            "href",
            "target",
            "key",
            "issuetype",
            "labels",
            "project",
            "properties");

    @TempDir
    private Path folder;

    private Manner manner = Manner.DEFAULT;
    private final List<String> hidden = new ArrayList<>();

    @BeforeEach
    void translated() throws IOException {
        for (String name : BuiltIn.names()) {
            String text = BuiltIn.text(name);
            Files.writeString(folder.resolve(name), name.endsWith(".peb") ? marked(text) : markedLines(text));
        }
        manner = new Manner(folder, ZoneOffset.UTC, "KEYS", null, List.of());
        Samples samples = new Samples(new Owner(TO, "tag Email"), NOW);
        for (Kind kind : Kind.values()) {
            String key = String.valueOf(samples.of(kind).finding().credential().keyId());
            hidden.add(key);
            hidden.add(key.substring(key.length() - 4));
            for (Reason reason : samples.of(kind).finding().reasons()) {
                if (reason instanceof Reason.Succeeded succeeded) {
                    hidden.add(succeeded.successor().lastFour());
                }
            }
        }
    }

    /** The text of a template with a mark for every word that is not in a tag of Pebble's. */
    private static String marked(String template) {
        StringBuilder marked = new StringBuilder();
        int from = 0;
        Matcher tags = TAG.matcher(template);
        while (tags.find()) {
            marked.append(words(template.substring(from, tags.start()))).append(tags.group());
            from = tags.end();
        }
        return marked.append(words(template.substring(from))).toString();
    }

    private static String markedLines(String file) {
        return file.lines()
                .map(line -> {
                    int sign = line.indexOf('=');
                    return line.startsWith("#") || sign < 0
                            ? line
                            : line.substring(0, sign + 1) + marked(line.substring(sign + 1));
                })
                .collect(Collectors.joining("\n"));
    }

    private static String words(String text) {
        return text.replaceAll("[A-Za-z]+", MARK);
    }

    private NotifyJob job() {
        Settings settings = Settings.defaults(Path.of("unused.db"));
        return new NotifyJob(
                        settings.acting(
                                settings.acting().speaking(settings.acting().channels(), manner)),
                        Map.of(),
                        InstantSource.fixed(NOW))
                .withEveryChannel();
    }

    static Stream<String> channels() {
        return new NotifyJob(Settings.defaults(Path.of("unused.db")), Map.of(), InstantSource.fixed(NOW))
                .withEveryChannel().channels().stream();
    }

    private static List<Notice> notices() {
        List<Notice> notices = new ArrayList<>();
        Samples samples = new Samples(new Owner(TO, "tag Email"), NOW);
        for (Kind kind : Kind.values()) {
            notices.add(samples.of(kind));
        }
        Notice usual = samples.of(Kind.DEACTIVATE);
        notices.add(usual.from(samples.uses()));
        notices.add(usual.from(Fact.unknown(MARK)));
        notices.add(new Samples(new Owner(TO, "in the place of KEYS, silent since 2026-11-01"), NOW).of(Kind.ROTATE));
        return notices;
    }

    @ParameterizedTest
    @MethodSource("channels")
    void noWordOfAnyMessageIsLeftInAnotherLanguage(String channel) {
        NotifyJob job = job();
        for (Notice notice : notices()) {
            onlyMarks(job, channel, List.of(notice));
        }
        onlyMarks(job, channel, notices());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void norOfOneThatHasNoRoomForAll(String channel) {
        List<Notice> many = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            many.addAll(notices());
        }
        onlyMarks(job(), channel, many);
    }

    @ParameterizedTest
    @EnumSource(Settled.class)
    void norOfWhatATicketIsClosedWith(Settled settled) {
        assertThat(new MessageWriter(manner, InstantSource.fixed(NOW)).closing("b.khan", settled))
                .matches("b\\.khan: (ж )+ж\\. (ж )+ж\\.");
        assertThat(new MessageWriter(Manner.DEFAULT, InstantSource.fixed(NOW)).closing("b.khan", settled))
                .isEqualTo("b.khan: " + settled.words() + ". Keyturn closes this ticket.");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void norOfItsButtonsAndOfATrial(Kind kind) {
        Notice plain = new Samples(new Owner(TO, "tag Email"), NOW).of(kind);
        Notice notice = new Notice(
                plain.id(),
                plain.account(),
                plain.user(),
                plain.finding(),
                plain.owner(),
                plain.announced(),
                new Notice.Ticket("OPS-42", URI.create("https://tickets.example.com/OPS-42")),
                plain.settled());
        MessageWriter writer = new MessageWriter(
                manner, InstantSource.fixed(NOW), owner -> URI.create("https://keys.example.com/yours"));
        Message trial = writer.trial("m", notice.owner(), notice);

        assertThat(left(trial.headline() + " " + trial.opening().plain())).isEmpty();
        assertThat(trial.items().getFirst().links())
                .isNotEmpty()
                .allSatisfy(button -> assertThat(left(button.label())).isEmpty());
    }

    @Test
    void aWordThatCodeWroteIsFoundOut() throws IOException {
        Files.delete(folder.resolve("words.properties"));

        assertThat(left(text(job(), "email", List.of(notices().getFirst()))))
                .as("the check sees Keyturn's own words, which stand in for those that are not translated")
                .contains("ago", "days", "What");
    }

    private void onlyMarks(NotifyJob job, String channel, List<Notice> notices) {
        String text = text(job, channel, notices);
        assertThat(text).contains(MARK);
        assertThat(left(text))
                .as(channel + ", " + notices.size() + " of " + Kind.of(notices.getFirst()))
                .isEmpty();
    }

    private Set<String> left(String text) {
        String rest = text;
        for (String data : hidden) {
            rest = rest.replace(data, "");
        }
        return WORD.matcher(DATA.matcher(rest).replaceAll(""))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a person reads of what goes out. */
    private static String text(NotifyJob job, String channel, List<Notice> notices) {
        String shown = job.preview(channel, TO, notices, null).orElseThrow().text();
        return switch (channel) {
            case "email" ->
                shown.replaceAll("(?m)^(From|To|Subject): ", "")
                        .replaceAll("(?s)<style>.*?</style>|<!--.*?-->|<[^>]*>", " ")
                        .replaceAll("(?m)^Keyturn$|^ *Keyturn *$", "")
                        .replaceAll("&[a-z]+;", "");
            case "sns" -> sns(json(shown));
            case "webhook", "eventbridge" -> toPeople(json(shown));
            default -> {
                StringBuilder text = new StringBuilder();
                json(shown).forEach(node -> add(node, text));
                // Slack has a look-alike for a colon that would begin an emoji.
                yield text.toString().replace('∶', ':');
            }
        };
    }

    private static List<JsonNode> json(String shown) {
        List<JsonNode> all = new ArrayList<>();
        String rest = shown.substring(shown.indexOf('{'));
        for (String part : rest.split("\nas a comment, for it is long:\n")) {
            all.add(JsonMapper.shared().readTree(part));
        }
        return all;
    }

    private static String sns(List<JsonNode> parts) {
        JsonNode json = parts.getFirst();
        return json.path("email").asString() + "\n" + json.path("sms").asString() + "\n"
                + toPeople(List.of(
                        JsonMapper.shared().readTree(json.path("default").asString())));
    }

    /** Of the JSON for machines, what is for people to read. */
    private static String toPeople(List<JsonNode> parts) {
        StringBuilder text = new StringBuilder();
        JsonNode json = parts.getFirst();
        for (String name : List.of("headline", "opening", "closing")) {
            text.append(json.path(name).asString()).append('\n');
        }
        json.path("items").forEach(item -> add(item.path("words"), text));
        return text.toString();
    }

    private static void add(JsonNode node, StringBuilder text) {
        if (node.isString()) {
            text.append(node.asString()).append('\n');
        } else if (node.isArray()) {
            node.forEach(one -> add(one, text));
        } else {
            node.properties().stream()
                    .filter(entry -> !FOR_MACHINES.contains(entry.getKey()))
                    .forEach(entry -> add(entry.getValue(), text));
        }
    }
}
