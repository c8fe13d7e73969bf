package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class ReportAnswerTest {
    private static ReportAnswer text(String xml) throws XMLStreamException {
        return OwnParser.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), ReportAnswer::read);
    }

    @Test
    void theTextAndTheTimeOfTheReportAreRead() throws Exception {
        ReportAnswer answer = text(FakeAws.result("GetCredentialReport", FakeAws.report(FakeAws.ACCOUNT, "zoë,true")));
        assertThat(answer.csv())
                .startsWith("user,arn,")
                .endsWith("\nzoë,arn:aws:iam::111122223333:user/zoë" + ",2023-01-01T00:00:00+00:00,false,false,true");
        assertThat(answer.generated()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
    }

    @Test
    void anAnswerWithoutContentIsAnEmptyReport() throws Exception {
        ReportAnswer answer = text(FakeAws.result("GetCredentialReport", ""));
        assertThat(answer.csv()).isEmpty();
        assertThat(answer.generated()).isNull();
    }

    @Test
    void anAnswerThatIsCutOffAnywhereIsRefused() {
        String whole = FakeAws.result("GetCredentialReport", FakeAws.report(FakeAws.ACCOUNT, "ann,true"));
        for (int end = 1; end < whole.length(); end += 7) {
            String cut = whole.substring(0, end);
            assertThatThrownBy(() -> text(cut)).isInstanceOf(XMLStreamException.class);
        }
    }

    @Test
    void anotherAnswerIsNotTakenForAReport() {
        assertThatThrownBy(() -> text(FakeAws.result("ListUsers", "")))
                .hasMessageContaining("the answer holds no credential report");
    }

    @Test
    void aBrokenTimeIsRefusedByName() {
        assertThatThrownBy(
                        () -> text(FakeAws.result("GetCredentialReport", "<GeneratedTime>yesterday</GeneratedTime>")))
                .hasMessageContaining("a value cannot be read")
                .hasMessageContaining("yesterday");
    }
}
