package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Verb;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an account's journal says of tickets: which are open. */
final class Tickets {
    private final Set<String> filings = new HashSet<>();
    private final Map<KeyId, OpenedTicket> open = new LinkedHashMap<>();

    void begun(Entry.Intent intent) {
        if (intent.verb() == Verb.OPEN_TICKET) {
            filings.add(intent.id());
        }
    }

    /** Whether a notice is a ticket's: then it says that the ticket stands. */
    boolean heard(Entry.Notice notice) {
        KeyId key = notice.target().key();
        String reference = notice.reference();
        if (!filings.contains(notice.id())) {
            return false;
        }
        if (key != null && reference != null) {
            open.put(key, new OpenedTicket(notice.target(), notice.stamp().at(), notice.recipient(), reference));
        }
        return true;
    }

    void done(Entry.Outcome outcome) {
        KeyId key = outcome.target().key();
        if (key != null && outcome.verb() == Verb.CLOSE_TICKET) {
            open.remove(key);
        }
    }

    /** Oldest first. */
    List<OpenedTicket> open() {
        return List.copyOf(open.values());
    }

    /** The one of that key; null where there is none. */
    @Nullable
    OpenedTicket of(KeyId key) {
        return open.get(key);
    }

    /** Whether a ticket is about one of the user's keys, so that these must be known by their IDs. */
    boolean concern(UserId user) {
        return open.values().stream().anyMatch(ticket -> ticket.target().user().equals(user));
    }
}
