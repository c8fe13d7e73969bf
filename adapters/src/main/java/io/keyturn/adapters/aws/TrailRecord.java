package io.keyturn.adapters.aws;

import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes an event apart. Source of its names: CloudTrail user guide, "CloudTrail record contents". */
final class TrailRecord {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TrailRecord() {}

    /** What cannot be understood of it is empty, and so is nobody's doing. */
    static TrailEvent of(Event event) {
        JsonNode json = record(event.cloudTrailEvent());
        JsonNode request = json.path("requestParameters");
        JsonNode answered = json.path("responseElements");
        return new TrailEvent(
                Objects.requireNonNullElse(event.eventId(), ""),
                Objects.requireNonNullElse(event.eventTime(), Instant.EPOCH),
                Objects.requireNonNullElse(event.eventName(), ""),
                Objects.requireNonNullElse(event.eventSource(), ""),
                actor(event, json.path("userIdentity"), json.path("sessionCredentialFromConsole")),
                first(request.path("userName"), answered.at("/accessKey/userName"), answered.at("/user/userName")),
                first(request.path("accessKeyId"), answered.at("/accessKey/accessKeyId")),
                first(json.path("errorCode")),
                event.resources().stream()
                        .map(resource -> resource.resourceType() + " " + resource.resourceName())
                        .toList());
    }

    private static JsonNode record(@Nullable String text) {
        try {
            return JSON.readTree(text == null ? "{}" : text);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static TrailActor actor(Event event, JsonNode identity, JsonNode console) {
        JsonNode issuer = identity.path("sessionContext").path("sessionIssuer");
        boolean ofRole = issuer.path("type").asString("").equals("Role");
        String arn = identity.path("arn").asString("");
        String name = identity.path("userName").asString("");
        if (name.isEmpty()) {
            name = arn.contains("/") ? arn.substring(arn.lastIndexOf('/') + 1) : "";
        }
        return new TrailActor(
                identity.path("type").asString(""),
                arn,
                name.isEmpty() ? Objects.requireNonNullElse(event.username(), "") : name,
                ofRole ? issuer.path("arn").asString("") : null,
                identity.path("accountId").asString(""),
                Objects.requireNonNullElse(
                        event.accessKeyId(), identity.path("accessKeyId").asString("")),
                console.asString("").equals("true"));
    }

    private static @Nullable String first(JsonNode... candidates) {
        for (JsonNode node : List.of(candidates)) {
            if (node.isString() && !node.asString().isEmpty()) {
                return node.asString();
            }
        }
        return null;
    }
}
