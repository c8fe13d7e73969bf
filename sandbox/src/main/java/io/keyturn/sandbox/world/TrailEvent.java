package io.keyturn.sandbox.world;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One management event, as CloudTrail keeps it.
 *
 * @param name the action, such as {@code CreateAccessKey}
 * @param who whoever called
 * @param request its parameters, by CloudTrail's names
 * @param response what was answered, without secrets; empty where CloudTrail keeps nothing of it
 * @param errorCode null where it was done
 * @param source where it came from
 */
public record TrailEvent(
        String id,
        Instant at,
        String name,
        TrailIdentity who,
        Map<String, Object> request,
        Map<String, Object> response,
        @Nullable String errorCode,
        List<Resource> resources,
        TrailSource source) {
    /** A thing that an event is about, such as {@code AWS::IAM::User} and its name. */
    public record Resource(String type, String name) {}

    public TrailEvent {
        request = Collections.unmodifiableMap(new LinkedHashMap<>(request));
        response = Collections.unmodifiableMap(new LinkedHashMap<>(response));
        resources = List.copyOf(resources);
    }

    /** The user and the key that an event of IAM is about. */
    static List<Resource> about(@Nullable String user, @Nullable String key) {
        Resource ofKey = key == null ? null : new Resource("AWS::IAM::AccessKey", key);
        Resource ofUser = user == null ? null : new Resource("AWS::IAM::User", user);
        return Stream.of(ofKey, ofUser).filter(Objects::nonNull).toList();
    }
}
