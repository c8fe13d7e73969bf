package io.keyturn.app.cli;

import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.policy.Policy;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Neither reminders nor changes for a while. */
@Command(
        name = "snooze",
        description = {
            "Neither remind of the user's keys, or of this key, nor change them, to the end of that day.",
            "How far ahead that may be, the policy says: snooze-at-most, 30 days if it says nothing."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn snooze a.meyer --until 2026-12-04 --why \"on parental leave\"",
            "  keyturn snooze K4TD --until 2026-12-04T18:00:00Z --why \"release week\"",
            "",
            "Exit codes: 0 snoozed, 2 nobody or several found, or refused, 3 something needed could not be read."
        })
final class SnoozeCommand extends HoldCommand {
    @Option(
            names = "--until",
            paramLabel = "DAY",
            required = true,
            converter = Until.class,
            description = "The last day of it, UTC.")
    private Instant until = Instant.EPOCH;

    @Override
    void decide(Decisions decisions, Scope scope, SoughtOptions.Found found, String who) throws StoreFailure, Refused {
        decisions.snooze(scope, who, decision.why, until, atMost(found));
    }

    /** Of several keys the strictest policy counts. */
    private static Duration atMost(SoughtOptions.Found found) {
        return found.story().keys().stream()
                .filter(key -> found.key() == null
                        || found.key().equals(key.finding().credential().keyId()))
                .map(KeyStory::governing)
                .map(policy -> policy == null ? Policy.DEFAULT_SNOOZE_AT_MOST : policy.snoozeAtMost())
                .min(Duration::compareTo)
                .orElse(Policy.DEFAULT_SNOOZE_AT_MOST);
    }

    @Override
    String done() {
        return "snoozed";
    }
}
