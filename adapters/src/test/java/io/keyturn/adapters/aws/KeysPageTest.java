package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.KeyId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class KeysPageTest {
    private static final String KEY = "<member><UserName>ann</UserName><AccessKeyId>AKIA0000000000000001</AccessKeyId>"
            + "<Status>Inactive</Status><CreateDate>2024-01-01T00:00:00Z</CreateDate></member>";

    private static KeysPage text(String xml) throws XMLStreamException {
        return OwnParser.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), KeysPage::read);
    }

    private static KeysPage page(String inner) throws XMLStreamException {
        return text(FakeAws.result("ListAccessKeys", inner));
    }

    @Test
    void everyKeyOfThePageIsRead() throws Exception {
        KeysPage page = page("<UserName>ann</UserName><AccessKeyMetadata>\n" + KEY + "\n"
                + KEY.replace("In", "in").replace("inactive", "Active").replace("0001", "0002")
                + "</AccessKeyMetadata><IsTruncated>true</IsTruncated><Marker>more</Marker>");
        assertThat(page.next()).isEqualTo("more");
        assertThat(page.keys())
                .containsExactly(
                        new KeysPage.Listed(
                                new KeyId("AKIA0000000000000001"), false, Instant.parse("2024-01-01T00:00:00Z")),
                        new KeysPage.Listed(
                                new KeyId("AKIA0000000000000002"), true, Instant.parse("2024-01-01T00:00:00Z")));
    }

    @Test
    void aUserWithoutKeysHasAnEmptyList() throws Exception {
        assertThat(page("<AccessKeyMetadata/><IsTruncated>false</IsTruncated>"))
                .isEqualTo(new KeysPage(java.util.List.of(), null));
    }

    @Test
    void anAnswerWithoutTheListIsNotTakenForAUserWithoutKeys() {
        assertThatThrownBy(() -> page("<IsTruncated>false</IsTruncated>"))
                .hasMessageContaining("the answer holds no AccessKeyMetadata");
    }

    @Test
    void aStatusThatNobodyKnowsIsRefusedByName() {
        assertThatThrownBy(
                        () -> page("<AccessKeyMetadata>" + KEY.replace("Inactive", "Paused") + "</AccessKeyMetadata>"))
                .hasMessageContaining("a key has the status \"Paused\"");
    }

    @Test
    void anAnswerThatIsCutOffAnywhereIsRefused() {
        String whole = FakeAws.result("ListAccessKeys", "<AccessKeyMetadata>" + KEY + "</AccessKeyMetadata>");
        for (int end = 1; end < whole.length(); end += 7) {
            String cut = whole.substring(0, end);
            assertThatThrownBy(() -> text(cut)).isInstanceOf(XMLStreamException.class);
        }
    }
}
