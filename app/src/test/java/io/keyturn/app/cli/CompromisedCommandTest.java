package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.fault.FaultText;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CompromisedCommandTest {
    private static final String USER = "t.ibe";
    private static final String FILE = """
            policies:
              - name: everybody
                age: {warn: 10d, expire: 11d, on-warn: [remind], on-expire: [remind, rotate]}
                rotate: {self-fetch: true}
            owners: [{default: {email: security@example.com}}]
            store: journal.db
            """;

    @TempDir
    private Path folder;

    private World world;
    private SandboxServer server;
    private Line line;

    @BeforeEach
    void start() throws Exception {
        open(DoorOptions.defaults());
        configure(FILE + "stages: [{stage: enforce}]\n");
    }

    private void open(DoorOptions door) throws Exception {
        world = World.generate(new WorldSpec(3, 1, 30, 0.1, Instant.now())
                // Its pauses are not waited for, so what they wait for has happened.
                .with(WorldOptions.DEFAULT.with(Consistency.IMMEDIATE)));
        server = SandboxServer.start(world, door, InstantSource.system());
        line = new Line(folder).on(server);
    }

    private void configure(String yaml) throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), yaml);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--config";
        all[words.length + 1] = folder.resolve("keyturn.yaml").toString();
        return line.run(all);
    }

    private int compromised() {
        return run("compromised", USER, "--why", "in a public repository");
    }

    private List<SimKey> keys() {
        SimUser user = Objects.requireNonNull(world.management().user(USER));
        return user.keys();
    }

    private String four() {
        String id = keys().getFirst().id();
        return id.substring(id.length() - 4);
    }

    @Test
    void a_key_is_off_at_once_and_what_else_its_user_has_is_shown_with_what_to_attach() {
        assertThat(compromised()).as(line.err() + line.out()).isZero();

        assertThat(keys()).singleElement().matches(key -> !key.active());
        assertThat(line.pauses).containsExactly(Duration.ofSeconds(30));
        assertThat(line.out())
                .contains(
                        "compromised: t.ibe · fernhill: in a public repository",
                        "switched off      " + four(),
                        "  nobody was told: no channel is configured")
                .contains("30 seconds later t.ibe has:")
                .containsPattern("access keys +" + four() + " is switched off, made ")
                .containsPattern("console password +console works, made ")
                .containsPattern("service credential +ACCAEXAMPLEROBBED001 for bedrock.amazonaws.com works, made ")
                .containsPattern("SSH key +none")
                .containsPattern(
                        "AWS's quarantine +AWSCompromisedKeyQuarantineV3 is attached: leave it, Keyturn does too")
                .containsPattern("what it made +nothing, of 0 calls in IAM's Region in 90 days")
                .containsPattern("not looked at +other Regions, reads and writes of data")
                .contains("\"aws:TokenIssueTime\"", "\"aws:PrincipalArn\" : \"arn:aws:iam::")
                .doesNotContain(keys().getFirst().id());
        assertThat(Objects.requireNonNull(world.management().user(USER)).attached())
                .containsExactly("AWSCompromisedKeyQuarantineV3");
    }

    @Test
    void what_the_key_made_is_listed_without_whole_key_ids() {
        Caller thief = Objects.requireNonNull(world.caller(
                keys().getFirst().id(), null, InstantSource.system().instant()));
        Instant now = InstantSource.system().instant();
        world.trail().record(thief, now, "CreateUser", Map.of("userName", "backdoor"), Map.of(), null, null);
        world.trail()
                .record(
                        thief,
                        now,
                        "CreateAccessKey",
                        Map.of("userName", "backdoor"),
                        Map.of("accessKey", Map.of("accessKeyId", "AKIAEXAMPLEEXAMPLE42")),
                        "AKIAEXAMPLEEXAMPLE42",
                        null);

        assertThat(compromised()).as(line.err()).isZero();
        assertThat(line.out())
                .containsPattern("what it made +2 things, of 2 calls in IAM's Region in 90 days")
                .containsPattern("-\\d\\d  iam CreateUser of user backdoor\n")
                .containsPattern("-\\d\\d  iam CreateAccessKey of user backdoor, key LE42\n")
                .doesNotContain("AKIAEXAMPLEEXAMPLE42");
    }

    @Test
    void what_it_made_is_not_known_where_cloudtrail_may_not_be_read() throws Exception {
        server.close();
        open(DoorOptions.defaults().with(FaultText.parse("LookupEvents=access-denied")));

        assertThat(compromised()).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out())
                .containsPattern("what it made +not known: CloudTrail could not be asked: AWS answered AccessDenied");
    }

    @Test
    void its_owner_hears_at_once_what_happened_and_what_to_do_and_so_does_who_is_on_call() throws Exception {
        configure(FILE + "stages: [{stage: enforce}]\nchannels:\n  webhook: {url: \"${file:" + folder.resolve("hook")
                + "}\"}\n");
        Files.writeString(folder.resolve("hook"), "https://hooks.invalid/keyturn");
        assertThat(compromised()).as(line.err()).isZero();
        assertThat(keys()).singleElement().matches(key -> !key.active());
        assertThat(line.out())
                .contains("somebody was not told: ", "no channel to single people is configured")
                .contains("webhook, not told: it did not go out");
    }

    @Test
    void said_again_it_is_off_already_and_nobody_waits() {
        compromised();
        line.pauses.clear();

        assertThat(compromised()).as(line.err()).isZero();
        assertThat(line.out()).contains("off already       " + four(), "Now t.ibe has:");
        assertThat(line.pauses).isEmpty();
        run("history", "--user", USER);
        assertThat(line.out().lines().filter(text -> text.contains("compromised by")))
                .hasSize(1);
    }

    @Test
    void no_later_run_touches_it_and_undo_asks_for_the_name_of_the_compromise() {
        compromised();
        String name = line.out().replaceAll("(?s).*--compromise (\\S+) .*", "$1");

        assertThat(run("run", "--user", USER)).as(line.err()).isZero();
        assertThat(keys()).singleElement().matches(key -> !key.active());

        assertThat(run("undo", USER)).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out())
                .containsPattern(
                        "not undone   t.ibe · " + four() + " · [0-9]{12}: .* declared it compromised \\(in a public"
                                + " repository\\): whoever holds it could work with it again; where that is meant, name the"
                                + " compromise: --compromise " + name + " --why TEXT");
        assertThat(run("undo", USER, "--compromise", name)).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("keyturn: --compromise ID and --why TEXT go together: nobody undoes a compromise unawares");
        assertThat(run("undo", USER, "--compromise", "d-9", "--why", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("keyturn: no compromise of that name holds off a key that fits \"t.ibe\"; run undo without"
                        + " --compromise to see its name");
        assertThat(keys()).singleElement().matches(key -> !key.active());

        assertThat(run("undo", USER, "--compromise", name, "--why", "it was a canary"))
                .as(line.err() + line.out())
                .isZero();
        assertThat(keys()).singleElement().matches(SimKey::active);
    }

    @Test
    void what_could_be_undone_is_listed_by_run_and_nothing_is_changed() {
        assertThat(run("undo")).as(line.err()).isZero();
        assertThat(line.out()).isEqualTo("nothing that Keyturn switched off is still off, by its journal\n");
        compromised();
        String name = line.out().replaceAll("(?s).*--compromise (\\S+) .*", "$1");

        assertThat(run("undo")).as(line.err()).isZero();
        assertThat(line.out())
                .matches(
                        "(?s)keyturn-\\S+\n  \\S+Z  t\\.ibe · " + four()
                                + " · [0-9]{12}, declared compromised\n\nSwitch them on again with: keyturn undo RUN, USER or KEY\n");
        assertThat(keys()).singleElement().matches(key -> !key.active());
        assertThat(run("undo", "--account", "999999999999")).isZero();
        assertThat(line.out()).startsWith("nothing that Keyturn switched off");
        assertThat(run("undo", "--compromise", name, "--why", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("--compromise is over for a RUN, USER or KEY: name it");

        run("undo", USER, "--compromise", name, "--why", "it was a canary");
        assertThat(run("undo")).isZero();
        assertThat(line.out()).startsWith("nothing that Keyturn switched off");
    }

    private void isHeld(String why) {
        assertThat(compromised()).as(line.err() + line.out()).isEqualTo(Keyturn.STOPPED);
        assertThat(line.out()).contains("NOT switched off  " + four() + ": " + why + "; until then it works");
        assertThat(keys()).singleElement().matches(SimKey::active);
        assertThat(line.pauses).isEmpty();
    }

    @Test
    void what_bounds_every_run_bounds_this_one_and_is_said() throws Exception {
        configure(FILE + "stages: [{stage: rotate}]\n");
        isHeld("the stage of its account is rotate, where Keyturn switches nothing off");

        configure(FILE + "stages: [{stage: enforce}]\nlimits: {deactivate: {global: 0}}\n");
        isHeld("the cap \"deactivate global\" is full: limit 0, selected 0, total 1; raise limits.deactivate");

        configure(FILE + "stages: [{stage: enforce}]\napproval: two\n");
        isHeld("the configuration asks for the approval of two people: 1 change waits for `keyturn approve USER|KEY"
                + " --why TEXT`, or of a plan in a file");

        configure(FILE + "stages: [{stage: enforce}]\nexemptions: [{user: 'arn:aws:iam::*:user/t.ibe', owner: sec,"
                + " reason: sealed, until: 2099-01-01}]\n");
        isHeld("exempt until 2099-01-01 by sec: sealed; end the exemption in the configuration first");

        configure(FILE + "stages: [{stage: enforce}]\n");
        run("freeze", USER, "--why", "vendor");
        isHeld("frozen by alice: vendor; thaw it first");
        run("thaw", USER, "--why", "out");
        run("stop", "--why", "drill");
        isHeld("everything is stopped: alice: drill");
        run("resume", "--why", "over");

        configure(
                FILE + "stages: [{stage: enforce}]\nact-window: {days: Mon-Sun, hours: \"00:00-00:01\", zone: UTC}\n");
        assertThat(compromised()).as("no window holds a compromise up").isZero();
    }

    @Test
    void an_ordinary_run_finishes_what_was_held() throws Exception {
        configure(FILE + "stages: [{stage: rotate}]\n");
        compromised();
        configure(FILE + "stages: [{stage: enforce}]\n");

        assertThat(run("run", "--only", "deactivate"))
                .as(line.err() + line.out())
                .isZero();

        assertThat(line.out()).contains("done       deactivate     t.ibe · " + four());
        assertThat(keys()).singleElement().matches(key -> !key.active());
    }

    @Test
    void what_could_not_be_looked_at_is_not_absent() throws Exception {
        server.close();
        open(DoorOptions.defaults().with(FaultText.parse("ListSSHPublicKeys=access-denied")));

        assertThat(compromised()).as(line.err() + line.out()).isEqualTo(Keyturn.NOT_READ);

        assertThat(line.out()).containsPattern("SSH key +not known: AWS answered AccessDenied");
        assertThat(keys()).singleElement().matches(key -> !key.active());
    }

    @Test
    void whoever_is_on_call_is_woken_while_a_leaked_key_works_and_let_sleep_when_it_is_off() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        HttpServer pager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pager.createContext("/", exchange -> {
            try (exchange) {
                events.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] taken = "{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(202, taken.length);
                exchange.getResponseBody().write(taken);
            }
        });
        pager.start();
        try {
            line.with(
                            "KEYTURN_PAGERDUTY_EVENTS_URL",
                            "http://127.0.0.1:" + pager.getAddress().getPort() + "/")
                    .with("KEYTURN_ALLOW_LOOPBACK", "1")
                    .with("ROUTING", "R".repeat(32));
            configure(FILE + "stages: [{stage: enforce}]\nchannels: {pagerduty: {routing-key: '${env:ROUTING}'}}\n");

            run("run", "--only", "deactivate");
            assertThat(events)
                    .anyMatch(event -> event.contains("\"trigger\"")
                            && event.contains("a leaked access key of t.ibe in fernhill still works"));
            events.clear();
            run("run", "--dry-run");
            assertThat(events).isEmpty();
            line.run(
                    "stop",
                    "--why",
                    "drill",
                    "--config",
                    folder.resolve("keyturn.yaml").toString());
            run("run");
            assertThat(events)
                    .as("what leaked wakes somebody even then, and of Keyturn's own work nothing is known")
                    .singleElement()
                    .asString()
                    .contains("\"trigger\"", "a leaked access key of t.ibe");
            line.run(
                    "resume",
                    "--why",
                    "over",
                    "--config",
                    folder.resolve("keyturn.yaml").toString());
            assertThat(compromised()).as(line.err() + line.out()).isZero();
            events.clear();
            // AWS's lists may show for some seconds what was before.
            server.clock().move(Duration.ofMinutes(1));
            run("run", "--only", "deactivate");

            assertThat(events).hasSize(2).allMatch(event -> event.contains("\"resolve\""));
            events.clear();
            Files.writeString(folder.resolve("journal.db"), "this is no database, and long enough to be read as one");
            run("run", "--dry-run");
            assertThat(events).isEmpty();
            assertThat(run("run")).isNotZero();
            assertThat(events)
                    .singleElement()
                    .asString()
                    .contains("\"trigger\"", "Keyturn could not do all of its work", "journal.db");
        } finally {
            pager.stop(0);
        }
    }

    @Test
    void whoever_has_no_key_has_none_that_is_out() {
        assertThat(run("compromised", "no-keys", "--why", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("keyturn: no-keys has no key that could be switched off");
    }
}
