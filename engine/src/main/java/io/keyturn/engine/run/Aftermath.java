package io.keyturn.engine.run;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.User;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.engine.port.Belongings;
import org.jspecify.annotations.Nullable;

/**
 * What a user has, some time after a key of it was declared compromised.
 *
 * @param user null where it is gone, or could not be read
 * @param did what was done with the compromised keys, in IAM's Region and the last ninety days
 * @param problem why it could not be read; null where it could
 */
public record Aftermath(
        @Nullable User user,
        Belongings belongings,
        Fact<TrailEvents> did,
        @Nullable Problem problem) {}
