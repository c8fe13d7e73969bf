package io.keyturn.adapters.jira;

import io.keyturn.engine.message.Message;
import tools.jackson.databind.JsonNode;

/** The form that one kind of Jira takes rich text in. */
interface Body {
    /** The whole message. Where it is longer than Jira allows, the last keys of it are left out, which is said. */
    JsonNode of(Message message);

    /** One paragraph. */
    JsonNode of(String paragraph);
}
