package io.keyturn.adapters.aws.keycheck;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where keycheck remembers whom it told, and of which keys that matters.
 *
 * @param profile the AWS profile that may use the table; null for the default credentials
 * @param region of the table; null where the profile or the environment names it
 * @param from age from which an owner is told of a key
 * @param users names of the users whose owners are told
 * @param zone that keycheck wrote its times in: the one of the machine it ran on
 * @param environment the process environment: endpoint, shared files and, without a profile, credentials
 */
public record KeycheckSettings(
        @Nullable String profile,
        @Nullable String region,
        Duration from,
        Set<String> users,
        ZoneId zone,
        Map<String, String> environment) {
    public KeycheckSettings {
        users = Set.copyOf(users);
        environment = Map.copyOf(environment);
    }

    /** Without the environment, which may hold credentials. */
    @Override
    public String toString() {
        return "KeycheckSettings[profile=" + profile + ", region=" + region + ", from=" + from + "]";
    }
}
