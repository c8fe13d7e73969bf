package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages tell people to type works, the files they show load, and the screen they show is what is printed. */
@Timeout(120)
class ManualTest {
    /** Calls that are not run as they stand, each with its reason. */
    private static final Map<String, String> NOT_RUN = Map.of(
            "undo", "names the command within a sentence; what it takes is run as `undo USER`",
            "stages --lower",
                    "names the option within a sentence; what it takes is run as `stages --lower Workloads/Dev …`",
            "history verify --anchors s3://keyturn-anchors/production",
                    "holds a journal against another one's anchors here; HistoryAnchorTest runs it",
            "compromised USER --why TEXT", "switches a key off and waits half a minute; CompromisedCommandTest runs it",
            "approve KEY --why TEXT", "a rotation that waits for a person is months away in a world just made");

    /** What a page has its reader do before. */
    private static final Map<String, List<String>> BEFORE = Map.of(
            "config check", List.of("config", "init"),
            "config explain", List.of("config", "init"),
            "evidence verify evidence.zip",
                    List.of("evidence", "--from", "2026-10-01", "--to", "2026-10-31", "--out", "evidence.zip"),
            "history", List.of("stop", "--why", "drill"),
            "history verify", List.of("stop", "--why", "drill"),
            "history anchor s3://keyturn-anchors/production --keep 400", List.of("stop", "--why", "drill"),
            "resume --why TEXT", List.of("stop", "--why", "drill"),
            "thaw USER --why TEXT", List.of("freeze", "billing-reader", "--why", "drill"));

    /** What a reader writes in the place of words in capitals. */
    private static final Map<String, String> WORDS = Map.of(
            "TEXT", "drill",
            "USER", "billing-reader",
            "DAY", LocalDate.now(ZoneOffset.UTC).plusDays(7).toString());

    private static SandboxServer server;
    private static HttpServer slack;
    private static Target switchedOff;

    @TempDir
    Path home;

