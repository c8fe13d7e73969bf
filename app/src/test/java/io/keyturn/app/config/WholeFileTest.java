package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that uses every section loads as it stands, and means what it says. */
class WholeFileTest {
    @TempDir
    private Path folder;

    private Settings settings;
    private List<String> warnings;

    @BeforeEach
    void load() {
        ConfigFolder config = new ConfigFolder(folder).with("owners.yaml", "deploy: platform\nci: \"U0123\"\n");
        settings = config.settings(ConfigFolder.whole());
        warnings = config.warnings(ConfigFolder.whole());
    }

    @Test
    void accounts_are_a_profile_and_an_organization_with_its_three_roles() {
        assertThat(settings.accounts())
                .containsExactly(
                        new AccountSource.Profile("production", null, false),
                        new AccountSource.Organization(
                                "keyturn-read",
                                "keyturn-act",
                                "keyturn-create",
                                "between-us",
                                List.of(),
                                List.of(),
                                Set.of(new AccountId("111122223333")),
                                false));
        assertThat(settings.accounts().toString()).doesNotContain("between-us");
    }

    @Test
    void people_rotate_and_the_policy_says_how() {
        Policy people = settings.rules().policies().get(1);

        assertThat(people.age().onExpire()).containsExactly(Step.REMIND, Step.TICKET, Step.ROTATE);
        assertThat(people.rotation())
                .isEqualTo(new Rotation(
                        List.of("arn:${partition}:iam::${account}:role/${owner}"),
                        false,
                        Duration.ofDays(14),
                        Duration.ofDays(45),
                        Duration.ofDays(75)));
        assertThat(settings.rules().policies())
                .extracting(Policy::name)
                .containsExactly("machines", "people", "unclassified");
    }

    @Test
    void limits_are_caps_of_the_plan() {
        Duration day = Duration.ofDays(1);
        assertThat(settings.rules().caps())
                .isEqualTo(Map.of(
                        Capped.CREATE, new Caps(new Caps.Cap(10, day), null, null),
                        Capped.DEACTIVATE, new Caps(new Caps.Cap(10, day), new Caps.Cap(5, day), 10),
                        Capped.DELETE, new Caps(new Caps.Cap(5, day), null, null),
                        Capped.TICKETS, new Caps(new Caps.Cap(25, day), null, null),
                        Capped.OWNERS_TOLD, new Caps(new Caps.Cap(50, day), null, null)));
    }

    @Test
    void owners_come_from_a_tag_then_the_file_then_the_default() {
        assertThat(settings.rules().owners())
                .containsExactly(
                        new OwnerRule.Tag("Slack"),
                        new OwnerRule.Listed("owners.yaml", Map.of("deploy", "platform", "ci", "U0123")),
                        new OwnerRule.Default("#cloud-security", OwnerRule.Via.SLACK));
    }

    @Test
    void channels_keep_references_and_no_secret() {
        Channels channels = settings.acting().channels();

        assertThat(channels.slack())
                .isEqualTo(new Channels.Slack.App(new SecretReference.Credstash("slack.api.token"), true));
        assertThat(channels.jira())
                .isEqualTo(new Channels.Jira(
                        URI.create("https://example.atlassian.net"),
                        "OPS",
                        new Channels.Given.Referenced(new SecretReference.Ssm("/keyturn/jira/email")),
                        new SecretReference.SecretsManager("keyturn/jira", "token"),
                        "Task",
                        List.of(),
                        "{}",
                        false,
                        Channels.FoundBy.LABEL));
        assertThat(channels.toString()).doesNotContain("slack.api.token").doesNotContain("keyturn/jira");
    }

    @Test
    void the_window_is_the_owners_working_days_without_the_turn_of_the_year() {
        assertThat(settings.acting().window())
                .isEqualTo(new ActWindow(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY),
                        LocalTime.of(9, 0),
                        LocalTime.of(15, 0),
                        null,
                        List.of(new ActWindow.Freeze(LocalDate.of(2026, 12, 18), LocalDate.of(2027, 1, 4)))));
        assertThat(settings.acting().approval()).isEqualTo(Approval.NONE);
    }

    @Test
    void one_line_says_what_is_not_used_yet() {
        assertThat(warnings).isEmpty();
    }
}
