package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Findings in the Security Hub of every account. */
@Timeout(120)
class SecurityHubTest {
    @TempDir
    private Path folder;

    private SandboxServer server;
    private HubStub hub;
    private Line line;

    @BeforeEach
    void start() throws Exception {
        World world = World.generate(new WorldSpec(3, 3, 700, 0.9, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        hub = new HubStub();
        line = new Line(folder).on(server).with("AWS_ENDPOINT_URL_SECURITYHUB", hub.url());
        configure("notify", "region: eu-central-1");
    }

    private void configure(String stage, String more) throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), """
                accounts: [{organization: {role: keyturn-read}}]
                policies:
                  - {name: everybody, age: {warn: 75d, expire: 90d, on-warn: [], on-expire: []}}
                stages: [{stage: %s}]
                owners: []
                leaks: false
                store: journal.db
                reports: [{form: security-hub, %s}]
                """.formatted(stage, more));
    }

    @AfterEach
    void stop() {
        hub.close();
        server.close();
    }

    private int run(String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "run";
        all[1] = "--config";
        all[2] = folder.resolve("keyturn.yaml").toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return line.run(all);
    }

    private long open() {
        return hub.findings.values().stream()
                .filter(finding -> finding.get("RecordState").asString().equals("ACTIVE"))
                .count();
    }

    @Test
    void each_account_takes_its_own_in_hundreds_and_what_ended_is_archived() {
        ObjectNode foreign = hub.findings.computeIfAbsent(
                "arn:aws:inspector:1", any -> JsonMapper.shared().createObjectNode());
        foreign.put("GeneratorId", "inspector").put("RecordState", "ACTIVE");

        run();

        assertThat(line.err()).doesNotContain("Security Hub");
        assertThat(open()).isGreaterThan(200);
        assertThat(hub.batches).allMatch(size -> size <= 100).contains(100);
        Map<String, Set<String>> accountsOfSessions = hub.sessions.stream()
                .collect(Collectors.groupingBy(
                        session -> session.split(" ")[0],
                        Collectors.mapping(session -> session.split(" ")[1], Collectors.toSet())));
        assertThat(accountsOfSessions).hasSizeGreaterThan(1);
        assertThat(accountsOfSessions.values()).allMatch(accounts -> accounts.size() == 1);

        // One that nobody has any more, and one that is there still.
        String open = hub.findings.keySet().stream()
                .filter(id -> id.startsWith("keyturn/policies/"))
                .findFirst()
                .orElseThrow();
        ObjectNode gone = hub.findings.get(open).deepCopy();
        hub.findings.put("keyturn/policies/gone", gone.put("Id", "keyturn/policies/gone"));
        gone.put("Workflow", "kept by people");
        hub.page = 40;
        long before = open();

        run();

        assertThat(hub.findings.get("keyturn/policies/gone").get("RecordState").asString())
                .isEqualTo("ARCHIVED");
        assertThat(hub.findings.get(open).get("RecordState").asString()).isEqualTo("ACTIVE");
        assertThat(foreign.get("RecordState").asString()).isEqualTo("ACTIVE");
        assertThat(open()).isEqualTo(before - 1);
    }

    @Test
    void what_is_refused_is_said_and_the_rest_is_taken() {
        run();
        String title = hub.findings.values().stream()
                .map(finding -> finding.get("Title").asString())
                .filter(text -> text.contains("is overdue"))
                .findFirst()
                .orElseThrow();
        hub.broken.add(title);

        assertThat(run()).isEqualTo(Keyturn.NOT_READ);

        assertThat(line.out() + line.err())
                .contains(
                        "could not import keyturn/policies/",
                        " into the hub of account ",
                        "AWS answered InvalidInput (bad resource)");
        hub.broken.clear();
        hub.refused.put("/findings", "AccessDeniedException");
        assertThat(run()).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out() + line.err())
                .contains(
                        "could not see the ended findings of account ",
                        "so these stay open",
                        "allow the role that reads the account securityhub:GetFindings");
        hub.refused.put("/findings/import", "InvalidAccessException");
        assertThat(run()).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out() + line.err())
                .contains(
                        "in eu-central-1", "enable Security Hub in that account and Region, or take it out of reports");
    }

    @Test
    void nothing_is_sent_by_a_dry_run_nor_of_accounts_that_are_only_observed() throws Exception {
        run("--dry-run");
        configure("observe", "region: eu-central-1");
        run();

        assertThat(hub.batches).isEmpty();
    }

    @Test
    void without_a_region_it_says_where_to_name_one() throws Exception {
        line.with("AWS_REGION", "");
        configure("notify", "framework: CIS-5.0");

        assertThat(run()).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out() + line.err())
                .contains(
                        "could not import findings into the hubs of all accounts: no Region is named; name it in AWS_REGION, or as region of that report");
    }

    @Test
    void the_doctor_and_the_policy_know_what_it_takes() {
        String config = folder.resolve("keyturn.yaml").toString();
        assertThat(line.run("iam-policy", "--config", config, "--role", "read"))
                .as(line.err())
                .isZero();
        assertThat(line.out())
                .contains(
                        "securityhub:BatchImportFindings",
                        "arn:aws:securityhub:eu-central-1:*:product/*/default",
                        "securityhub:GetFindings");
        line.run("doctor", "--config", config);
        assertThat(line.out()).contains("Security Hub in eu-central-1", "may be looked into");

        hub.refused.put("/findings", "AccessDeniedException");
        line.run("doctor", "--config", config);
        assertThat(line.out()).contains("securityhub:GetFindings");
        hub.refused.put("/findings", "InvalidAccessException");
        line.run("doctor", "--config", config);
        assertThat(line.out()).contains("is not enabled in this account");
    }
}
