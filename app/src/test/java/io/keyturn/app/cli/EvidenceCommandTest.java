package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class EvidenceCommandTest {
    private static final String CANARY = "xoxb-canary-7c1f";
    private static final LocalDate TODAY =
            LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final String PLAN = "ab".repeat(32);
    private static final Target TARGET =
            new Target(ACCOUNT, new UserId("AIDAEXAMPLE1"), new UserName("o'brien"), new KeyId("AKIAEXAMPLE000000001"));

    @TempDir
    private Path folder;

    private SandboxServer server;
    private Line line;
    private Path archive;

    @BeforeEach
    void start() throws Exception {
        archive = folder.resolve("evidence.zip");
        Files.writeString(folder.resolve("keyturn.yaml"), """
                accounts: [{organization: {role: keyturn-read}}]
                policies:
                  - name: everybody
                    age: {warn: 75d, expire: 90d}
                exemptions:
                  - {user: "arn:aws:iam::*:user/break-glass-*", owner: "=cmd|' /C calc'!A0", reason: sealed, until: 2099-06-30}
                channels:
                  slack: {token: "${env:SLACK}"}
                store: journal.db
                """);
        open(DoorOptions.defaults());
    }

    private void open(DoorOptions options) throws Exception {
        World world = World.generate(new WorldSpec(3, 3, 12, 0.2, Instant.now()));
        server = SandboxServer.start(world, options, InstantSource.system());
        line = new Line(folder).on(server).with("SLACK", CANARY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int make(String... more) {
        String[] all = new String[more.length + 9];
        String[] words = {
            "evidence",
            "--config",
            folder.resolve("keyturn.yaml").toString(),
            "--from",
            TODAY.minusDays(2).toString(),
            "--to",
            TODAY.toString(),
            "--out",
            archive.toString()
        };
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return line.run(all);
    }

    private int verify(String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "evidence";
        all[1] = "verify";
        all[2] = archive.toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return line.run(all);
    }

    /** A key of which a message told, whose deactivation was approved with its plan and done. */
    private void remember() throws Exception {
        Entry.Stamp stamp = new Entry.Stamp(Instant.now(), "run-1", "host/1");
        Instant due = Instant.parse("2099-01-02T00:00:00Z");
        Entry.Intent intent = new Entry.Intent(stamp, "i-1", Verb.DEACTIVATE, TARGET, List.of(), PLAN);
        try (JournalStore store = SqliteJournal.open(folder.resolve("journal.db"))) {
            AccountJournal.open(store, Streams.ORGANIZATION, entry -> {})
                    .record(List.of(decision(stamp, Entry.Decision.Kind.APPROVE, new Scope.OfPlan(PLAN))));
            AccountJournal.open(store, Streams.of(ACCOUNT), entry -> {})
                    .record(List.of(
                            new Entry.Notice(
                                    stamp, "n-1", TARGET, Step.DEACTIVATE, due, "slack", "@U1", Placement.PLACED, null),
                            intent,
                            Entry.Outcome.of(stamp, intent, Entry.Result.DONE, ""),
                            decision(stamp, Entry.Decision.Kind.FREEZE, new Scope.OfTarget(TARGET)),
                            decision(stamp, Entry.Decision.Kind.THAW, new Scope.OfTarget(TARGET))));
        }
    }

    private static Entry.Decision decision(Entry.Stamp stamp, Entry.Decision.Kind kind, Scope scope) {
        return new Entry.Decision(stamp, "d-" + kind, kind, scope, "alice", "as agreed", null, null);
    }

    private Map<String, String> files() throws Exception {
        Map<String, String> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream bytes = zip.getInputStream(entry)) {
                    files.put(entry.getName(), new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }

    private void rewrite(Map<String, String> files) throws Exception {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void an_act_stands_with_its_notice_its_approval_and_its_outcome_and_all_of_it_can_be_checked_alone()
            throws Exception {
        remember();
        assertThat(make()).as(line.err()).isZero();
        assertThat(line.out()).contains("wrote " + archive + ": evidence of " + TODAY.minusDays(2) + " to " + TODAY);

        Map<String, String> files = files();
        JsonNode act = JsonMapper.shared().readTree(files.get("actions.jsonl"));
        assertThat(act.get("action").asString()).isEqualTo("deactivate");
        assertThat(act.get("placement").asString()).isEqualTo("placed");
        assertThat(act.get("announcedFor").asString()).isEqualTo("2099-01-02T00:00:00Z");
        assertThat(act.get("approvedBy").asString()).isEqualTo("alice");
        assertThat(act.get("approvalReason").asString()).isEqualTo("as agreed");
        assertThat(act.get("outcome").asString()).isEqualTo("done");
        assertThat(act.get("line").asString()).isEqualTo("111122223333:2");
        assertThat(files.get("notices.csv")).contains("deactivate,2099-01-02T00:00:00Z,slack,\"'@U1\",placed");
        assertThat(files.get("exceptions.csv"))
                .contains("exemption,configuration")
                .containsPattern(
                        "freeze,decision,\"?key of user o'brien in account 111122223333\"?,AKIAEXAMPLE000000001,"
                                + "alice,.*,alice,\"?as agreed");
        assertThat(files.get("days.csv")).contains(TODAY.minusDays(1) + ",no,,").containsPattern(TODAY + ",yes,[1-9]");
        String inForce = JsonMapper.shared()
                .readTree(files.get("manifest.json"))
                .at("/configuration/policyHash")
                .asString();
        String configuration = JsonMapper.shared()
                .readTree(files.get("manifest.json"))
                .at("/configuration/sha256")
                .asString();
        assertThat(files.get("days.csv").replace("\"", ""))
                .containsPattern(TODAY + ",yes,.*,[0-9]+\\.[05]," + configuration + "," + inForce);
        assertThat(files.get("runs.csv").replace("\"", "")).contains("," + configuration + "," + inForce);
        assertThat(files.get("exceptions.csv")).containsPattern("exemption,configuration,.*,\"?" + TODAY + "T[^,]*Z");
        assertThat(files.get("trail.csv"))
                .startsWith("at,account,user,keyId,action,by,principal,verdict,intent,run,event");
        assertThat(files.get("README.txt"))
                .contains("EVIDENCE OF " + TODAY.minusDays(2))
                .doesNotContain("{");

        assertThat(verify()).as(line.out()).isZero();
        assertThat(line.out())
                .contains("evidence of " + TODAY.minusDays(2) + " to " + TODAY)
                .contains("missing: no run counted the keys on 2 of 3 days, the first of them " + TODAY.minusDays(2))
                .contains("files are as the manifest says, and 2 chains of the journal hold");
    }

    @Test
    void every_account_stands_beside_the_report_it_was_read_from_or_why_there_is_none() throws Exception {
        server.close();
        open(DoorOptions.defaults()
                .with(
                        new Fault(
                                "GenerateCredentialReport",
                                "111122223334",
                                Fate.Kind.ACCESS_DENIED,
                                1,
                                Integer.MAX_VALUE),
                        new Fault(
                                "GenerateCredentialReport",
                                "111122223335",
                                Fate.Kind.ACCESS_DENIED,
                                1,
                                Integer.MAX_VALUE),
                        new Fault("ListUsers", "111122223335", Fate.Kind.ACCESS_DENIED, 1, Integer.MAX_VALUE)));
        assertThat(make()).as(line.err()).isEqualTo(3);
        assertThat(line.err())
                .contains(
                        "keyturn: missing: account 111122223334 has no credential report here: read live: the role may not"
                                + " use the credential report (iam:GenerateCredentialReport denied)")
                .contains("keyturn: missing: account 111122223335 was not read: could not");

        Map<String, String> files = files();
        assertThat(files).containsKey("reports/111122223333.csv").doesNotContainKey("reports/111122223334.csv");
        assertThat(files.get("reports/111122223333.csv")).startsWith("user,arn,user_creation_time,");
        JsonNode manifest = JsonMapper.shared().readTree(files.get("manifest.json"));
        String hash = manifest.at("/files/reports~1111122223333.csv/sha256").asString();
        assertThat(files.get("population.csv")).contains(hash).containsPattern("111122223335,.*,\"?not read\"?,");
        assertThat(manifest.at("/complete").asBoolean(true)).isFalse();
        assertThat(manifest.at("/population/notRead").asInt()).isEqualTo(1);
        assertThat(manifest.at("/population/read").asInt()).isEqualTo(2);
        assertThat(verify()).isZero();
        assertThat(line.out()).contains("missing: account 111122223335 was not read");
    }

    @Test
    void no_secret_is_in_it_and_no_text_of_others_is_a_formula() throws Exception {
        remember();
        assertThat(make()).as(line.err()).isZero();

        Map<String, String> files = files();
        assertThat(files.values()).noneMatch(text -> text.contains(CANARY));
        assertThat(files.get("configuration.json")).contains("${env:SLACK}");
        assertThat(files.get("exceptions.csv"))
                .contains("'=cmd")
                .doesNotContain(",=cmd")
                .doesNotContain(",\"=cmd");
    }

    @Test
    void what_was_changed_removed_or_added_is_named_one_by_one() throws Exception {
        remember();
        assertThat(make()).as(line.err()).isZero();
        Map<String, String> files = files();
        files.compute("days.csv", (name, text) -> text + "2099-01-01,yes,0\n");
        files.remove("keys.csv");
        files.put("extra.csv", "a,b\n");
        files.compute("journal/111122223333.jsonl", (name, text) -> text.replace("@U1", "@U2"));
        rewrite(files);

        assertThat(verify()).isEqualTo(3);
        assertThat(line.out())
                .contains("differs: days.csv: was changed, its SHA-256 is ")
                .contains("differs: keys.csv: is missing")
                .contains("differs: extra.csv: was added, the manifest does not name it")
                .contains("differs: journal/111122223333.jsonl: was changed")
                .contains(
                        "differs: journal/111122223333.jsonl: the chain breaks, could not trust line 2: it does not follow"
                                + " line 1 as that one now stands")
                .doesNotContain("files are as the manifest says");
    }

    @Test
    void a_new_manifest_for_changed_files_shows_in_its_hash_alone() throws Exception {
        assertThat(make()).as(line.err()).isZero();
        String made = line.out().replaceFirst("(?s).*manifest is ([0-9a-f]{64}).*", "$1");
        assertThat(verify("--manifest", made)).as(line.out()).isZero();

        Map<String, String> files = files();
        files.compute("manifest.json", (name, text) -> text + " ");
        rewrite(files);
        assertThat(verify()).isZero();
        assertThat(verify("--manifest", made)).isEqualTo(3);
        assertThat(line.out()).contains("differs: manifest.json: it is not the one that was made, its SHA-256 is ");
    }

    @Test
    void what_cannot_be_written_is_refused_before_anything_is_read() throws Exception {
        Files.writeString(archive, "mine");
        assertThat(make()).isEqualTo(2);
        assertThat(line.err())
                .contains("keyturn: could not write the evidence to " + archive
                        + ": it is there already; name another file, or move that one away");
        assertThat(archive).hasContent("mine");

        archive = folder.resolve("nowhere/evidence.zip");
        assertThat(make()).isEqualTo(2);
        assertThat(line.err())
                .contains("there is no folder " + folder.resolve("nowhere") + "; make it, or name another");
    }

    @Test
    void a_file_that_fails_half_written_says_why_and_leaves_nothing() throws Exception {
        Files.createSymbolicLink(folder.resolve("evidence.zip.new"), Path.of("/dev/full"));
        assertThat(make()).isEqualTo(3);
        assertThat(line.err())
                .contains("keyturn: could not write the evidence to " + archive
                        + ": No space left on device; nothing of it is left: free some space, or name another file");
        assertThat(archive).doesNotExist();
    }

    @Test
    void times_that_cannot_be_meant_are_refused_each_with_what_would_be_right() {
        assertThat(line.run("evidence", "--from", "2026-01-01")).isEqualTo(2);
        assertThat(line.err())
                .contains("evidence is of a time and goes to a file: name --from DAY, --to DAY and --out FILE");
        assertThat(line.run("evidence", "--from", "2026-01-02", "--to", "2026-01-01", "--out", archive.toString()))
                .isEqualTo(2);
        assertThat(line.err()).contains("--from 2026-01-02 is after --to 2026-01-01; exchange them");
        assertThat(line.run("evidence", "--from", "2026-01-02", "--to", "2999-01-01", "--out", archive.toString()))
                .isEqualTo(2);
        assertThat(line.err()).contains("--to 2999-01-01 has not come yet; the last day there can be is " + TODAY);
    }

    @Test
    void what_is_no_archive_of_evidence_is_told_from_one_that_was_changed() throws Exception {
        assertThat(verify()).isEqualTo(3);
        assertThat(line.err())
                .contains("keyturn: could not check " + archive
                        + ": there is no such file; name the archive that was handed to you");
        Files.writeString(archive, "no zip");
        assertThat(verify()).isEqualTo(3);
        assertThat(line.err()).contains("it is no whole zip archive (").contains("; ask for it again");
        rewrite(Map.of("a.txt", "a"));
        assertThat(verify()).isEqualTo(3);
        assertThat(line.err()).contains("its manifest.json cannot be used: it is not there; ask for it again");
        rewrite(Map.of("manifest.json", "{\"schema\": \"https://keyturn.io/schema/evidence/2\"}"));
        assertThat(verify()).isEqualTo(3);
        assertThat(line.err())
                .contains("it is of another version (https://keyturn.io/schema/evidence/2); use the Keyturn");
        rewrite(Map.of("manifest.json", "[]"));
        assertThat(verify()).isEqualTo(3);
        assertThat(line.err()).contains("its manifest.json cannot be used: it is no JSON object");
    }
}
