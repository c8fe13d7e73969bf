package io.keyturn.app.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs from what an earlier tool did, told from states that it left. */
class ComparisonTest {
    private static final Map<String, String> SLEUTH = Map.of(
            "ENABLE_AUTO_EXPIRE", "true",
            "EXPIRATION_AGE", "90",
            "WARNING_AGE", "80",
            "INACTIVITY_AGE", "30",
            "INACTIVITY_WARNING_AGE", "20",
            "SLACK_URL", "https://hooks.slack.com/services/T0/B0/x");
    private static final Map<String, String> ROTATOR = Map.of(
            "SES_EMAIL", "keys@example.com",
            "SES_REGION", "eu-west-1",
            "IAM_EMAIL_TAG_KEY", "email",
            "S3_CSV_BUCKET", "creds",
            "LAST_CHECK_DATE_TAG_KEY", "date",
            "LAST_CHECK_OLD_KEY_TAG_KEY", "old",
            "WARNING_DAYS", "30",
            "OVERDUE_DAYS", "60",
            "DEACTIVATE_DAYS", "10",
            "DELETION_DAYS", "10");

    @TempDir
    private Path folder;

    @Test
    void of_sleuth_the_states_of_keys_tell_what_it_switched_off() throws Exception {
        Beside world = Beside.of("sleuth", SLEUTH);
        world.user("missed", Map.of(), world.on(95))
                .user("today", Map.of(), world.on(91))
                .user("cut", Map.of(), world.off(100))
                .user("early", Map.of(), world.off(10))
                .user("quiet", Map.of(), world.key(true, 60, 40))
                .user("sealed", Map.of("KeyAutoExpire", "False"), world.off(400))
                .user("kept", Map.of("KeyAutoExpire", "FALSE"), world.on(400))
                .user("dark", Fact.unknown("access denied"), world.on(400))
                .user("fresh", Map.of(), world.on(3));

        Comparison comparison = world.compared();

        assertThat(Beside.lines(comparison))
                .containsExactly(
                        "differs early deactivate: it is off / leaves it on: it is past neither limit",
                        "differs missed deactivate: left it on / switches it off: 95 days old, limit 90",
                        "differs quiet deactivate: left it on / switches it off: 40 days unused, limit 30",
                        "differs sealed deactivate: it is off / leaves it on: its user is exempt by the tag KeyAutoExpire",
                        "not-yet today deactivate: left it on / switches it off: 91 days old, limit 90",
                        "unknown dark deactivate: left it on / leaves it as it is: the condition of policy"
                                + " exempt could not be decided: user.tags is not known: access denied",
                        "same cut deactivate: it is off / switches it off: 100 days old, limit 90");
        assertThat(Beside.table(comparison))
                .startsWith("Keyturn beside sleuth: 4 differ, 1 not yet, 1 not known, 1 the same, of 9 keys\n")
                .contains(
                        "\ndiffers  missed · 0001 · deactivate\n  sleuth   left it on\n  keyturn  switches it off: 95 days")
                .doesNotContain("cut ·")
                .contains("who switched a key off: a key that a person switched off looks the same")
                .endsWith("Nothing was sent or changed, and what sleuth keeps is as it was.\n");
    }

    @Test
    void of_sleuth_that_switches_nothing_off_only_the_list_can_be_foretold() throws Exception {
        Map<String, String> looks = new HashMap<>(SLEUTH);
        looks.remove("ENABLE_AUTO_EXPIRE");
        Beside world = Beside.of("sleuth", looks);
        world.user("missed", Map.of(), world.on(95)).user("off", Map.of(), world.off(5));

        Comparison comparison = world.compared();

        assertThat(comparison.rows()).isEmpty();
        assertThat(comparison.notKnown())
                .contains(
                        "sleuth switches nothing off as it is set (ENABLE_AUTO_EXPIRE), so its keys bear no trace of it;"
                                + " Keyturn would tell of 1 key past a limit today");
    }

