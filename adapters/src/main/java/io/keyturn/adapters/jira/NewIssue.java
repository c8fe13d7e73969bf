package io.keyturn.adapters.jira;

import io.keyturn.core.policy.MailAddress;
import io.keyturn.engine.message.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The form of a ticket that is made. */
final class NewIssue {
    /** The label of all tickets of ours, for people to search by. */
    static final String LABEL = "keyturn";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JiraSettings settings;
    private final Body body;

    NewIssue(JiraSettings settings, Body body) {
        this.settings = settings;
        this.body = body;
    }

    /** The mail address of the message's owner; empty where the owner is none. */
    static Optional<String> mail(Message message) {
        return Optional.of(message.items().getFirst().notice().owner().name()).filter(MailAddress::looksLike);
    }

    /**
     * The whole request.
     *
     * @param marker a label, which it is found again by
     */
    ObjectNode of(String marker, Message message, Optional<JsonNode> assignee) {
        if (!JiraText.isLabel(marker)) {
            throw new IllegalArgumentException("\"" + marker + "\" can be no label");
        }
        // What is configured comes first, so that nothing of it takes the place of what we need to find the ticket
        // again.
        ObjectNode fields = settings.fields().deepCopy();
        fields.set("project", JSON.objectNode().put("key", settings.project()));
        fields.set("issuetype", JSON.objectNode().put("name", settings.type()));
        fields.put("summary", JiraText.summary(message.headline()));
        List<JsonNode> parts = body.of(message);
        fields.set("description", parts.getFirst());
        fields.set("labels", labels(marker));
        assignee.filter(person -> !settings.fields().has("assignee"))
                .ifPresent(person -> fields.set("assignee", person));
        ObjectNode issue = JSON.objectNode().set("fields", fields);
        ObjectNode property = JSON.objectNode().put("key", Issue.PROPERTY);
        // In the same request, so that there is never a ticket that does not know what it says. What is said in parts
        // is
        // said when the last of them is.
        String said = parts.size() == 1 ? fingerprint(message) : "";
        return issue.set("properties", JSON.arrayNode().add(property.set("value", Issues.said(said))));
    }

    private ArrayNode labels(String marker) {
        Set<String> labels = new LinkedHashSet<>();
        labels.add(LABEL);
        labels.add(marker);
        labels.addAll(settings.labels());
        ArrayNode array = JSON.arrayNode();
        labels.forEach(array::add);
        return array;
    }

    /** Tells whether a message says the same as another one. */
    static String fingerprint(Message message) {
        // Its ID is that of the sending, not of what is said.
        return fingerprint(new WikiBody().of(message).toString());
    }

    static String fingerprint(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, but this one has not: " + e.getMessage(), e);
        }
    }
}
