package io.keyturn.sandbox.cloudtrail;

import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.world.TrailEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as LookupEvents tells it, with the whole record as a text of JSON. Source: CloudTrail user guide, "CloudTrail record contents". */
final class EventJson {
    /** Where all these events come from. */
    static final String SOURCE = "iam.amazonaws.com";

    private EventJson() {}

    static Map<String, Object> of(TrailEvent event, String region) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("EventId", event.id());
        json.put("EventName", event.name());
        json.put("ReadOnly", "false");
        json.put("AccessKeyId", event.who().keyId());
        json.put("EventTime", event.at().getEpochSecond());
        json.put("EventSource", SOURCE);
        json.put("Username", event.who().userName());
        json.put(
                "Resources",
                event.resources().stream()
                        .map(resource -> Map.of("ResourceType", resource.type(), "ResourceName", resource.name()))
                        .toList());
        json.put("CloudTrailEvent", Json.write(record(event, region)));
        return json;
    }

    private static Map<String, Object> record(TrailEvent event, String region) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("eventVersion", "1.11");
        json.put("userIdentity", event.who().json());
        json.put("eventTime", event.at().toString());
        json.put("eventSource", SOURCE);
        json.put("eventName", event.name());
        json.put("awsRegion", region);
        json.put("sourceIPAddress", event.source().address());
        json.put("userAgent", event.source().agent());
        if (event.errorCode() != null) {
            json.put("errorCode", event.errorCode());
        }
        json.put("requestParameters", event.request().isEmpty() ? null : event.request());
        json.put("responseElements", event.response().isEmpty() ? null : event.response());
        json.put("eventID", event.id());
        json.put("readOnly", false);
        json.put("eventType", "AwsApiCall");
        json.put("managementEvent", true);
        json.put("recipientAccountId", event.who().account());
        if (!event.source().endpoint().isEmpty()) {
            json.put("vpcEndpointId", event.source().endpoint());
        }
        json.put("eventCategory", "Management");
        return json;
    }
}
