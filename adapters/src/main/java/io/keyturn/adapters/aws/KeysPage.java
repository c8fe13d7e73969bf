package io.keyturn.adapters.aws;

import io.keyturn.core.model.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One page of a user's access keys: the answer of which a live reading has the most.
 *
 * @param next the token of the next page, or null at the end
 */
record KeysPage(List<Listed> keys, @Nullable String next) {
    /** A key as AWS lists it; {@code created} is exact to a second. */
    record Listed(KeyId id, boolean active, Instant created) {}

    /** Reads an answer to ListAccessKeys; throws where it is cut off or no such answer. */
    static KeysPage read(XMLStreamReader xml) throws XMLStreamException {
        List<Listed> keys = new ArrayList<>();
        boolean sawList = false;
        boolean truncated = false;
        String marker = "";
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "AccessKeyMetadata" -> sawList = true;
                case "member" -> keys.add(key(xml));
                case "IsTruncated" ->
                    truncated = Boolean.parseBoolean(xml.getElementText().strip());
                case "Marker" -> marker = xml.getElementText();
                default -> {
                    // The frame around the list, and what AWS may add.
                }
            }
        }
        if (!sawList) {
            // Never taken for a user without keys.
            throw new XMLStreamException("the answer holds no AccessKeyMetadata");
        }
        return new KeysPage(keys, truncated ? marker : null);
    }

    private static Listed key(XMLStreamReader xml) throws XMLStreamException {
        String id = "";
        String status = "";
        String created = "";
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = xml.getLocalName();
            String text = xml.getElementText();
            switch (name) {
                case "AccessKeyId" -> id = text;
                case "Status" -> status = text;
                case "CreateDate" -> created = text;
                default -> {
                    // The user's name, which was asked for, and what AWS may add.
                }
            }
        }
        boolean active = switch (status) {
            case "Active" -> true;
            // A key that may no longer be used for a reason of AWS's own works as little as an inactive one.
            case "Inactive", "Expired" -> false;
            default -> throw new XMLStreamException("a key has the status \"" + status + "\"");
        };
        return new Listed(new KeyId(id), active, AwsTime.parse(created));
    }
}
