package io.keyturn.bench;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Intents of made-up accounts of 250 users, such as a run writes. */
final class JournalWorld {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int USERS = 250;

    private JournalWorld() {}

    /** A folder of the build, so that no memory file system stands for a disk. */
    static Path disk() {
        try {
            return Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AccountId account(int number) {
        return new AccountId("%012d".formatted(100_000_000_000L + number));
    }

    static KeyId key(int account, int user) {
        return new KeyId("AKIA%06dX%09d".formatted(account, user));
    }

    /** Intents from the {@code first} on. */
    static List<Entry.Intent> intents(int account, int first, int count) {
        List<Entry.Intent> intents = new ArrayList<>(count);
        for (int i = first; i < first + count; i++) {
            int user = i % USERS;
            KeyId key = key(account, user);
            Target target = new Target(
                    account(account),
                    new UserId("AIDA%06dX%09d".formatted(account, user)),
                    new UserName("service-" + user),
                    key);
            intents.add(new Entry.Intent(
                    new Entry.Stamp(NOON, "run-2026-11-23-1", "host.example.com/4711"),
                    "i-" + account + "-" + i,
                    Verb.DEACTIVATE,
                    target,
                    List.of(key),
                    "a".repeat(64)));
        }
        return intents;
    }
}
