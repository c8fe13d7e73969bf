package io.keyturn.sandbox.world;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object of S3.
 *
 * @param version {@code null} as a word where its bucket keeps no versions
 * @param marker whether it only marks that the object was deleted
 * @param content as ISO 8859-1, which holds any bytes
 * @param headers that its reader is told, by names in lower case
 * @param lock until when nobody may delete it; null where it is not locked
 */
public record SimObject(
        String key,
        String version,
        boolean marker,
        String content,
        Map<String, String> headers,
        Map<String, String> tags,
        @Nullable Lock lock,
        Instant modified) {
    /** Object Lock: in mode {@code COMPLIANCE} for everybody, in {@code GOVERNANCE} unless it is expressly bypassed. */
    public record Lock(String mode, Instant until) {}

    public SimObject {
        headers = Map.copyOf(headers);
        tags = Map.copyOf(tags);
    }

    SimObject with(Lock other) {
        return new SimObject(key, version, marker, content, headers, tags, other, modified);
    }

    /** Whether it may be deleted then. */
    public boolean mayGo(Instant now, boolean bypassing) {
        return lock == null
                || !lock.until().isAfter(now)
                || (bypassing && lock.mode().equals("GOVERNANCE"));
    }

    /** Without the content. */
    @Override
    public String toString() {
        return key + " version " + version + (marker ? " (deleted)" : "");
    }
}
