package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.keyturn.app.words.Manner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.Place;
import io.keyturn.engine.port.AccountSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first file loads without a word, whatever the account holds, and fits what was seen. */
class ConfigInitTest {
    private static final AccountSource AMBIENT = new AccountSource.Ambient(null, false);
    private static final AccountSource ORGANIZATION =
            new AccountSource.Organization("keyturn-read", null, List.of(), List.of(), Set.of(), false);
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    private Path folder;

    private final List<User> users = new ArrayList<>();
    private ConfigFolder config;

    @BeforeEach
    void open() {
        config = new ConfigFolder(folder);
    }

    private void user(String path, Map<String, String> tags) {
        String name = "u" + users.size();
        users.add(new User(
                new UserName(name),
                new UserId("AIDAEXAMPLE" + users.size()),
                "arn:aws:iam::111122223333:user" + path + name,
                path,
                NOW,
                Fact.known(List.of(), NOW),
                Fact.known(tags, NOW),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.known(false, NOW),
                Fact.known(false, NOW)));
    }

    private Seen seen(String name, String unit) {
        Account account = new Account(
                new AccountId("111122223333"),
                name,
                Partition.ofArn("arn:aws:iam::111122223333:root"),
                Fact.known(unit, NOW),
                Fact.notRead(),
                false);
        Sightings sightings = new Sightings();
        sightings.add(new Snapshot(account, ReadVia.LIVE, NOW, Reading.COMPLETE, List.of(), Fact.notRead(), users));
        return sightings.seen();
    }

    private Settings written(AccountSource source, Seen seen) {
        String file = ConfigInit.commented(source, seen);
        assertThat(config.warnings(file)).as(file).isEmpty();
        return config.settings(file);
    }

    @Test
    void without_a_look_it_is_the_general_file() {
        Settings settings = written(AMBIENT, Seen.NOTHING);

        assertThat(settings.accounts()).containsExactly(AMBIENT);
        assertThat(settings.rules().owners())
                .isEqualTo(config.loader().defaults().rules().owners());
        assertThat(ConfigInit.commented(AMBIENT, Seen.NOTHING))
                .startsWith("# yaml-language-server: $schema=https://keyturn.io/schema/keyturn/1\n");
        assertThat(written(ORGANIZATION, Seen.NOTHING).accounts()).containsExactly(ORGANIZATION);
    }

    @Test
    void what_it_suggests_of_notices_loads_without_a_word() {
        String file = ConfigInit.commented(AMBIENT, Seen.NOTHING)
                .replace("# notices:", "notices:")
                .replace("#   uses:", "  uses:")
                .replace("#   networks:", "  networks:")
                .replace("#   identity-center:", "  identity-center:");

        assertThat(config.warnings(file)).as(file).isEmpty();
        Manner.Evidence evidence = config.settings(file).acting().manner().evidence();
        assertThat(evidence.trail()).isTrue();
        assertThat(evidence.networks()).singleElement().matches(network -> network.is() == Place.Kind.OFFICE);
        assertThat(evidence.identityCenter()).hasToString("https://example.awsapps.com/start");
        assertThat(config.warnings(file.replace("  uses: cloudtrail", "  uses: none      ")))
                .singleElement(STRING)
                .contains("notices.networks: is compared with nothing");
    }

    @Test
    void nothing_acts_on_what_nobody_can_name() {
        var unclassified = written(AMBIENT, Seen.NOTHING).rules().policies().getLast();

        assertThat(unclassified.name()).isEqualTo("unclassified");
        assertThat(unclassified.age().onExpire()).isEmpty();
        assertThat(written(AMBIENT, Seen.NOTHING).rules().policies())
                .allSatisfy(policy ->
                        assertThat(policy.age().onExpire()).doesNotContain(Step.ROTATE, Step.DEACTIVATE, Step.DELETE));
    }

    @Test
    void owner_tags_that_are_in_use_are_asked_the_most_direct_first() {
        user("/", Map.of("team", "web", "CostCenter", "7"));
        user("/", Map.of("team", "web", "slack-channel", "#web"));
        user("/", Map.of("Owner", " ", "contact-email", "web@example.com"));

        assertThat(written(AMBIENT, seen("production", "")).rules().owners())
                .containsExactly(
                        new OwnerRule.Tag("slack-channel"),
                        new OwnerRule.Tag("contact-email"),
                        new OwnerRule.Tag("team"),
                        new OwnerRule.MailName());
    }

    @Test
    void tags_and_paths_that_tell_machines_apart_are_in_the_conditions() {
        user("/ci/", Map.of());
        user("/", Map.of("Category", "service"));
        user("/", Map.of("Category", "service"));
        user("/staff/", Map.of());
        user("/", Map.of("kind", "machine"));

        var policies = written(AMBIENT, seen("production", "")).rules().policies();

        assertThat(policies.get(0).when().source())
                .isEqualTo("user.class == \"machine\" || tag(\"Category\") == \"service\""
                        + " || user.path.startsWith(\"/ci/\")");
        assertThat(policies.get(1).when().source())
                .isEqualTo("user.class == \"person\" || user.path.startsWith(\"/staff/\")");
        assertThat(ConfigInit.commented(AMBIENT, seen("production", "")))
                .contains("# 1 user of this class", "# 4 users of neither class");
    }

    @Test
    void a_single_account_is_named_and_no_other_is_accepted() {
        Settings settings = written(AMBIENT, seen("production", ""));

        assertThat(settings.accounts())
                .containsExactly(new AccountSource.Ambient(new AccountId("111122223333"), false));
        assertThat(settings.rules().stages().getFirst().account()).isEqualTo(new AccountId("111122223333"));
        assertThat(written(new AccountSource.Profile("prod", null, false), seen("production", ""))
                        .accounts())
                .containsExactly(new AccountSource.Profile("prod", new AccountId("111122223333"), false));
    }

    @Test
    void organizational_units_are_there_to_be_staged() {
        assertThat(written(ORGANIZATION, seen("production", "Workloads/Dev"))
                        .rules()
                        .stages())
                .extracting(rule -> rule.ou() + " " + rule.stage().label())
                .containsExactly("Workloads/Dev observe", "null observe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b",
                "- x",
                "#owner",
                "'",
                "''\"\"",
                "\" || true || \"",
                "\\",
                "\\u0022",
                "x\"}\npolicies: []\n#",
                "\r\n",
                "\t",
                "\u0000",
                "\u001b[31m",
                "\u0085",
                "\u2028",
                "\ufeff",
                "true",
                "null",
                "~",
                "*a",
                "&a",
                "!!binary x",
                "%",
                "@",
                "`",
                "{{x}}",
                "${env:HOME}",
                "Zuständigkeit",
                "所有者",
                "😀",
                "0123"
            })
    void hostile_names_and_values_stay_texts(String hostile) {
        user("/ci" + hostile + "/", Map.of("Owner" + hostile, "x", "b" + hostile, "service", hostile, "service"));
        Seen seen = seen("prod\nread: live" + hostile, hostile);

        for (AccountSource source : List.of(
                AMBIENT,
                new AccountSource.Organization("r" + "x", null, List.of(), List.of(), Set.of(), false),
                new AccountSource.Profile("p" + hostile, null, false))) {
            Settings settings = written(source, seen);
            assertThat(settings.rules().owners()).contains(new OwnerRule.Tag("Owner" + hostile));
            assertThat(settings.rules().policies()).hasSize(3);
            assertThat(settings.read()).hasToString("AUTO");
            assertThat(settings.rules().policies().getFirst().when().source())
                    .contains("tag(" + Quoted.literal("b" + hostile) + ") == \"service\"");
        }
    }
}
