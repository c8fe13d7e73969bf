package io.keyturn.app.config;

import io.keyturn.core.policy.Rules;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The effective configuration of a run.
 *
 * @param accountDeadline time after which an account counts as failed
 * @param store path of the SQLite file
 * @param origins where each value came from, by its path: {@code file:line} or {@code default}
 */
public record Settings(
        List<AccountSource> accounts,
        Rules rules,
        ReadMode read,
        boolean fast,
        Duration accountDeadline,
        Path store,
        Map<String, String> origins) {
    public Settings {
        accounts = List.copyOf(accounts);
        origins = Map.copyOf(origins);
    }
}
