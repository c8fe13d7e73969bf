package io.keyturn.adapters.aws;

import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailQuery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The event history of AWS CloudTrail. Source: its API reference, version 2013-11-01, LookupEvents. */
record EventLookup(JsonCall call) {
    private static final String TARGET = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
    private static final int PAGE = 50;

    /**
     * Some events, the newest first.
     *
     * @param next null where there are no more
     */
    record Page(List<TrailEvent> events, @Nullable String next) {
        Page {
            events = List.copyOf(events);
        }

        private static Page of(JsonNode answer) {
            String next = answer.path("NextToken").asString("");
            return new Page(
                    answer.path("Events").valueStream().map(TrailRecord::of).toList(), next.isEmpty() ? null : next);
        }
    }

    /** A page of those that {@code query} finds, from {@code since} on; the first for no token. */
    Page page(AwsRequestOverrideConfiguration as, TrailQuery query, Instant since, @Nullable String token) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putArray("LookupAttributes")
                .addObject()
                .put("AttributeKey", query.attribute())
                .put("AttributeValue", query.value());
        body.put("StartTime", since.getEpochSecond()).put("MaxResults", PAGE);
        if (token != null) {
            body.put("NextToken", token);
        }
        return ask(as, body);
    }

    /** The latest event, whatever it is: whether this may be asked at all. */
    Page one(AwsRequestOverrideConfiguration as) {
        return ask(as, JsonMapper.shared().createObjectNode().put("MaxResults", 1));
    }

    private Page ask(AwsRequestOverrideConfiguration as, ObjectNode body) {
        return Page.of(call.target(as, TARGET, JsonCall.bytes(body)));
    }
}
