package io.keyturn.app.findings;

import static io.keyturn.app.render.Outcomes.ago;
import static io.keyturn.app.render.Outcomes.key;
import static io.keyturn.app.render.Outcomes.surveyed;
import static io.keyturn.app.render.Outcomes.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.metrics.Program;
import io.keyturn.app.render.Outcomes;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Reading;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class FindingsTest {
    private static final AccountOutcome[] RUN = {
        Outcomes.production(),
        surveyed(
                "a \"b\"\n🔑\u202E",
                new Reading.Partial("throttled"),
                user("x=1,y", "\"<o>\r\n\"", key(7, 40, 3)),
                user("nameless", "", new AccessKey(2, null, true, ago(200), new LastUse.Unknown("throttled"), ago(0))),
                user("off", "", new AccessKey(1, null, false, ago(200), LastUse.NEVER_USED, ago(0)))),
        Outcomes.failed("data"),
        new AccountOutcome.Failed("nobody", "", new Problem("find out", "the account", "AWS refused it\n", "")),
        new AccountOutcome.Skipped("old", "999988887777", "suspended")
    };

    private static String by(Function<PrintWriter, Renderer> form, AccountOutcome... outcomes) {
        StringWriter text = new StringWriter();
        Renderer renderer = form.apply(new PrintWriter(text));
        Arrays.stream(outcomes).forEach(outcome -> renderer.account(outcome, finding -> true));
        renderer.end(Outcomes.plan(outcomes), false);
        return text.toString();
    }

    private static String ocsf(@Nullable String framework, AccountOutcome... outcomes) {
        return by(out -> new OcsfRenderer(out, Outcomes.NOW, "1.0", framework), outcomes);
    }

    private static String asff(@Nullable String framework, AccountOutcome... outcomes) {
        return by(out -> new AsffRenderer(out, Outcomes.NOW, "eu-west-1", framework), outcomes);
    }

    private static JsonNode asffOf(@Nullable String framework, String user, AccountOutcome... outcomes) {
        for (JsonNode finding : JsonMapper.shared().readTree(asff(framework, outcomes))) {
            if (finding.get("Title").asString().contains(user)) {
                return finding;
            }
        }
        throw new AssertionError("no finding of " + user);
    }

    private static JsonNode ocsfOf(@Nullable String framework, String user, AccountOutcome... outcomes) {
        return ocsf(framework, outcomes)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(event -> event.get("message").asString().contains(user))
                .findFirst()
                .orElseThrow();
    }

    private static Program check(String form, String text) throws Exception {
        String script =
                Path.of("src/test/python/check_findings.py").toAbsolutePath().toString();
        return Program.run(
                Path.of("target"), text, List.of(System.getProperty("keyturn.python", "python3"), script, form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CIS-5.0", "NIST-800-53r5"})
    void eventsFitThePublishedSchemaOfEachVersionSinceTheOneTheyName(String framework) throws Exception {
        Program checked = check("ocsf", ocsf(framework.isEmpty() ? null : framework, RUN));

        assertThat(checked.out()).isEqualTo("12 findings, no fault\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CIS-5.0", "NIST-800-53r5"})
    void securityHubsServiceModelTakesTheFindings(String framework) throws Exception {
        Program checked = check("asff", asff(framework.isEmpty() ? null : framework, RUN));

        assertThat(checked.out()).isEqualTo("12 findings, no fault\n");
    }

    @Test
    void theChecksFindWhatIsWrong() throws Exception {
        String asff = asff(null, RUN).replace("\"FAILED\"", "\"BROKEN\"");
        String ocsf = ocsf(null, RUN).replace("\"type_uid\":200301", "\"type_uid\":1");

        assertThat(check("asff", asff).out()).contains("Compliance.Status: BROKEN is none of");
        assertThat(check("ocsf", ocsf).out()).contains("1.5.0: $.type_uid: 1 is not one of", "1.8.0: $.type_uid");
    }

    @Test
    void anOverdueKeyFailsWithWhyAndWhatItBreaks() {
        JsonNode event = ocsfOf(null, "ci-deploy", RUN);
        assertThat(event.get("message").asString()).isEqualTo("Access key of ci-deploy · 1001 is overdue");
        assertThat(event.get("compliance").get("status_id").asInt()).isEqualTo(3);
        assertThat(event.get("compliance").get("requirements").toString()).contains("CIS-5.0 1.13");
        assertThat(event.get("finding_info").get("desc").asString())
                .isEqualTo("371 days old, limit 90. Owner: platform.");

        JsonNode finding = asffOf(null, "ci-deploy", RUN);
        assertThat(finding.get("Compliance").get("Status").asString()).isEqualTo("FAILED");
        assertThat(finding.get("RecordState").asString()).isEqualTo("ACTIVE");
        assertThat(finding.get("ProductArn").asString())
                .isEqualTo("arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default");
    }

    @Test
    void aHealthyKeyPassesAndIsArchived() {
        assertThat(asffOf(null, "t.ibe", RUN).get("RecordState").asString()).isEqualTo("ARCHIVED");
        assertThat(ocsfOf(null, "t.ibe", RUN).get("compliance").get("status_id").asInt())
                .isEqualTo(1);
        assertThat(ocsfOf(null, "t.ibe", RUN).get("compliance").has("requirements"))
                .isFalse();
    }

    @Test
    void byAFrameworkAKeyIsJudgedByItsControlsAlone() {
        JsonNode warned = ocsfOf("CIS-5.0", "k.lund", RUN);
        JsonNode overdue = ocsfOf("CIS-5.0", "ci-deploy", RUN);

        assertThat(warned.get("compliance").get("status_id").asInt()).isEqualTo(1);
        assertThat(overdue.get("compliance").get("standards").toString()).isEqualTo("[\"CIS-5.0\"]");
        assertThat(overdue.get("compliance").get("requirements").toString()).isEqualTo("[\"CIS-5.0 1.13\"]");
        assertThat(overdue.get("finding_info").get("uid").asString()).startsWith("keyturn/CIS-5.0/111122223333/");
    }

    @Test
    void anOldAndUnusedKeyBreaksThoseOfPciNistSocAndIsoToo() {
        AccountOutcome outcome = surveyed("p", Reading.COMPLETE, user("idle", "", key(5, 200, 100)));

        for (String[] framework : new String[][] {
            {"PCI-DSS-4.0.1", "8.2.6"},
            {"NIST-800-53r5", "AC-2(3)"},
            {"NIST-800-171r2", "3.1.2"},
            {"NIST-CSF-2.0", "PR.AA-01"},
            {"SOC-2", "CC6.2"},
            {"ISO-27001-2022", "A.5.15"}
        }) {
            String control = framework[0] + " " + framework[1];
            assertThat(ocsfOf(framework[0], "idle", outcome)
                            .at("/compliance/requirements")
                            .toString())
                    .contains(control);
            assertThat(asffOf(framework[0], "idle", outcome)
                            .at("/Compliance/RelatedRequirements")
                            .toString())
                    .contains(control)
                    .doesNotContain("CIS");
        }
        assertThat(asffOf(null, "idle", outcome).at("/Compliance/RelatedRequirements"))
                .hasSizeBetween(20, 32);
    }

    @Test
    void whatIsNotKnownNeverPasses() {
        AccessKey young = new AccessKey(1, null, true, ago(10), LastUse.NOT_READ, ago(0));
        AccountOutcome outcome = surveyed("p", Reading.COMPLETE, user("young", "", young));

        for (String framework : new String[] {null, "CIS-5.0"}) {
            assertThat(ocsfOf(framework, "young", outcome)
                            .get("compliance")
                            .get("status_id")
                            .asInt())
                    .isZero();
            assertThat(asffOf(framework, "young", outcome)
                            .get("Compliance")
                            .get("Status")
                            .asString())
                    .isEqualTo("WARNING");
        }
    }

    @Test
    void anAccountThatWasNotReadWholeIsAFindingAndOneThatWasClosesIt() {
        assertThat(ocsfOf(null, "account data were not all read", RUN)
                        .get("finding_info")
                        .get("desc")
                        .asString())
                .isEqualTo("could not assume the role of data: AWS refused it; check the trust policy");
        assertThat(asffOf(null, "account data were not all read", RUN)
                        .get("RecordState")
                        .asString())
                .isEqualTo("ACTIVE");
        assertThat(asffOf(null, "account production were read", RUN)
                        .get("RecordState")
                        .asString())
                .isEqualTo("ARCHIVED");
    }

    @Test
    void aFindingKeepsItsNameWhereAnotherRunKnowsTheKeysId() {
        AccessKey byReport = new AccessKey(1, null, true, ago(10), LastUse.NEVER_USED, ago(0));
        AccessKey live = new AccessKey(null, key(1, 1, 1).id(), true, ago(10), LastUse.NEVER_USED, ago(0));

        assertThat(asffOf(null, "u is", surveyed("p", Reading.COMPLETE, user("u", "", byReport)))
                        .get("Id"))
                .isEqualTo(asffOf(null, "u ·", surveyed("p", Reading.COMPLETE, user("u", "", live)))
                        .get("Id"));
    }

    @Test
    void hostileTextBreaksNoLineAndTurnsNoWriting() {
        assertThat(ocsf(null, RUN).lines()).hasSize(12);
        assertThat(ocsfOf(null, "x=1,y", RUN).get("finding_info").get("desc").asString())
                .contains("Owner: \"<o>\\u000d\\u000a\".");
        assertThat(ocsf(null, RUN)).contains("Access keys of account a \\\"b\\\"\\\\u000a🔑\\\\u202e were");
    }

    @Test
    void anOrganizationWithoutAccountsIsAnEmptyArray() {
        assertThat(asff(null)).isEqualTo("[]\n");
    }
}
