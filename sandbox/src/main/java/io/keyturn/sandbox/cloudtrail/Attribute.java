package io.keyturn.sandbox.cloudtrail;

import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.TrailEvent;
import tools.jackson.databind.JsonNode;

/** What looked up events have in common; LookupEvents takes one such pair or none. */
record Attribute(String key, String value) {
    private static final Attribute ANY = new Attribute("", "");

    static Attribute of(JsonNode asked) {
        if (asked.isEmpty()) {
            return ANY;
        }
        if (asked.size() > 1) {
            throw invalid("only one lookup attribute is taken");
        }
        String key = asked.get(0).path("AttributeKey").asString("");
        return switch (key) {
            case "EventId",
                    "EventName",
                    "ReadOnly",
                    "Username",
                    "ResourceType",
                    "ResourceName",
                    "EventSource",
                    "AccessKeyId" ->
                new Attribute(key, asked.get(0).path("AttributeValue").asString(""));
            default -> throw invalid(key + " is no attribute to look up by");
        };
    }

    private static ServiceError invalid(String why) {
        return new ServiceError(400, "InvalidLookupAttributesException", why);
    }

    boolean fits(TrailEvent event) {
        return switch (key) {
            case "EventId" -> event.id().equals(value);
            case "EventName" -> event.name().equals(value);
            case "ReadOnly" -> value.equals("false");
            case "Username" -> event.who().userName().equals(value);
            case "ResourceType" ->
                event.resources().stream().anyMatch(resource -> resource.type().equals(value));
            case "ResourceName" ->
                event.resources().stream().anyMatch(resource -> resource.name().equals(value));
            case "EventSource" -> value.equals(EventJson.SOURCE);
            case "AccessKeyId" -> event.who().keyId().equals(value);
            default -> true;
        };
    }
}
