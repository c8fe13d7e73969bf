package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.Trail;
import io.keyturn.sandbox.world.TrailSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A call whose course CloudTrail keeps: what was asked, what came of it, and never a secret. */
final class Recorded {
    private static final Set<String> WRITES = Set.of(
            "CreateUser",
            "DeleteUser",
            "TagUser",
            "UntagUser",
            "CreateAccessKey",
            "UpdateAccessKey",
            "DeleteAccessKey");

    /** What is kept of an answer, and nothing else of it. */
    private static final Pattern KEPT =
            Pattern.compile("<(UserName|UserId|Arn|Path|AccessKeyId|Status|CreateDate)>([^<]*)</");

    private final Trail trail;

    Recorded(Trail trail) {
        this.trail = trail;
    }

    /** Answers a call, and keeps it where it is a write. */
    String answer(Call call, Function<Call, String> action) {
        if (!WRITES.contains(call.action())) {
            return action.apply(call);
        }
        try {
            String answer = action.apply(call);
            keep(call, answered(answer), null);
            return answer;
        } catch (ServiceError refused) {
            keep(call, Map.of(), refused.code());
            throw refused;
        }
    }

    private void keep(Call call, Map<String, Object> answered, @Nullable String errorCode) {
        Object made = answered.get("accessKeyId");
        String key = made == null ? call.get("AccessKeyId") : made.toString();
        String about = call.action().endsWith("AccessKey") ? "accessKey" : "user";
        trail.record(
                call.caller(),
                call.now(),
                call.action(),
                asked(call),
                answered.isEmpty() ? Map.of() : Map.of(about, answered),
                key,
                errorCode,
                TrailSource.of(call.agent()));
    }

    private static Map<String, Object> asked(Call call) {
        Map<String, Object> asked = new LinkedHashMap<>();
        for (String name : List.of("UserName", "AccessKeyId", "Status", "Path")) {
            String value = call.get(name);
            if (value != null) {
                asked.put(lower(name), value);
            }
        }
        List<Map<String, String>> tags = new ArrayList<>();
        for (int i = 1; call.get("Tags.member." + i + ".Key") != null; i++) {
            tags.add(Map.of(
                    "key",
                    call.need("Tags.member." + i + ".Key"),
                    "value",
                    call.parameters().getOrDefault("Tags.member." + i + ".Value", "")));
        }
        if (!tags.isEmpty()) {
            asked.put("tags", tags);
        }
        List<String> gone = call.members("TagKeys");
        if (!gone.isEmpty()) {
            asked.put("tagKeys", gone);
        }
        return asked;
    }

    private static Map<String, Object> answered(String xml) {
        Map<String, Object> answered = new LinkedHashMap<>();
        Matcher found = KEPT.matcher(xml);
        while (found.find()) {
            answered.put(lower(found.group(1)), found.group(2));
        }
        return answered;
    }

    private static String lower(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
