package io.keyturn.adapters.aws;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * AWS's answer to GetCredentialReport.
 *
 * @param csv the report's text; empty where the answer has none
 * @param generated when AWS made it; null where it does not tell
 */
record ReportAnswer(String csv, @Nullable Instant generated) {
    /** Reads the answer; throws where it is cut off or no such answer. */
    static ReportAnswer read(XMLStreamReader xml) throws XMLStreamException {
        boolean sawResult = false;
        String csv = "";
        Instant generated = null;
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "GetCredentialReportResult" -> sawResult = true;
                case "Content" ->
                    csv = new String(Base64.getMimeDecoder().decode(xml.getElementText()), StandardCharsets.UTF_8);
                case "GeneratedTime" ->
                    generated = AwsTime.parse(xml.getElementText().strip());
                default -> {
                    // The format, the request's ID, and what AWS may add.
                }
            }
        }
        if (!sawResult) {
            throw new XMLStreamException("the answer holds no credential report");
        }
        return new ReportAnswer(csv, generated);
    }
}
