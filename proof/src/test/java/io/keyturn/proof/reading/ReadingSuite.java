package io.keyturn.proof.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Settings;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.Words;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.run.AccountOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every AWS with the same users must be read as, whoever wrote it. */
@Timeout(180)
abstract class ReadingSuite {
    static final Household HOUSEHOLD = Household.at(Instant.now());

    @TempDir
    Path folder;

    /** Where AWS is, and credentials of an account with {@link #HOUSEHOLD}. */
    abstract Map<String, String> environment();

    private WholeRun read(ReadMode mode) throws Exception {
        Settings settings = Settings.defaults(folder.resolve("keyturn.db")).reading(mode, true);
        WholeRun run = WholeRun.of(settings, environment(), InstantSource.fixed(HOUSEHOLD.now()));
        assertThat(run.complete()).as("%s", run.outcomes()).isTrue();
        assertThat(run.surveyed())
                .extracting(found -> found.snapshot().via())
                .containsOnly(mode == ReadMode.LIVE ? ReadVia.LIVE : ReadVia.REPORT);
        return run;
    }

    private static Set<String> told(WholeRun run) {
        Set<String> told = new TreeSet<>();
        run.findings().forEach(finding -> told.add(told(finding)));
        return told;
    }

    /** Without what the report of moto does not know: the service and Region of a last use. */
    private static String told(Finding finding) {
        String used = switch (finding.lastUse()) {
            case LastUse.Used(Instant at, var service, var region) -> "used " + at;
            case LastUse.NeverUsed() -> "never used";
            case LastUse.Unknown(String why) -> "unknown " + why;
        };
        return String.join(
                " | ",
                name(finding),
                String.valueOf(finding.credential().created()),
                used,
                finding.active() + "",
                finding.standing().label(),
                finding.reasons().stream().map(Words::sentence).toList().toString(),
                finding.owner().map(Owner::name).orElse("no owner"),
                finding.deadlines().toString());
    }

    private static String name(Finding finding) {
        return finding.credential().principal() instanceof Principal.OfUser user
                ? user.name().value()
                : "root";
    }

    private static List<String> standings(WholeRun run, String user) {
        return run.findings().stream()
                .filter(finding -> name(finding).equals(user))
                .map(finding -> finding.standing().label()
                        + finding.reasons().stream().map(Words::sentence).toList())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"REPORT", "LIVE"})
    void every_user_of_every_page_is_read_and_every_key_is_one_finding(ReadMode mode) throws Exception {
        WholeRun run = read(mode);
        Set<String> names = new HashSet<>();
        for (AccountOutcome.Surveyed found : run.surveyed()) {
            found.snapshot().users().forEach(user -> names.add(user.name().value()));
        }
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        HOUSEHOLD.people().stream().map(Household.Person::name).toList());
        assertThat(run.findings())
                .hasSize(HOUSEHOLD.people().stream()
                        .mapToInt(person -> person.keys().size())
                        .sum());
        assertThat(standings(run, "keyless")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REPORT", "LIVE"})
    void every_key_is_judged_by_its_age_its_last_use_and_whether_it_is_active(ReadMode mode) throws Exception {
        WholeRun run = read(mode);
        assertThat(standings(run, "old")).containsExactly("expired[100 days old, limit 90]");
        assertThat(standings(run, "idle")).containsExactly("expired[unused for 50 days, limit 45]");
        assertThat(standings(run, "never")).containsExactly("expired[never used in 60 days, limit 45]");
        assertThat(standings(run, "near")).containsExactly("warned[80 days old, warned from 75, limit 90]");
        assertThat(standings(run, "new")).containsExactly("healthy[]");
        assertThat(standings(run, "two")).containsExactly("expired[120 days old, limit 90]", "healthy[]");
        assertThat(standings(run, "off")).containsExactly("inactive[switched off already]");
        assertThat(standings(run, "half-off")).containsExactly("healthy[]", "inactive[switched off already]");
        assertThat(run.findings().stream().filter(finding -> finding.standing() == Standing.HEALTHY))
                .hasSize(HOUSEHOLD.people().size() - 9);
    }

    @ParameterizedTest
    @EnumSource(names = {"REPORT", "LIVE"})
    void owners_are_named_by_tags_and_whoever_has_none_has_no_owner(ReadMode mode) throws Exception {
        WholeRun run = read(mode);
        assertThat(owner(run, "nobody's")).isEqualTo("no owner");
        assertThat(owner(run, "service")).isEqualTo("no owner");
        assertThat(owner(run, "zoë+tags@x.example")).isEqualTo("büro <&> \"7\"");
        assertThat(owner(run, "old")).isEqualTo("team-3");
    }

    private static String owner(WholeRun run, String user) {
        return run.findings().stream()
                .filter(finding -> name(finding).equals(user))
                .findFirst()
                .orElseThrow()
                .owner()
                .map(Owner::name)
                .orElse("no owner");
    }

    @Test
    void by_report_and_live_and_with_ids_learnt_before_the_same_is_found() throws Exception {
        Set<String> live = told(read(ReadMode.LIVE));
        assertThat(told(read(ReadMode.REPORT))).isEqualTo(live);
        assertThat(told(read(ReadMode.REPORT))).isEqualTo(live);
    }

    @Test
    void keys_at_risk_are_known_by_their_id_either_way() throws Exception {
        Set<String> live = ids(read(ReadMode.LIVE));
        assertThat(live).hasSizeGreaterThan(7);
        assertThat(ids(read(ReadMode.REPORT))).isEqualTo(live);
    }

    private static Set<String> ids(WholeRun run) {
        Set<String> ids = new TreeSet<>();
        for (Finding finding : run.findings()) {
            if (finding.standing().needsAttention()) {
                ids.add(name(finding) + " " + finding.credential().keyId());
            }
        }
        return ids;
    }
}
