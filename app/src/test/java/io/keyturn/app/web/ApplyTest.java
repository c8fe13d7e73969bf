package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.wiring.DemoServing;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.JournalStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the approval on the page of a plan, through the run that carries it out, to the key. */
@Timeout(120)
class ApplyTest {
    @TempDir
    private Path folder;

    private static SeenPlan waiting(DemoServing demo) throws Exception {
        for (int i = 0; i < 40; i++) {
            SeenPlan plan = demo.catalog().plan().orElseThrow();
            if (plan.changes().size() >= 2) {
                return plan;
            }
            demo.pass(5);
            demo.passed();
        }
        throw new AssertionError("nothing ever waits in the simulated organization");
    }

    private static List<Entry.Outcome> outcomes(DemoServing demo) throws Exception {
        return demo.entries(JournalStore.Query.ALL).stream()
                .filter(Entry.Outcome.class::isInstance)
                .map(Entry.Outcome.class::cast)
                .filter(outcome -> outcome.verb() == Verb.DEACTIVATE || outcome.verb() == Verb.CREATE_KEY)
                .toList();
    }

    @Test
    void what_was_approved_of_a_plan_is_applied_from_its_page_and_nothing_else() throws Exception {
        try (DemoServing demo = DemoServing.open(folder, InstantSource.system(), line -> {})) {
            demo.begin();
            SeenPlan plan = waiting(demo);
            try (Door door = Door.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new LocalAccess("n.iyer"),
                    Optional.empty(),
                    demo,
                    InstantSource.system(),
                    line -> {})) {
                Visitor visitor = new Visitor(door.address());
                int before = outcomes(demo).size();
                HttpResponse<String> early = visitor.form("/plan", "/plan/apply", "hash=" + plan.hash());
                assertThat(early.statusCode()).isEqualTo(409);
                assertThat(early.body()).contains("no change of that plan is approved by as many people as it takes");

                visitor.form("/plan", "/plan", "why=looked+at+it&step=0&hash=" + plan.hash());
                assertThat(visitor.get("/plan").body())
                        .contains("Apply what is approved: 1 change", "name=\"approved\" value=\"0\"");
                assertThat(visitor.form("/plan", "/plan/apply", "approved=0+1&hash=" + plan.hash())
                                .body())
                        .contains("since that page was opened somebody approved more, or refused");
                HttpResponse<String> begun = visitor.form("/plan", "/plan/apply", "approved=0&hash=" + plan.hash());
                assertThat(begun.headers().firstValue("Location")).contains("/plan?done=applying");
                demo.idle();

                SeenPlan.Row row = plan.changes().getFirst();
                List<Entry.Outcome> came =
                        outcomes(demo).subList(before, outcomes(demo).size());
                assertThat(came).isNotEmpty().allMatch(outcome -> outcome.result() == Entry.Result.DONE);
                assertThat(came)
                        .allSatisfy(outcome -> assertThat(outcome.target().key())
                                .isEqualTo(row.credential().keyId()));
                String page = visitor.get("/plan").body();
                assertThat(page).contains("was applied", "Begun by n.iyer", "<li class=\"named\">done ");
                assertThat(demo.applied().orElseThrow().hash()).isEqualTo(plan.hash());
                assertThat(demo.decisions())
                        .last()
                        .satisfies(decision -> assertThat(decision.kind()).isEqualTo(Entry.Decision.Kind.RUN))
                        .satisfies(decision -> assertThat(decision.scope()).isEqualTo(new Scope.OfPlan(plan.hash())));

                // The key's own page shows it at once, and the others of the plan still wait.
                assertThat(visitor.get("/keys/" + row.key()).body()).contains(": done");
                List<String> left = demo.catalog().plan().orElseThrow().changes().stream()
                        .map(SeenPlan.Row::key)
                        .toList();
                assertThat(left)
                        .doesNotContain(row.key())
                        .containsAll(plan.changes().stream()
                                .skip(1)
                                .map(SeenPlan.Row::key)
                                .filter(key -> !key.equals(row.key()))
                                .toList());
            }
        }
    }
}
