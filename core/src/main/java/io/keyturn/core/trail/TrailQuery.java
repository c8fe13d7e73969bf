package io.keyturn.core.trail;

/**
 * What events are looked up by; CloudTrail takes one attribute at a time.
 *
 * @param attribute as CloudTrail names it
 */
public record TrailQuery(String attribute, String value) {
    /** Events of one action, such as {@code CreateUser}. */
    public static TrailQuery named(String action) {
        return new TrailQuery("EventName", action);
    }

    /** What was done with an access key. */
    public static TrailQuery signedWith(String keyId) {
        return new TrailQuery("AccessKeyId", keyId);
    }
}
