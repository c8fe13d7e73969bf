package io.keyturn.engine.journal;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an account's journal says of messages: what was told of each key, and how far it got. */
final class Messages {
    private final Map<String, Message> byId = new LinkedHashMap<>();
    private final Map<KeyId, List<Message>> byKey = new HashMap<>();
    /** Those whose carrier has not said yet whether they arrived, oldest first. */
    private final Map<String, Message> undecided = new LinkedHashMap<>();
    /** Keys of which some channel did not take a message. */
    private final Set<KeyId> refused = new HashSet<>();

    /** A message as its entries tell it: when it went out, and the best that is known of its placement. */
    static final class Message {
        private final Entry.Notice first;
        private final boolean ticket;
        private Placement placement;
        /** Whether it was not taken at first, and then went out late or was given up. */
        private boolean over;

        private Message(Entry.Notice first, boolean ticket) {
            this.first = first;
            this.ticket = ticket;
            this.placement = first.placement();
        }

        Entry.Notice first() {
            return first;
        }

        Instant at() {
            return first.stamp().at();
        }

        Placement placement() {
            return placement;
        }

        boolean ticket() {
            return ticket;
        }

        private boolean isUnheard() {
            return first.placement() == Placement.FAILED && !over && !ticket;
        }

        private void hear(Placement news) {
            if (first.placement() == Placement.FAILED) {
                // What comes late is of no account for what depends on when it was said.
                over = true;
            } else if (placement.compareTo(news) < 0 || news == Placement.FAILED) {
                placement = news;
            }
        }
    }

    /** @param ticket whether it is a ticket's */
    void heard(Entry.Notice notice, boolean ticket) {
        KeyId key = notice.target().key();
        Message known = byId.get(notice.id());
        if (known != null) {
            known.hear(notice.placement());
            decide(known);
        } else if (key != null) {
            Message message = new Message(notice, ticket);
            byId.put(notice.id(), message);
            byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(message);
            decide(message);
            if (message.isUnheard()) {
                refused.add(key);
            }
        }
    }

    private void decide(Message message) {
        String id = message.first().id();
        // Who is assigned to a ticket is seen when it is next filed.
        if (message.placement() == Placement.HANDED_OVER && !message.ticket()) {
            undecided.put(id, message);
        } else {
            undecided.remove(id);
        }
    }

    List<Message> about(CredentialId credential) {
        KeyId key = credential.keyId();
        return key == null ? List.of() : byKey.getOrDefault(key, List.of());
    }

    /**
     * Those that some channel did not take, which it was not told since, nor anything newer about the key, and which were
     * not given up; oldest first.
     */
    List<Entry.Notice> unheard() {
        List<Entry.Notice> unheard = new ArrayList<>();
        for (KeyId key : refused) {
            Map<List<String>, Message> last = new HashMap<>();
            for (Message message : byKey.getOrDefault(key, List.of())) {
                last.put(List.of(message.first().channel(), message.first().recipient()), message);
            }
            last.values().stream()
                    .filter(Message::isUnheard)
                    .map(Message::first)
                    .forEach(unheard::add);
        }
        unheard.sort(Comparator.comparing(notice -> notice.stamp().at()));
        return unheard;
    }

    /** Those whose carrier has not said yet whether they arrived: their first entries. */
    List<Entry.Notice> undecided() {
        return undecided.values().stream().map(Message::first).toList();
    }
}