    @BeforeAll
    static void open() throws IOException {
        World world = World.generate(new WorldSpec(3, 6, 90, 0.2, Instant.now()));
        SimAccount account = world.management();
        world.buckets().add(new SimBucket("keyturn-anchors", account.id(), Instant.now(), true));
        List<SimUser> users = account.allUsers().stream()
                .filter(user -> user.keys().size() == 1)
                .toList();
        replace(account, users.get(0), "deploy", key -> key);
        SimUser off = replace(
                account,
                users.get(1),
                "billing-reader",
                key -> new SimKey(key.id(), key.secret(), false, key.created(), key.created(), key.uses()));
        switchedOff = new Target(
                new AccountId(account.id()),
                new UserId(off.id()),
                new UserName(off.name()),
                new KeyId(off.keys().getFirst().id()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        slack = slack();
    }

    private static SimUser replace(SimAccount account, SimUser user, String name, UnaryOperator<SimKey> key) {
        // Long ago, or lists would go on naming them for a while, as those of AWS do.
        account.remove(user.name(), Instant.now().minus(Duration.ofDays(1)));
        SimUser other = new SimUser(
                name,
                user.id(),
                user.path(),
                user.created(),
                user.password(),
                user.mfa(),
                user.tags(),
                user.groups(),
                user.attached(),
                user.inline(),
                user.boundary(),
                user.keys().stream().map(key).toList());
        account.put(other);
        return other;
    }

    @AfterAll
    static void close() {
        server.close();
        slack.stop(0);
    }

    /** A workspace of one member. */
    private static HttpServer slack() throws IOException {
        HttpServer workspace = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        workspace.createContext("/users.list", exchange -> {
            try (exchange) {
                byte[] answer = "{\"ok\":true,\"members\":[{\"id\":\"U012AB3CDE4\",\"name\":\"b.khan\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        workspace.start();
        return workspace;
    }

    private static final String POLICY = """
            policies:
              - name: everybody
                age: {warn: 75d, expire: 90d, on-expire: [remind, rotate]}
            """;

    private static final String ROTATES =
            POLICY + "    rotate: {deliver: {to: secrets-manager, readers: [\"arn:aws:iam::111122223333:role/r\"]}}\n";

    static Stream<String> commands() throws IOException {
        return Manual.commands().stream().filter(command -> !NOT_RUN.containsKey(command));
    }

    static Stream<Manual.Block> files() throws IOException {
        return Manual.blocks("yaml").stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void what_people_are_told_to_type_works(String command) throws Exception {
        Tool tool = tool();
        if (command.startsWith("undo ")) {
            journalOf(switchedOff);
        }
        if (command.contains("Workloads/")) {
            Files.writeString(home.resolve("keyturn.yaml"), "accounts:\n  - organization: {role: keyturn-read}\n");
        }
        if (command.startsWith("notify preview --channel")) {
            Files.writeString(home.resolve("keyturn.yaml"), "channels:\n  email: {from: keys@example.com}\n");
        }
        if (command.contains("--role create")) {
            Files.writeString(home.resolve("keyturn.yaml"), ROTATES + "stages:\n  - {stage: rotate}\n");
        }
        List<String> before = BEFORE.get(command);
        if (before != null) {
            Tool.Ended ended = tool.run(before.toArray(String[]::new));
            assertThat(ended.exit()).as("%s", ended).isZero();
        }
        String[] words = Stream.of(command.replaceAll("[\\[\\]]", "").split(" "))
                .map(word -> WORDS.getOrDefault(word, word))
                .toArray(String[]::new);
        Tool.Ended ended = words[0].equals("sandbox") ? served(tool.start(words)) : tool.run(words);
        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.out().isEmpty()).as("%s", ended).isFalse();
    }

    /** The simulated organization, its first account also known as the profile {@code production}. */
    private Tool tool() throws IOException {
        Path config = Files.writeString(
                home.resolve("config"), """
                [profile production]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """.formatted(server.accessKeyId(), server.secretAccessKey()));
        return new Tool(home)
                .on(server)
                .with("AWS_CONFIG_FILE", config.toString())
                .with("SLACK_TOKEN", "xoxb-1")
                .with("KEYTURN_ALLOW_LOOPBACK", "1")
                .with(
                        "KEYTURN_SLACK_API_URL",
                        "http://127.0.0.1:" + slack.getAddress().getPort());
    }

    /** Lets it serve until it has said all, and ends it as a person would. */
    private static Tool.Ended served(Tool.Started started) throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(started.out()).contains("AWS_SECRET_ACCESS_KEY="));
        started.process().destroy();
        Tool.Ended ended = started.await();
        return new Tool.Ended(ended.exit() == 143 ? 0 : ended.exit(), ended.out(), ended.err());
    }

    /** The usual journal, in which it says that this key was switched off. */
    private void journalOf(Target key) throws Exception {
        Path folder = Files.createDirectories(home.resolve(".local/state/keyturn"));
        Entry.Stamp stamp = new Entry.Stamp(Instant.now().minus(Duration.ofHours(1)), "run-1", "host/1");
        Entry.Intent intent = new Entry.Intent(stamp, "1", Verb.DEACTIVATE, key, List.of(), null);
        try (JournalStore store = SqliteJournal.open(folder.resolve("keyturn.db"))) {
            AccountJournal.open(store, Streams.of(key.account()), entry -> {})
                    .record(List.of(intent, Entry.Outcome.of(stamp, intent, Entry.Result.DONE, "")));
        }
    }

    @Test
    void nothing_is_prepared_or_left_out_that_no_page_names() throws IOException {
        Set<String> named = new HashSet<>(NOT_RUN.keySet());
        named.addAll(BEFORE.keySet());
        assertThat(Manual.commands()).hasSizeGreaterThan(20).containsAll(named);
    }

    /** A page may show how a policy rotates without saying again what a policy is. */
    private static String whole(String text) {
        return text.startsWith("rotate:") ? POLICY + text.indent(4) : text;
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_configurations_that_people_are_shown_load(Manual.Block block) throws IOException {
        Files.writeString(home.resolve("owners.yaml"), "deploy: platform\n");
        Path file = Files.writeString(home.resolve("keyturn.yaml"), whole(block.text()));
        Loaded loaded = new ConfigLoader(
                        name -> Optional.ofNullable(
                                Map.of("KEYTURN_EXTERNAL_ID", "between-us").get(name)),
                        new CelConditions(),
                        home)
                .check(file, false);
        assertThat(loaded).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void the_screen_of_the_demo_is_the_one_that_is_printed() throws Exception {
        Manual.Block shown = Manual.blocks("text").getFirst();
        Tool.Ended demo = new Tool(home).run("demo");
        assertThat(demo.exit()).as("%s", demo).isZero();
        assertThat(undated(demo.out()))
                .as("paste this into %s:\n%s", shown.page(), demo.out())
                .isEqualTo(undated(shown.text()));
    }

    /** Which day a date falls on, and what is still today, moves with the clock; columns move with them. */
    private static String undated(String screen) {
        return screen.replaceAll(
                        "today|yesterday|tomorrow|\\d+ d ago|(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\d\\d-\\d\\d", "DAY")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d", "DATE")
                .replaceAll("DAY +", "DAY ")
                .replaceAll("(?m) +$", "");
    }
}
