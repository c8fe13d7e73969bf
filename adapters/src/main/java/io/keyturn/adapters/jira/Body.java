package io.keyturn.adapters.jira;

import io.keyturn.engine.message.Message;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The form that one kind of Jira takes rich text in. */
interface Body {
    /** The whole message, in as many texts as Jira's limit takes; at least one. */
    List<JsonNode> of(Message message);

    /** One paragraph. */
    JsonNode of(String paragraph);
}
