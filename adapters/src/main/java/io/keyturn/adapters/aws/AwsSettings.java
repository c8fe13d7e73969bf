package io.keyturn.adapters.aws;

import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a run reads AWS.
 *
 * @param accountDeadline what one account may take, its time in the queue not counted
 * @param fast use nearly all of a throttled account's call rate instead of half of it
 * @param environment the process environment: Region, endpoints, profile and static credentials are taken from it
 * @param runName session name of assumed roles, so that CloudTrail tells which run it was
 * @param withUnits whether the organizational units of an organization's accounts must be known
 */
public record AwsSettings(
        List<AccountSource> sources,
        ReadMode mode,
        Duration accountDeadline,
        boolean fast,
        Map<String, String> environment,
        String runName,
        boolean withUnits) {
    public AwsSettings {
        sources = List.copyOf(sources);
        environment = Map.copyOf(environment);
    }

    /** Without the organizational units, unless a source includes or excludes some. */
    public AwsSettings(
            List<AccountSource> sources,
            ReadMode mode,
            Duration accountDeadline,
            boolean fast,
            Map<String, String> environment,
            String runName) {
        this(sources, mode, accountDeadline, fast, environment, runName, false);
    }
}
