package io.keyturn.adapters.jira;

import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where tickets are filed, and how.
 *
 * @param url of Jira, as people open it
 * @param project key of the project
 * @param type name of the issue type
 * @param email of the account whose API token it is, for Jira Cloud; null for the personal access token of a Jira Server
 *     or Data Center
 * @param labels more labels for every ticket
 * @param fields more fields for every ticket, as Jira's REST API takes them
 */
public record JiraSettings(
        URI url,
        String project,
        String type,
        @Nullable String email,
        Secret token,
        List<String> labels,
        ObjectNode fields) {
    /** The issue type that Jira makes for every new project. */
    public static final String DEFAULT_TYPE = "Task";

    public JiraSettings {
        labels = List.copyOf(labels);
        fields = fields.deepCopy();
        String address = url.toString();
        url = address.endsWith("/") ? URI.create(address.replaceAll("/+$", "")) : url;
    }

    /** Whether it is the one that Atlassian runs. */
    boolean cloud() {
        return email != null;
    }

    /** Names it in messages. */
    String place() {
        return "project " + project + " at " + url;
    }
}
