package io.keyturn.core.trail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One management event of CloudTrail, as far as it tells of users, keys and what was made with them: hostile text
 * throughout.
 *
 * @param id AWS's own
 * @param name the action, such as {@code CreateAccessKey}
 * @param source the service, such as {@code iam.amazonaws.com}
 * @param user name of the IAM user it is about; null where it is about none
 * @param key ID of the access key it is about; null where it is about none
 * @param errorCode why it was refused; null where it was done
 * @param things what it is about, as AWS names it
 * @param origin where it says that it came from
 */
public record TrailEvent(
        String id,
        Instant at,
        String name,
        String source,
        TrailActor actor,
        @Nullable String user,
        @Nullable String key,
        @Nullable String errorCode,
        List<String> things,
        TrailOrigin origin) {
    public TrailEvent {
        things = List.copyOf(things);
    }

    /** One that does not say where it came from. */
    public TrailEvent(
            String id,
            Instant at,
            String name,
            String source,
            TrailActor actor,
            @Nullable String user,
            @Nullable String key,
            @Nullable String errorCode,
            List<String> things) {
        this(id, at, name, source, actor, user, key, errorCode, things, TrailOrigin.NONE);
    }

    public boolean done() {
        return errorCode == null;
    }
}