    @Test
    void of_keycheck_its_table_tells_whom_it_told_and_the_keys_what_it_switched_off() throws Exception {
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), """
                told: U1
                silent: U2
                stale: U3
                early: U4
                cut: U5
                young: U6
                """);
        Beside world = Beside.of(
                "keycheck",
                Map.of(
                        "send_slack", "True",
                        "disable_key", "True",
                        "create_jira", "True",
                        "jira_server_address", "https://example.atlassian.net",
                        "jira_project_key", "OPS",
                        "credstash_keyname_slack_api_token", "slack",
                        "credstash_keyname_atlassian_api_email", "mail",
                        "credstash_keyname_atlassian_api_token", "token",
                        "KEYTURN_SLACK_MAPPING", mapping.toString()),
                "production");
        AccessKey told = world.on(170);
        AccessKey silent = world.on(185);
        AccessKey stale = world.on(170);
        AccessKey early = world.on(20);
        world.user("told", Map.of(), told)
                .told("told", told, Duration.ofHours(3))
                .user("silent", Map.of(), silent)
                .user("stale", Map.of(), stale)
                .told("stale", stale, Duration.ofMinutes(24 * 60 + 10))
                .user("early", Map.of(), early)
                .told("early", early, Duration.ofHours(5))
                .user("cut", Map.of(), world.off(200))
                .user("young", Map.of(), world.off(20))
                .user("robot", Map.of(), world.on(400), world.off(400));

        Comparison comparison = world.compared();

        assertThat(Beside.lines(comparison))
                .containsExactly(
                        "differs early tell: told its owner 5 hours ago / says nothing: 20 days old, told of from 165",
                        "differs silent tell: no row tells that it told anybody / tells its owner: 185 days old, told of from"
                                + " 165",
                        "differs silent deactivate: left it on / switches it off: 185 days old, limit 180",
                        "differs young deactivate: it is off / leaves it on: 20 days old, limit 180",
                        "not-yet stale tell: told its owner last at 2026-11-22T07:50:00Z / tells its owner: 170 days old, told"
                                + " of from 165",
                        "same cut deactivate: it is off / switches it off: 200 days old, limit 180",
                        "same told tell: told its owner 3 hours ago / tells its owner once in 24 hours: 170 days old, told of"
                                + " from 165");
        assertThat(comparison.notKnown())
                .contains(
                        "which tickets keycheck filed: Jira is not asked here; Keyturn would see to it that 4 keys have an"
                                + " open one");
    }

    @Test
    void of_rotator_the_tags_tell_how_far_it_has_come() throws Exception {
        Beside world = Beside.of("rotator", ROTATOR);
        rotating(world, "hasty", 30, 5, "2026-11-18", true);
        rotating(world, "right", 70, 5, "2026-11-18", true);
        rotating(world, "late", 90, 13, "2026-11-10", true);
        AccessKey used = world.key(true, 90, 1);
        world.user("inuse", tags("2026-11-10", used), used, world.key(true, 13, -1));
        rotating(world, "gone", 100, 35, "2026-11-03", false);
        rotating(world, "short", 80, 6, "2026-11-20", false);
        AccessKey old = world.on(80);
        world.user(
                        "changed",
                        Map.of("email", "changed@example.com", "date", "2026-11-12", "old", "AKIAGONEGONEGONEGONE"),
                        old,
                        world.on(3))
                .user("overdue", Map.of("email", "overdue@example.com"), world.on(64))
                .user("today", Map.of("email", "today@example.com"), world.on(61))
                .user("warned", Map.of("email", "warned@example.com"), world.on(40))
                .user("robot", Map.of(), world.on(400))
                .user("dark", Fact.unknown("access denied"), world.on(400));

        Comparison comparison = world.compared();

        assertThat(Beside.lines(comparison))
                .containsExactly(
                        "differs changed tidy: goes on by its tags: next it switches off the key that they name / touches no key:"
                                + " the old key is not among the user's any more",
                        "differs gone delete: did not delete it / deletes it: 20 days since 2026-11-03, limit 10",
                        "differs hasty rotate: replaced it on 2026-11-18 / leaves it: then 25 days old, overdue after 60",
                        "differs inuse deactivate: goes by its days: next it will switch it off / keeps it on and tells its"
                                + " owner: it was used on 2026-11-22, and the new key never was",
                        "differs late deactivate: did not switch it off / switches it off: 13 days since 2026-11-10, limit 10",
                        "differs overdue rotate: did not replace it / makes a new key: 64 days old, overdue after 60",
                        "differs short deactivate: switched it off on 2026-11-20 / leaves it on: that was after 3 days, and its"
                                + " grace is 10",
                        "not-yet today rotate: did not replace it / makes a new key: 61 days old, overdue after 60",
                        "unknown dark rotate: not known / leaves its keys as they are: the condition of policy"
                                + " rotator could not be decided: user.tags is not known: access denied",
                        "same gone rotate: replaced it on 2026-10-19 / replaces it too: 65 days old, overdue after 60",
                        "same gone deactivate: switched it off on 2026-11-03 / switches it off too, after 15 days",
                        "same inuse rotate: replaced it on 2026-11-10 / replaces it too: 77 days old, overdue after 60",
                        "same late rotate: replaced it on 2026-11-10 / replaces it too: 77 days old, overdue after 60",
                        "same right rotate: replaced it on 2026-11-18 / replaces it too: 65 days old, overdue after 60",
                        "same short rotate: replaced it on 2026-11-17 / replaces it too: 74 days old, overdue after 60");
        assertThat(comparison.notKnown())
                .anyMatch(sentence -> sentence.startsWith("what rotator mailed: SES keeps no list of it;"))
                .contains("nothing of 1 user without a mail address in the tag email: both pass them over");
    }

    private static Map<String, String> tags(String day, AccessKey old) {
        return Map.of(
                "email",
                "owner@example.com",
                "date",
                day,
                "old",
                String.valueOf(old.id() == null ? "" : old.id().value()));
    }

    private static void rotating(Beside world, String user, double age, double since, String day, boolean on) {
        AccessKey old = world.key(on, age, since + 1);
        world.user(user, tags(day, old), old, world.key(true, since, 0));
    }

    @Test
    void of_sentry_nothing_is_known_but_from_a_list_that_it_published() throws Exception {
        Beside world = Beside.of("sentry", Map.of("key_age", "90"));
        world.user("alice", Map.of(), world.on(120), world.off(300))
                .user("bob", Map.of(), world.on(90))
                .user("carl", Map.of(), world.on(95))
                .user("dora", Map.of(), world.on(5));

        assertThat(world.compared().rows()).isEmpty();
        assertThat(world.compared().notKnown())
                .contains(
                        "what sentry published: neither SNS nor IAM keeps it, so nothing can be compared by itself; Keyturn"
                                + " would publish 4 keys today");

        Comparison comparison = world.compared(SentryList.comparer("""
                {"Users":[{"UserName":"alice","KeyAgeInDays":119},{"UserName":"alice","KeyAgeInDays":299},
                          {"UserName":"dora","KeyAgeInDays":200}],"KeyAgeCutOff":90}""", 90));
        assertThat(Beside.lines(comparison))
                .containsExactly(
                        "differs carl list: did not list it / lists it: 95 days old, limit 90",
                        "differs dora list: listed a key of 200 days / lists none: the user has no such key now, or it was"
                                + " deleted since",
                        "not-yet bob list: did not list it / lists it: 90 days old, limit 90",
                        "same alice list: listed it with 119 days / lists it: 120 days old, limit 90",
                        "same alice list: listed it with 299 days / lists it: 300 days old, limit 90");
    }

    @Test
    void what_is_no_list_of_sentrys_is_refused_with_its_reason() {
        assertThatThrownBy(() -> SentryList.comparer("Found 3 Keys", 90)).hasMessage("it is no JSON");
        assertThatThrownBy(() -> SentryList.comparer("{}", 90))
                .hasMessage("it has no list \"Users\", which sentry's has");
        assertThatThrownBy(() -> SentryList.comparer("{\"Users\":[{\"UserName\":\"a\"}]}", 90))
                .hasMessage("an entry of \"Users\" lacks UserName or KeyAgeInDays");
        assertThatThrownBy(() -> SentryList.comparer("{\"Users\":[],\"KeyAgeCutOff\":60}", 90))
                .hasMessage("its list is of keys from 60 days on, and key_age is 90");
    }

    @Test
    void json_has_every_act_and_fits_its_published_schema() throws Exception {
        Beside world = Beside.of("sleuth", SLEUTH);
        world.user("missed", Map.of(), world.on(95)).user("cut", Map.of(), world.off(100));

        String json = Beside.json(world.compared());

        String schema = Files.readString(Path.of("..", "docs", "reference", "comparison.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        assertThat(json).contains("\"verdict\" : \"same\"", "\"keyId\" : \"AKIA0000000000000001\"");
    }
}
