package io.keyturn.proof.acting;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.wiring.Decided;
import io.keyturn.app.wiring.HistoryJob;
import io.keyturn.app.wiring.UndoJob;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.sandbox.world.SimKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over a simulated organization, by its real door, through the days. */
@Timeout(180)
class WholeRunTest {
    private static final String CONFIGURATION = """
            accounts:
              - organization: {roles: {read: keyturn-read, act: keyturn-act, create: keyturn-create}}
            policies:
              - name: everybody
                idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, deactivate, delete]}
            owners:
              - default: {email: security@example.com}
            stages:
              - {stage: enforce}
            channels:
              email: {from: keyturn@example.com, region: eu-west-1}
            limits: {deactivate: {global: 3/d}}
            """;

    @TempDir
    Path folder;

    private ActingWorld acting;

    @BeforeEach
    void start() throws Exception {
        acting = new ActingWorld(folder, 2, 40, CONFIGURATION);
    }

    @AfterEach
    void stop() {
        acting.close();
    }

    private Map<String, Integer> run() throws Exception {
        return acting.run();
    }

    private void days(int days) {
        acting.days(days);
    }

    private List<SimKey> keys(boolean active) {
        return acting.keys(active);
    }

    @Test
    void keysAreAnnouncedThenSwitchedOffInWavesThenDeletedAndEverythingIsProven() throws Exception {
        int inactiveBefore = keys(false).size();

        Map<String, Integer> first = run();
        assertThat(first).containsKey("remind Done").doesNotContainKey("deactivate Done");
        assertThat(first.get("remind Done")).isGreaterThan(1);
        assertThat(acting.postbox.letters)
                .as("one letter of all keys")
                .hasSize(1)
                .allSatisfy(letter -> {
                    assertThat(letter.at("/Destination/ToAddresses/0").asString())
                            .isEqualTo("security@example.com");
                    assertThat(letter.at("/text").asString())
                            .contains(
                                    first.get("remind Done") + " of your access keys need you",
                                    "switched off on",
                                    "What to do")
                            .doesNotContainPattern("AKIA[A-Z2-7]{16}");
                });
        assertThat(run()).as("nothing is due, so nothing is done").isEmpty();

        days(31);
        assertThat(run().keySet()).as("mail counts only after its day").noneMatch(key -> key.startsWith("deactivate"));
        Map<String, Integer> wave = run();
        assertThat(wave).as("the cap").containsEntry("deactivate Done", 3);
        assertThat(keys(false)).hasSize(inactiveBefore + 3);
        assertThat(run()).doesNotContainKey("deactivate Done");

        days(1);
        assertThat(run()).containsEntry("deactivate Done", 3);

        Instant before = acting.server.clock().instant();
        assertThat(undo(outcomeBefore(before))).isPositive();
        assertThat(keys(false)).hasSize(inactiveBefore);

        List<String> verified = new ArrayList<>();
        new HistoryJob(acting.settings(), Map.of())
                .verify((stream, head) -> verified.add(stream + " " + head.sequence()));
        assertThat(verified).isNotEmpty();
    }

    @Test
    void aKeyThatLayInactiveForTheWholeCoolDownIsDeleted() throws Exception {
        run();
        days(31);
        run();
        Map<String, Integer> off = run();
        int count = off.get("deactivate Done");
        run();
        days(40);
        run();
        days(36);
        run();
        int before = keys(false).size();

        Map<String, Integer> end = run();

        assertThat(end).containsEntry("delete Done", count);
        assertThat(keys(false).size()).isLessThan(before);
    }

    @Test
    void onceStoppedNothingChangesUntilSomebodyResumes() throws Exception {
        run();
        days(31);
        run();
        int inactive = keys(false).size();
        new Decided(acting.settings(), Map.of(), acting.server.clock())
                .make(decisions -> decisions.stop("alice", "drill"));

        assertThat(run()).isEmpty();
        assertThat(keys(false)).hasSize(inactive);

        new Decided(acting.settings(), Map.of(), acting.server.clock())
                .make(decisions -> decisions.resume("alice", "over"));
        assertThat(run()).containsKey("deactivate Done");
    }

    @Test
    void whatIsFrozenOrSnoozedStaysAsItIsUntilItIsThawed() throws Exception {
        run();
        days(31);
        run();
        List<SimKey> before = keys(true);
        List<Scope> scopes = acting.world.accounts().stream()
                .<Scope>map(account -> new Scope.OfAccount(new AccountId(account.id())))
                .toList();
        for (Scope scope : scopes) {
            new Decided(acting.settings(), Map.of(), acting.server.clock())
                    .make(decisions -> decisions.freeze(scope, "alice", "drill", null));
        }

        assertThat(run()).doesNotContainKey("deactivate Done");
        assertThat(keys(true)).isEqualTo(before);

        for (Scope scope : scopes) {
            new Decided(acting.settings(), Map.of(), acting.server.clock())
                    .make(decisions -> decisions.thaw(scope, "alice", "over"));
        }
        assertThat(run()).containsKey("deactivate Done");
    }

    @Test
    void whatTheConfigurationAsksForFirstComesFirst() throws Exception {
        run();
        days(31);
        run();
        int inactive = keys(false).size();

        acting.configure(CONFIGURATION
                + "act-window: {days: Mon-Sun, hours: \"00:00-24:00\", freeze: [\"2020-01-01/2099-01-01\"]}\n");
        assertThat(run()).containsKey("outside of the act-window: 3 changes wait until it opens");
        acting.configure(CONFIGURATION.replace("    idle:", "    brownout: [15m, 4h]\n    idle:"));
        assertThat(run()).containsEntry("brownout Done", 3).doesNotContainKey("deactivate Done");
        assertThat(keys(false)).hasSize(inactive + 3);
        acting.server.clock().move(Duration.ofMinutes(16));
        assertThat(run()).containsEntry("reactivate Done", 3);
        assertThat(keys(false)).hasSize(inactive);

        // AWS makes no new report within four hours, and the last one still shows these keys switched off.
        days(1);
        acting.configure(CONFIGURATION);
        assertThat(run()).containsKey("deactivate Done");
    }

    private static Predicate<Entry.Outcome> outcomeBefore(Instant at) {
        return outcome ->
                outcome.verb() == Verb.DEACTIVATE && !outcome.stamp().at().isAfter(at);
    }

    private int undo(Predicate<Entry.Outcome> wanted) throws Exception {
        return new UndoJob(acting.settings(), acting.environment, acting.server.clock())
                .run(wanted, new UndoJob.Desk() {
                    @Override
                    public void troubled(String account, String sentence) {
                        throw new AssertionError(account + ": " + sentence);
                    }

                    @Override
                    public void ended(Target target, boolean done, String why) {
                        assertThat(done).as(target + ": " + why).isTrue();
                    }
                });
    }
}
