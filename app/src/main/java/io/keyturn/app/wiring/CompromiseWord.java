package io.keyturn.app.wiring;

import io.keyturn.app.config.Channels;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.User;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.tell.RaisedAlarms;
import io.keyturn.engine.tell.Watch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who heard that a compromised key was switched off: its owner, as the journal has it, and whoever is on call. */
final class CompromiseWord {
    private CompromiseWord() {}

    /** Who was told of the key since then, a sentence each. */
    static List<String> told(JournalStore store, Account account, KeyId key, Instant since) throws StoreFailure {
        List<JournalStore.Line> lines = new ArrayList<>();
        store.find(new JournalStore.Query(Streams.of(account.id()), null, key.value(), since), lines::add);
        List<String> told = new ArrayList<>();
        for (JournalStore.Line line : lines) {
            if (Entries.of(line) instanceof Entry.Notice notice) {
                String whom = notice.recipient().isEmpty() ? "" : notice.recipient() + " by ";
                told.add(whom + notice.channel() + ", "
                        + switch (notice.placement()) {
                            case SEEN, PLACED, HANDED_OVER -> "told what happened and what to do";
                            case DOUBTFUL -> "told, but the answer was lost";
                            case FAILED -> "not told: it did not go out";
                        });
            }
        }
        return told;
    }

    /** What ends the incident: it is remembered before it is raised, and raised all the same where that fails. */
    private static String ending(JournalStore store, String name) {
        try {
            new RaisedAlarms(store).raised(name);
            return "the next run ends the incident";
        } catch (StoreFailure e) {
            return "end the incident there, for it could not be remembered: "
                    + e.problem().sentence();
        }
    }

    /** Wakes whoever is on call; a sentence that says so, or why not. */
    static String wake(
            Channels.PagerDuty pager,
            Map<String, String> environment,
            Secrets secrets,
            InstantSource clock,
            JournalStore store,
            Account account,
            User user,
            List<KeyId> keys,
            String why)
            throws InterruptedException {
        Map<String, String> details = new TreeMap<>();
        details.put("account", account.id() + " " + account.name());
        details.put("user", user.name().value());
        details.put("keys", String.join(", ", keys.stream().map(KeyId::lastFour).toList()));
        details.put("why", why);
        details.put("what happened", "declared compromised, and switched off");
        details.put("what to do", "look in CloudTrail at what it did and made; attach what keyturn compromised prints");
        String summary =
                "a compromised access key of " + user.name() + " in " + account.name() + " was switched off: " + why;
        try (Alarm alarm = Alarms.open(pager, environment, secrets, clock)) {
            String name = Watch.keyOf(account, new Principal.OfUser(user.name(), user.id(), user.arn()));
            String ending = ending(store, name);
            return switch (alarm.raise(name, Alarm.Severity.CRITICAL, summary, details)) {
                case Alarm.Ringing.Taken() -> "pagerduty, told; " + ending;
                case Alarm.Ringing.Refused(Problem problem) -> "pagerduty, not told: " + problem.sentence();
                case Alarm.Ringing.InDoubt(Problem problem) -> "pagerduty, perhaps told: " + problem.sentence();
            };
        } catch (SecretFailure e) {
            return "pagerduty, not told: " + e.problem().sentence();
        }
    }
}
