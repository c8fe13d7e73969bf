package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.SecretReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/keyturn-read";

    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void open() {
        config = new ConfigFolder(folder);
    }

    @Test
    void what_is_not_written_is_the_default() {
        assertThat(config.settings("{}"))
                .usingRecursiveComparison()
                .ignoringFields("origins")
                .isEqualTo(config.loader().defaults());
    }

    @ParameterizedTest
    @CsvSource({
        "90d, P90D",
        "2w, P14D",
        "24h, PT24H",
        "15m, PT15M",
        "30s, PT30S",
        "P1DT2H, PT26H",
        "PT36H, PT36H",
        "0d, PT0S",
        "36500d, P36500D"
    })
    void durations_are_short_or_iso(String written, Duration meant) {
        assertThat(config.settings("first-notice: " + written).rules().firstNotice())
                .isEqualTo(meant);
    }

    @Test
    void nothing_is_announced_where_the_file_says_so() {
        assertThat(config.settings("first-notice: none").rules().firstNotice()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"90d, 90d", "24h, 1d", "36h, 36h", "PT90M, 90m", "PT1M1S, 61s"})
    void durations_are_written_as_short_as_they_can(String read, String written) {
        assertThat(Durations.write(Durations.parse(read).orElseThrow())).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"5, 5, P1D", "10/d, 10, P1D", "50/w, 50, P7D", "3/h, 3, PT1H", "5/12h, 5, PT12H", "0, 0, P1D"})
    void a_limit_counts_in_a_window_and_alone_over_a_day(String written, int count, Duration window) {
        assertThat(config.settings("limits: {delete: " + written + "}").rules().caps())
                .containsEntry(Capped.DELETE, new Caps(new Caps.Cap(count, window), null, null));
    }

    @Test
    void a_role_alone_only_reads_an_organization() {
        assertThat(config.settings("accounts: [{organization: {role: keyturn-read}, dr: true}]")
                        .accounts())
                .containsExactly(
                        new AccountSource.Organization("keyturn-read", null, List.of(), List.of(), Set.of(), true));
    }

    @Test
    void an_external_id_is_resolved_where_a_run_needs_it_and_not_where_the_file_is_looked_at() throws Exception {
        String yaml = "accounts: [{role: '" + ROLE + "', external-id: '${env:X}'}]";
        config.environment.put("X", "between-us");

        assertThat(config.settings(yaml).accounts()).containsExactly(new AccountSource.Role(ROLE, "between-us", false));
        config.environment.remove("X");
        assertThat(config.loader().check(folder.resolve("keyturn.yaml"), false)).isInstanceOf(Loaded.Ok.class);
        assertThat(ConfigFolder.sentences(config.loader().check(folder.resolve("keyturn.yaml"), true)))
                .containsExactly("keyturn.yaml:1:79: accounts[0].external-id: \"${env:X}\" names an environment"
                        + " variable that is not set; set X");
    }

    @Test
    void secrets_of_channels_are_looked_up_only_when_asked() {
        config.with("empty", "\n").with("token", "t\n");
        String yaml = "channels: {slack: {token: '${env:T}'}, webhook: {url: '${file:" + folder + "/empty}'},"
                + " jira: {url: https://example.atlassian.net, project: OPS, token: '${ssm:/t}'}}";

        assertThat(config.load(yaml)).isInstanceOf(Loaded.Ok.class);
        assertThat(ConfigFolder.sentences(config.loader().check(folder.resolve("keyturn.yaml"), true)))
                .hasSize(2)
                .anyMatch(s -> s.contains("\"${env:T}\" names an environment variable that is not set; set T"))
                .anyMatch(s -> s.endsWith("names a file that is empty; put the secret into it"));
    }

    @Test
    void a_secret_kept_in_aws_is_said_not_to_be_looked_up() {
        Loaded.Ok loaded = (Loaded.Ok) checkedWithSecrets("channels: {slack: {token: '${ssm:/t}'}}");

        assertThat(ConfigFolder.sentences(loaded))
                .contains("keyturn.yaml:1:27: channels.slack.token: is kept in AWS and was not looked up");
    }

    private Loaded checkedWithSecrets(String yaml) {
        config.with("keyturn.yaml", yaml);
        return config.loader().check(folder.resolve("keyturn.yaml"), true);
    }

    @Test
    void a_rotation_says_whether_the_key_is_tried_and_what_goes_with_it() {
        Rotation rotation = config.settings("""
                policies:
                  - name: a
                    age: {expire: 90d, on-expire: [rotate]}
                    rotate: {self-fetch: true, probe: off, also: [smtp-password], delete-after: 100d}
                """).rules().policies().getFirst().rotation();

        assertThat(rotation)
                .isEqualTo(new Rotation(
                        new Delivery.SecretsManager(List.of(), false, Delivery.Place.DEFAULT),
                        true,
                        Rotation.DEFAULT_DEACTIVATE_AFTER,
                        Rotation.DEFAULT_HOLD_AFTER,
                        Duration.ofDays(100),
                        false,
                        Set.of(Rotation.Derived.SMTP_PASSWORD)));
    }

    @Test
    void a_brownout_grows_from_entry_to_entry() {
        assertThat(config.settings("policies: [{name: a, age: {expire: 9d}, brownout: [15m, 4h]}]")
                        .rules()
                        .policies()
                        .getFirst()
                        .brownout())
                .containsExactly(Duration.ofMinutes(15), Duration.ofHours(4));
    }

    @Test
    void mail_channels_topics_and_web_addresses_are_typed() {
        Channels channels = config.settings("""
                channels:
                  email: {from: keys@example.com, region: eu-central-1, allowed-domains: [example.com], accept: handed-over}
                  sns: {topic: "arn:aws:sns:eu-central-1:111122223333:keyturn"}
                  webhook: {url: "${env:HOOK}", private-addresses: true}
                """).acting().channels();

        assertThat(channels)
                .isEqualTo(new Channels(
                        null,
                        null,
                        new Channels.Email(
                                "keys@example.com",
                                new Channels.Via.Ses("eu-central-1"),
                                null,
                                null,
                                List.of("example.com"),
                                true),
                        new Channels.Sns("arn:aws:sns:eu-central-1:111122223333:keyturn"),
                        null,
                        new Channels.Webhook(new SecretReference.Env("HOOK"), null, true),
                        null,
                        null));
    }

    @Test
    void the_tag_of_owners_time_zones_may_be_named() {
        assertThat(config.settings("notices: {zone-tag: tz}").rules().zoneTag()).isEqualTo("tz");
        assertThat(config.settings("notices: {team: us}").rules().zoneTag()).isNull();
        assertThat(config.settings("read: live").rules().zoneTag()).isNull();
    }

    @Test
    void a_window_may_name_single_days_a_zone_and_the_end_of_the_day() {
        var window = Objects.requireNonNull(config.settings(
                        "act-window: {days: 'Fri-Mon, Wed', hours: '22:00-24:00', zone: Europe/Berlin, freeze: [2026-12-24]}")
                .acting()
                .window());

        assertThat(window.days()).hasSize(5);
        assertThat(window.to()).isEqualTo(LocalTime.MIDNIGHT);
        assertThat(window.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(window.freezes()).hasSize(1);
    }

    @Test
    void a_default_owner_may_be_a_name_alone() {
        assertThat(config.settings("owners: [{name: mail}, {default: security}]")
                        .rules()
                        .owners())
                .containsExactly(new OwnerRule.MailName(), new OwnerRule.Default("security", OwnerRule.Via.NAME));
    }

    @Test
    void ages_alone_read_live_need_nothing_but_keys() {
        String ages = "read: live\npolicies: [{name: all, age: {warn: 75d, expire: 90d}}]\n";

        assertThat(needs(ages).facts()).containsExactlyInAnyOrder(FactName.KEYS, FactName.ROOT);
        assertThat(needs(ages + "leaks: true\n").has(FactName.POLICIES)).isTrue();
        assertThat(needs(ages.replace("live", "report")).has(FactName.POLICIES)).isTrue();
    }

    private Needs needs(String yaml) {
        return config.settings(yaml).rules().needs(Needs.Identify.AT_RISK);
    }
}
