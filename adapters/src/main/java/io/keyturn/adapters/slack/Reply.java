package io.keyturn.adapters.slack;

import io.keyturn.core.model.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came of a call of Slack's Web API. */
sealed interface Reply {
    /**
     * It was done.
     *
     * @param scopes what the token may do, as the answer's header says; empty where it does not
     */
    record Done(JsonNode body, List<String> scopes) implements Reply {
        public Done {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * It was surely not done.
     *
     * @param error Slack's word for it; empty where Slack gave none
     */
    record Refused(String error, Problem problem) implements Reply {}

    /** Nobody knows whether it was done. */
    record Doubtful(Problem problem) implements Reply {}
}
