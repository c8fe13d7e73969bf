package io.keyturn.sandbox.cloudtrail;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.JsonService;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.TrailEvent;
import io.keyturn.sandbox.world.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The event history of AWS CloudTrail: the writes to IAM, which lie in the Region of the partition's global services,
 * and whatever else was recorded where it happened. Source: its API reference, version 2013-11-01, LookupEvents.
 */
public final class CloudTrailService implements JsonService {
    /** What an account may ask in a Region. Source: the same, "The rate of lookup requests". */
    public static final double CALLS_A_SECOND = 2;

    private static final int PAGE = 50;

    private final World world;

    public CloudTrailService(World world) {
        this.world = world;
    }

    @Override
    public String answer(Call call) {
        if (!call.action().equals("LookupEvents")) {
            throw JsonService.unknown(call);
        }
        Authorization.check(call.caller(), "cloudtrail:LookupEvents", "*", null);
        JsonNode asked = Json.read(call.body());
        Attribute attribute = Attribute.of(asked.path("LookupAttributes"));
        Instant from = time(asked.get("StartTime"), Instant.MIN);
        Instant to = time(asked.get("EndTime"), Instant.MAX);
        if (from.isAfter(to)) {
            throw new ServiceError(400, "InvalidTimeRangeException", "Start time is after end time.");
        }
        List<TrailEvent> found = world.trail().of(call.caller().account(), call.now()).stream()
                .filter(event -> region(event).equals(call.region()))
                .filter(event -> !event.at().isBefore(from) && !event.at().isAfter(to))
                .filter(attribute::fits)
                .toList();
        return write(page(call, asked, found), call.region());
    }

    private String region(TrailEvent event) {
        String region = event.source().region();
        return region.isEmpty() ? world.spec().options().region() : region;
    }

    private static Instant time(@Nullable JsonNode value, Instant unless) {
        return value == null || value.isNull() ? unless : Instant.ofEpochSecond((long) value.asDouble());
    }

    private static Page<TrailEvent> page(Call call, JsonNode asked, List<TrailEvent> all) {
        int most = asked.path("MaxResults").asInt(PAGE);
        if (most < 1 || most > PAGE) {
            throw new ServiceError(
                    400, "InvalidMaxResultsException", "The MaxResults value must be between 1 and " + PAGE + ".");
        }
        String token = asked.path("NextToken").asString("");
        try {
            return call.page(all, token.isEmpty() ? null : token, most);
        } catch (ServiceError invalid) {
            throw new ServiceError(400, "InvalidNextTokenException", "Invalid token.");
        }
    }

    private static String write(Page<TrailEvent> page, String region) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "Events",
                page.items().stream().map(event -> EventJson.of(event, region)).toList());
        if (page.next() != null) {
            json.put("NextToken", page.next());
        }
        return Json.write(json);
    }
}
