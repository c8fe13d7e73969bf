package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an account's journal says of tickets: which are open, and which may be, since nobody saw what came of their filing.
 * The latter are filed again while their key needs somebody, and closed like any other once it does not.
 */
final class Tickets {
    private final Map<String, Entry.Intent> filings = new HashMap<>();
    private final Map<KeyId, OpenedTicket> open = new LinkedHashMap<>();
    private final Map<KeyId, OpenedTicket> doubted = new LinkedHashMap<>();

    void begun(Entry.Intent intent) {
        if (intent.verb() == Verb.OPEN_TICKET) {
            filings.put(intent.id(), intent);
        }
    }

    /** Whether a notice is a ticket's: then it says that the ticket stands. */
    boolean heard(Entry.Notice notice) {
        KeyId key = notice.target().key();
        String reference = notice.reference();
        if (!filings.containsKey(notice.id())) {
            return false;
        }
        if (key != null && reference != null) {
            open.put(key, new OpenedTicket(notice.target(), notice.stamp().at(), notice.recipient(), reference));
            doubted.remove(key);
        }
        return true;
    }

    void ended(Entry.Outcome outcome) {
        KeyId key = outcome.target().key();
        if (key == null) {
            return;
        }
        if (outcome.verb() == Verb.CLOSE_TICKET && outcome.result() == Entry.Result.DONE) {
            open.remove(key);
            doubted.remove(key);
        }
        Entry.Intent filing = filings.get(outcome.intent());
        if (filing != null && filing.marker() != null && isDoubtful(filing, outcome)) {
            String marker = filing.marker();
            // People find it by its marker, as nobody knows what it is called.
            doubted.put(key, new OpenedTicket(filing.target(), filing.stamp().at(), marker, marker));
        }
    }

    /** What a later run wrote of a filing is that its own run did not see the end. */
    private static boolean isDoubtful(Entry.Intent filing, Entry.Outcome outcome) {
        return outcome.result() == Entry.Result.IN_DOUBT
                || (outcome.result() == Entry.Result.FAILED
                        && !filing.stamp().run().equals(outcome.stamp().run()));
    }

    /** Those that are to be closed once their key needs nobody, oldest first, those that are in doubt last. */
    List<OpenedTicket> open() {
        List<OpenedTicket> all = new ArrayList<>(open.values());
        doubted.forEach((key, ticket) -> {
            if (!open.containsKey(key)) {
                all.add(ticket);
            }
        });
        return List.copyOf(all);
    }

    /** The one of that key; null where there is none for sure. */
    @Nullable
    OpenedTicket of(KeyId key) {
        return open.get(key);
    }

    /** The one of that key, or one that is in doubt; null where there is neither. */
    @Nullable
    OpenedTicket ofOrDoubt(KeyId key) {
        OpenedTicket sure = open.get(key);
        return sure == null ? doubted.get(key) : sure;
    }

    /** Whether a ticket is about one of the user's keys, so that these must be known by their IDs. */
    boolean concern(UserId user) {
        return Stream.concat(open.values().stream(), doubted.values().stream())
                .anyMatch(ticket -> ticket.target().user().equals(user));
    }
}
