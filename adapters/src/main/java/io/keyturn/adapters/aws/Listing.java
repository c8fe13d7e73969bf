package io.keyturn.adapters.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of IAM's, or an answer about one thing, which is a page of one.
 *
 * @param members what each says by the names of its elements, which hold text alone; a member that is itself a text says it
 *     by no name
 * @param next the token of the next page, or null at the end
 */
record Listing(List<Map<String, String>> members, @Nullable String next) {
    /**
     * Reads answers to {@code action} with this list; its reader throws where an answer is cut off or is to something else.
     * A list that is empty may be left out.
     */
    static OwnParser.Reader<Listing> of(String action, String list) {
        return xml -> new Walk(xml, action + "Result").page(list);
    }

    /** Reads answers to {@code action} about one thing; its reader throws where they are not about it. */
    static OwnParser.Reader<Map<String, String>> one(String action, String thing) {
        return xml -> new Walk(xml, action + "Result").one(thing);
    }

    /** Goes through an answer: the response, its result, and in that the list, the thing, or a text. */
    private record Walk(XMLStreamReader xml, String result) {
        Listing page(String list) throws XMLStreamException {
            toResult();
            List<Map<String, String>> members = new ArrayList<>();
            boolean truncated = false;
            String marker = "";
            while (isElement()) {
                String name = xml.getLocalName();
                if (name.equals(list)) {
                    while (isElement()) {
                        members.add(texts());
                    }
                } else if (name.equals("IsTruncated")) {
                    truncated = Boolean.parseBoolean(xml.getElementText().strip());
                } else if (name.equals("Marker")) {
                    marker = xml.getElementText();
                } else {
                    texts();
                }
            }
            toEnd();
            return new Listing(members, truncated ? marker : null);
        }

        Map<String, String> one(String thing) throws XMLStreamException {
            toResult();
            Map<String, String> found = null;
            while (isElement()) {
                boolean wanted = xml.getLocalName().equals(thing);
                Map<String, String> texts = texts();
                found = wanted ? texts : found;
            }
            toEnd();
            if (found == null) {
                throw new XMLStreamException("the answer holds no " + thing);
            }
            return found;
        }

        private void toResult() throws XMLStreamException {
            xml.nextTag();
            while (isElement()) {
                if (xml.getLocalName().equals(result)) {
                    return;
                }
                texts();
            }
            throw new XMLStreamException("the answer holds no " + result);
        }

        /** Whether another element begins before the present one ends; texts between elements are passed over. */
        private boolean isElement() throws XMLStreamException {
            int event = xml.next();
            while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
                event = xml.next();
            }
            return event == XMLStreamConstants.START_ELEMENT;
        }

        /** Passes over the present element, and says the texts of those right in it; its own where there are none. */
        private Map<String, String> texts() throws XMLStreamException {
            Map<String, String> texts = new HashMap<>();
            StringBuilder text = new StringBuilder();
            String name = "";
            int depth = 0;
            while (depth >= 0) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        name = depth == 1 ? xml.getLocalName() : name;
                        text.setLength(0);
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (depth == 1) {
                            texts.put(name, text.toString());
                        } else if (depth == 0 && texts.isEmpty()) {
                            texts.put("", text.toString());
                        }
                        depth--;
                    }
                    default -> {
                        // Comments and the like.
                    }
                }
            }
            return texts;
        }

        /** What is cut off is found out only where it is read. */
        private void toEnd() throws XMLStreamException {
            while (xml.hasNext()) {
                xml.next();
            }
        }
    }
}
