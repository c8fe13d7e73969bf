package io.keyturn.core.model;

import java.time.Instant;

/** What AWS says about the last use of a key. */
public sealed interface LastUse {
    /**
     * When tracking began; AWS answers "N/A" both for never used and for used only before this instant.
     * Source: IAM API reference, GetAccessKeyLastUsed.
     */
    Instant TRACKED_SINCE = Instant.parse("2015-04-22T00:00:00Z");

    /** Used at that instant (exact to 15 minutes), of that service in that Region; either may be {@code N/A}. */
    record Used(Instant at, String service, String region) implements LastUse {}

    /** No use since the key was made, or since tracking began where the key is older than that. */
    record NeverUsed() implements LastUse {}

    /** It was not answered; {@code why} is a sentence for people. Counts as in use wherever something would be cut. */
    record Unknown(String why) implements LastUse {}

    LastUse NEVER_USED = new NeverUsed();

    /** The last use of a key in a run that does not need it. */
    Unknown NOT_READ = new Unknown("not asked for in this run");
}
