package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.TrailSource;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another automation that changes keys of the same account, from the outside. */
@Timeout(120)
class OtherAutomationTest {
    private static final String USER = "no-tags";
    private static final String FILE = """
            policies:
              - name: all
                when: user.name == "no-tags"
                age: {expire: 90d, on-expire: [deactivate]}
                cut-in-use: true
            stages: [{stage: enforce}]
            first-notice: none
            store: journal.db
            """;

    @TempDir
    private Path folder;

    private final World world = World.generate(
            new WorldSpec(3, 1, 30, 0.1, Instant.now()).with(WorldOptions.DEFAULT.with(Consistency.IMMEDIATE)));

    /** How much later it is for AWS than when the world began. */
    private Duration ahead = Duration.ZERO;

    private void anotherMadeAKey() {
        var account = world.management();
        account.putRole(SimRole.of("rotator"));
        world.trail()
                .record(
                        world.sessions().direct(account, "rotator", List.of()),
                        Instant.now().minus(Duration.ofDays(3)),
                        "CreateAccessKey",
                        Map.of("userName", "ci"),
                        Map.of(),
                        "AKIAEXAMPLEEXAMPLE01",
                        null);
    }

    private String run(DoorOptions door, String yaml, String... words) throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), yaml);
        try (SandboxServer server = SandboxServer.start(world, door, InstantSource.system())) {
            server.clock().move(ahead);
            Line line = new Line(folder).on(server);
            line.run(words);
            return line.out() + line.err();
        }
    }

    private String config() {
        return folder.resolve("keyturn.yaml").toString();
    }

    private boolean works() {
        return Objects.requireNonNull(world.management().user(USER)).keys().stream()
                .anyMatch(SimKey::active);
    }

    @Test
    void it_holds_every_change_in_the_account_and_plan_and_run_say_who_and_what_to_write() throws Exception {
        anotherMadeAKey();
        String why = "another automation is at work: 1 change waits: role rotator changed keys of fernhill once in the"
                + " last 30 days, the latest on ";
        String right = "add \"arn:aws:iam::111122223333:role/rotator\" to hand-over";

        assertThat(run(DoorOptions.defaults(), FILE, "plan", "--config", config()))
                .contains(why, right);
        assertThat(run(DoorOptions.defaults(), FILE, "run", "--config", config()))
                .contains(why, right);
        assertThat(run(DoorOptions.defaults(), FILE, "explain", USER, "--config", config()))
                .contains("others", "role rotator changed keys of fernhill once");
        assertThat(run(DoorOptions.defaults(), FILE, "explain", USER, "--output", "json", "--config", config()))
                .contains("\"otherAutomation\" : [ \"role rotator changed keys of fernhill once");
        assertThat(works()).isTrue();
    }

    @Test
    void who_switched_a_key_on_again_that_keyturn_had_switched_off_is_named_to_who_asks() throws Exception {
        run(DoorOptions.defaults(), FILE, "run", "--config", config());
        assertThat(works()).isFalse();
        SimUser user = Objects.requireNonNull(world.management().user(USER));
        Instant now = Instant.now();
        for (SimKey key : user.keys()) {
            new AccessKeys(world).update(world.management(), USER, key.id(), true, now);
        }
        String held = "Keyturn switched it off on ";
        assertThat(run(DoorOptions.defaults(), FILE, "explain", USER, "--config", config()))
                .contains(held, "CloudTrail names nobody who switched it on since; it tells some minutes late");

        var account = world.management();
        account.putRole(SimRole.of("helpdesk"));
        world.trail()
                .record(
                        world.sessions().direct(account, "helpdesk", List.of()),
                        // Events are told by the second: this one is later than the switching off in any case.
                        now.plusSeconds(2),
                        "UpdateAccessKey",
                        Map.of(
                                "userName",
                                USER,
                                "accessKeyId",
                                user.keys().getFirst().id(),
                                "status",
                                "Active"),
                        Map.of(),
                        user.keys().getFirst().id(),
                        null);
        ahead = Duration.ofMinutes(1);
        assertThat(run(DoorOptions.defaults(), FILE, "explain", USER, "--config", config()))
                .contains(held, "by CloudTrail")
                .containsPattern(
                        "role helpdesk \\(arn:aws:sts::111122223333:assumed-role/helpdesk/\\S+\\)\\s+switched it on");
    }

    @Test
    void what_code_made_gets_no_new_key_and_plan_and_run_say_what_keeps_it() throws Exception {
        var account = world.management();
        account.putRole(SimRole.of("deploy"));
        world.trail()
                .record(
                        world.sessions().direct(account, "deploy", List.of()),
                        Instant.now().minus(Duration.ofDays(60)),
                        "CreateUser",
                        Map.of("userName", USER),
                        Map.of(),
                        null,
                        null,
                        TrailSource.of("APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io)"));
        String rotating = """
                policies:
                  - name: all
                    when: user.name == "no-tags"
                    age: {expire: 90d, on-expire: [rotate]}
                    rotate: {deliver: {to: secrets-manager, readers: ["arn:aws:iam::111122223333:role/reader"]}}
                stages: [{stage: enforce}]
                first-notice: none
                store: journal.db
                """;
        String why = "Terraform made no-tags of fernhill or a key of it, as role deploy, on ";
        String right = "change it there, or where it shares its keys with Keyturn, add"
                + " \"arn:aws:iam::111122223333:role/deploy\" to hand-over";

        assertThat(run(DoorOptions.defaults(), rotating, "plan", "--config", config()))
                .contains("create-key", why, right);
        String said = run(DoorOptions.defaults(), rotating, "run", "--config", config());
        assertThat(said).contains(why, right).doesNotContain("done       create-key");
        assertThat(Objects.requireNonNull(account.user(USER)).keys()).hasSize(1);
        assertThat(run(DoorOptions.defaults(), rotating, "explain", USER, "--config", config()))
                .contains(why);
    }

    @Test
    void what_is_handed_over_holds_nothing() throws Exception {
        anotherMadeAKey();

        String said = run(
                DoorOptions.defaults(),
                FILE + "hand-over: [\"arn:aws:iam::*:role/rotator\"]\n",
                "run",
                "--config",
                config());

        assertThat(said).doesNotContain("another automation");
        assertThat(works()).as(said).isFalse();
    }

    @Test
    void where_cloudtrail_may_not_be_read_that_is_said_and_the_run_goes_on() throws Exception {
        DoorOptions door = DoorOptions.defaults().with(Fault.always("LookupEvents", Fate.Kind.ACCESS_DENIED));

        assertThat(run(door, FILE, "run", "--config", config()))
                .contains("whether another automation changes keys of fernhill is not known: CloudTrail could not be"
                        + " asked: AWS answered AccessDenied");
        assertThat(works()).isFalse();
    }
}
