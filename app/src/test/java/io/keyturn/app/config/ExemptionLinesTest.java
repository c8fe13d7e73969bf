package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Exemption;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExemptionLinesTest {
    @TempDir
    Path folder;

    @Test
    void whateverPeopleWroteIsReadBackAsTheyWroteIt() {
        Exemption exemption = new Exemption(
                new ArnPattern("arn:aws:iam::111122223333:user/ops/break-glass"),
                "sec: \"ops\" #1",
                "sealed, until 'June'}\nexemptions: []",
                LocalDate.parse("2027-06-30"));
        String lines = ExemptionLines.of(exemption);
        assertThat(lines.lines()).hasSize(2);
        assertThat(new ConfigFolder(folder).settings(lines).rules().exemptions())
                .containsExactly(exemption);
    }
}
