package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportParserTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String ACCOUNT = "111122223333";
    private static final List<String> HEADER = List.of(
            "user",
            "arn",
            "user_creation_time",
            "password_enabled",
            "password_last_used",
            "mfa_active",
            "access_key_1_active",
            "access_key_1_last_rotated",
            "access_key_1_last_used_date",
            "access_key_1_last_used_region",
            "access_key_1_last_used_service",
            "access_key_2_active",
            "access_key_2_last_rotated",
            "access_key_2_last_used_date",
            "access_key_2_last_used_region",
            "access_key_2_last_used_service",
            "additional_credentials_info");

    private static List<String> row(String user, String... changes) {
        List<String> row = new ArrayList<>(List.of(
                user,
                "arn:aws:iam::" + ACCOUNT + ":user/" + user,
                "2024-01-02T03:04:05+00:00",
                "true",
                "no_information",
                "false",
                "true",
                "2024-02-03T04:05:06+00:00",
                "2026-11-01T00:00:00+00:00",
                "eu-west-1",
                "s3",
                "false",
                "N/A",
                "N/A",
                "N/A",
                "N/A",
                ""));
        for (int i = 0; i < changes.length; i += 2) {
            row.set(HEADER.indexOf(changes[i]), changes[i + 1]);
        }
        return row;
    }

    private static CredentialReport parse(List<List<String>> lines) throws ReportParser.Unusable {
        List<String> text = new ArrayList<>();
        lines.forEach(line -> text.add(String.join(",", line)));
        return ReportParser.parse(String.join("\n", text), ACCOUNT, NOW);
    }

    @Test
    void aUsersKeysComeWithSlotCreationAndLastUse() throws Exception {
        CredentialReport report = parse(List.of(HEADER, row("ann")));
        CredentialReport.Row ann = report.rows().get("ann");
        assertThat(ann.password()).isTrue();
        assertThat(ann.mfa()).isFalse();
        assertThat(ann.keys())
                .containsExactly(new AccessKey(
                        1,
                        null,
                        true,
                        Instant.parse("2024-02-03T04:05:06Z"),
                        new LastUse.Used(Instant.parse("2026-11-01T00:00:00Z"), "s3", "eu-west-1"),
                        NOW));
    }

    @Test
    void columnsAreFoundByNameInAnyOrderAndUnknownOnesAreIgnored() throws Exception {
        Random random = new Random(7);
        CredentialReport expected = parse(List.of(HEADER, row("ann"), row("bob")));
        for (int round = 0; round < 20; round++) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < HEADER.size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            List<List<String>> lines = new ArrayList<>();
            for (List<String> line : List.of(HEADER, row("ann"), row("bob"))) {
                List<String> shuffled = new ArrayList<>(List.of("new_column"));
                order.forEach(i -> shuffled.add(line.get(i)));
                lines.add(shuffled);
            }
            assertThat(parse(lines)).isEqualTo(expected);
        }
    }

    @Test
    void noInformationAndNotSupportedMeanNeverUsed() throws Exception {
        for (String word : List.of("N/A", "no_information", "not_supported")) {
            CredentialReport report = parse(List.of(HEADER, row("ann", "access_key_1_last_used_date", word)));
            assertThat(report.rows().get("ann").keys().getFirst().lastUse()).isEqualTo(LastUse.NEVER_USED);
        }
    }

    @Test
    void anInactiveKeyIsStillAKey() throws Exception {
        CredentialReport report = parse(List.of(HEADER, row("ann", "access_key_1_active", "false")));
        assertThat(report.rows().get("ann").keys()).hasSize(1).allMatch(key -> !key.active());
    }

    @Test
    void aUserWithMoreCredentialsThanColumnsHasItsKeysReadLive() throws Exception {
        CredentialReport report =
                parse(List.of(HEADER, row("ann", "additional_credentials_info", "1 more access key")));
        assertThat(report.rows().get("ann").keys()).isNull();
    }

    @Test
    void theRootUsersRowTellsItsKeys() throws Exception {
        List<String> root =
                row("<root_account>", "arn", "arn:aws:iam::" + ACCOUNT + ":root", "password_enabled", "not_supported");
        CredentialReport report = parse(List.of(HEADER, root, row("ann")));
        assertThat(report.root().present()).isTrue();
        assertThat(report.root().details()).hasSize(1);
        assertThat(report.rows()).containsOnlyKeys("ann");
    }

    @Test
    void aMissingColumnIsNamed() {
        List<String> header = new ArrayList<>(HEADER);
        header.set(header.indexOf("access_key_2_last_rotated"), "renamed");
        assertThatThrownBy(() -> parse(List.of(header, row("ann"))))
                .hasMessage("the credential report lacks the column access_key_2_last_rotated");
    }

    @Test
    void aCutOffRowIsRefused() {
        assertThatThrownBy(() -> parse(List.of(HEADER, row("ann"), row("bob").subList(0, 7))))
                .hasMessage("row 3 of the credential report has 7 of 17 columns: it is cut off");
    }

    @Test
    void areportOfAnotherAccountIsRefused() {
        assertThatThrownBy(() -> parse(List.of(HEADER, row("ann", "arn", "arn:aws:iam::999988887777:user/ann"))))
                .hasMessageContaining("of another account")
                .hasMessageContaining("999988887777")
                .hasMessageContaining(ACCOUNT);
    }

    @Test
    void anEmptyReportIsRefused() {
        assertThatThrownBy(() -> ReportParser.parse("", ACCOUNT, NOW)).hasMessage("the credential report is empty");
    }

    @Test
    void aBrokenTimeIsNamedWithRowAndColumn() {
        assertThatThrownBy(() -> parse(List.of(HEADER, row("ann", "access_key_1_last_rotated", "2024-02"))))
                .hasMessageContaining("row 2")
                .hasMessageContaining("access_key_1_last_rotated")
                .hasMessageContaining("\"2024-02\"");
    }

    @Test
    void quotedFieldsMayHoldCommasQuotesAndLineBreaks() {
        Csv csv = new Csv("a,\"b,\"\"c\"\"\nd\",e\r\n\r\nf,,\n");
        assertThat(csv.next()).containsExactly("a", "b,\"c\"\nd", "e");
        assertThat(csv.next()).containsExactly("f", "", "");
        assertThat(csv.next()).isNull();
        assertThat(csv.cutOff()).isFalse();
    }
}
