package io.keyturn.proof.simulation;

import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the journals say, as the judge has read and verified them: in order, and by what it asks for. */
final class Written implements Consumer<Entry> {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Verb, List<Entry.Intent>> byVerb = new EnumMap<>(Verb.class);
    private final Set<String> intents = new HashSet<>();
    /** By account and name, the last intent to change a user. */
    private final Map<String, Entry.Intent> meant = new HashMap<>();
    /** Tickets that are to be filed, and have no end yet. */
    private final Set<String> filing = new HashSet<>();

    /** Keys of which it is written that they were switched off. */
    private final Set<String> cut = new HashSet<>();

    @Override
    public void accept(Entry entry) {
        entries.add(entry);
        if (entry instanceof Entry.Intent intent) {
            intents.add(intent.id());
            byVerb.computeIfAbsent(intent.verb(), any -> new ArrayList<>()).add(intent);
            if (!intent.verb().speaks()) {
                meant.put(
                        whom(
                                intent.target().account().value(),
                                intent.target().name().value()),
                        intent);
            }
            if (intent.verb() == Verb.OPEN_TICKET || intent.verb() == Verb.CLOSE_TICKET) {
                filing.add(intent.id());
            }
        } else if (entry instanceof Entry.Outcome outcome) {
            filing.remove(outcome.intent());
            if (outcome.result() == Entry.Result.DONE
                    && (outcome.verb() == Verb.DEACTIVATE || outcome.verb() == Verb.BROWNOUT)) {
                cut.add(String.valueOf(outcome.target().key()));
            }
        }
    }

    private static String whom(String account, String user) {
        return account + " " + user;
    }

    /** All of it. */
    List<Entry> entries() {
        return entries;
    }

    /** What was meant to be done of that kind. */
    List<Entry.Intent> intents(Verb verb) {
        return byVerb.getOrDefault(verb, List.of());
    }

    /** Whether that was meant to be done. */
    boolean isMeant(String intent) {
        return intents.contains(intent);
    }

    /** What was last meant to be done to a user; null for nothing. */
    Entry.@Nullable Intent lastMeant(String account, String user) {
        return meant.get(whom(account, user));
    }

    /** Whether it is known to have been switched off. */
    boolean isCut(String key) {
        return cut.contains(key);
    }

    /** Whether a ticket is to be filed. */
    boolean isFiling() {
        return !filing.isEmpty();
    }
}
