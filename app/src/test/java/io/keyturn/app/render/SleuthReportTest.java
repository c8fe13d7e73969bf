package io.keyturn.app.render;

import static io.keyturn.app.render.Outcomes.key;
import static io.keyturn.app.render.Outcomes.surveyed;
import static io.keyturn.app.render.Outcomes.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Report;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.run.AccountOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SleuthReportTest {
    private static final Report.Sleuth SAID = new Report.Sleuth(Report.Heading.AGE, Report.Heading.IDLE, null, null);

    private static SleuthReport of(User... users) {
        SleuthReport report = new SleuthReport(Outcomes.RULES);
        report.account(surveyed("production", Reading.COMPLETE, users), finding -> true);
        return report;
    }

    @Test
    void a_key_is_said_to_be_disabled_only_where_it_was() {
        AccountOutcome.Surveyed found = surveyed("production", Reading.COMPLETE, user("ann", "", key(1, 200, 1)));
        SleuthReport report = new SleuthReport(Outcomes.RULES);
        report.account(found, finding -> true);
        Finding finding = found.findings().getFirst();
        Action off = new Action.Deactivate(finding.credential(), finding.reasons());

        assertThat(SleuthText.messages(report, SAID).getFirst()).contains("ann: key 0001 is past its limit of 90 days");
        report.ended(new Outcome.Skipped(off, "it is not due any more"));
        assertThat(SleuthText.messages(report, SAID).getFirst()).contains("and was not disabled: see the log");
        report.ended(new Outcome.Done(off));
        assertThat(SleuthText.messages(report, SAID).getFirst())
                .contains("ann: key 0001 is disabled due to creation age");
    }

    @Test
    void the_first_state_that_fits_is_told_with_the_days_left() {
        SleuthReport report = of(
                user("both", "", key(1, 200, 60)),
                user("idle", "", key(2, 80, 60)),
                user("old", "", key(3, 89, 40)),
                user("quiet", "", key(4, 60, 40)),
                user("well", "", key(5, 60, 2)));

        assertThat(SleuthText.messages(report, SAID)).containsExactly("""
                AWS IAM Key Expiration Report:
                old: key 0003 expires in 1 day due to creation age
                both: key 0001 is past its limit of 90 days due to creation age
                AWS IAM Key Inactivity Report:
                quiet: key 0004 expires in 5 days due to inactivity
                idle: key 0002 is past its limit of 45 days due to inactivity
                """);
    }

    @Test
    void where_nothing_is_due_nobody_is_written_to() {
        SleuthReport report = of(user("well", "", key(5, 60, 2)));

        assertThat(report.isEmpty()).isTrue();
        assertThat(SleuthText.messages(report, SAID)).isEmpty();
        assertThat(SleuthSlack.messages(report, SAID)).isEmpty();
    }

    @Test
    void a_hostile_name_mentions_nobody_and_breaks_no_line() {
        SleuthReport report = of(user("<!channel>\n& co", "", key(1, 200, 1)));

        assertThat(SleuthSlack.messages(report, SAID).getFirst())
                .contains("&lt;!channel&gt;")
                .doesNotContain("<!channel>");
        assertThat(SleuthText.messages(report, SAID).getFirst().lines()).hasSize(2);
    }

    @Test
    void a_long_list_goes_out_in_several_messages_and_nobody_is_left_out() {
        User[] users = IntStream.range(0, 9_000)
                .mapToObj(i -> user("user-%05d".formatted(i), "", key(i, 80, 1)))
                .toArray(User[]::new);
        SleuthReport report = of(users);

        List<String> texts = SleuthText.messages(report, SAID);
        assertThat(texts)
                .hasSizeGreaterThan(1)
                .allMatch(text -> text.getBytes(StandardCharsets.UTF_8).length <= 256 * 1024);
        assertThat(String.join("", texts).lines().filter(line -> line.startsWith("user-")))
                .hasSize(9_000);
        List<String> slack = SleuthSlack.messages(report, SAID);
        int lines = 0;
        for (String message : slack) {
            JsonNode attachments = JsonMapper.shared().readTree(message).get("attachments");
            assertThat(attachments.size()).isLessThanOrEqualTo(21);
            assertThat(attachments.get(0).get("title").asString()).isEqualTo("AWS IAM Key Expiration Report");
            for (int i = 1; i < attachments.size(); i++) {
                String value =
                        attachments.get(i).get("fields").get(0).get("value").asString();
                assertThat(value.length()).isLessThanOrEqualTo(3_000);
                lines += (int) value.lines().count();
            }
        }
        assertThat(lines).isEqualTo(9_000);
    }
}
