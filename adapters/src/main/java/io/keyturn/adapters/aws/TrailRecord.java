package io.keyturn.adapters.aws;

import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailOrigin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes an event apart. Source of its names: CloudTrail API reference, Event, and user guide, "CloudTrail record
 * contents".
 */
final class TrailRecord {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TrailRecord() {}

    /** What cannot be understood of it is empty, and so is nobody's doing. */
    static TrailEvent of(JsonNode event) {
        JsonNode json = record(event.path("CloudTrailEvent").asString("{}"));
        JsonNode request = json.path("requestParameters");
        JsonNode answered = json.path("responseElements");
        return new TrailEvent(
                event.path("EventId").asString(""),
                time(event.path("EventTime")),
                event.path("EventName").asString(""),
                event.path("EventSource").asString(""),
                actor(event, json.path("userIdentity"), json.path("sessionCredentialFromConsole")),
                first(request.path("userName"), answered.at("/accessKey/userName"), answered.at("/user/userName")),
                first(request.path("accessKeyId"), answered.at("/accessKey/accessKeyId")),
                first(json.path("errorCode")),
                event.path("Resources")
                        .valueStream()
                        .map(resource -> resource.path("ResourceType").asString("") + " "
                                + resource.path("ResourceName").asString(""))
                        .toList(),
                origin(json));
    }

    private static TrailOrigin origin(JsonNode json) {
        return new TrailOrigin(
                json.path("userAgent").asString(""),
                json.path("sourceIPAddress").asString(""),
                json.path("awsRegion").asString(""),
                json.path("vpcEndpointId").asString(""));
    }

    /** Seconds, of which there may be fractions. */
    private static Instant time(JsonNode seconds) {
        return seconds.isNumber() ? Instant.ofEpochMilli((long) (seconds.asDouble() * 1000)) : Instant.EPOCH;
    }

    private static JsonNode record(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static TrailActor actor(JsonNode event, JsonNode identity, JsonNode console) {
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
                name.isEmpty() ? event.path("Username").asString("") : name,
                ofRole ? issuer.path("arn").asString("") : null,
                identity.path("accountId").asString(""),
                event.path("AccessKeyId").asString(identity.path("accessKeyId").asString("")),
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
