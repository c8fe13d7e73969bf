package io.keyturn.engine.journal;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an account's journal says of messages: what was told of each key, and how far it got. */
final class Messages {
    private final Map<String, Message> byId = new LinkedHashMap<>();
    private final Map<KeyId, List<Message>> byKey = new HashMap<>();

    /** A message as its entries tell it: when it went out, and the best that is known of its placement. */
    static final class Message {
        private final Entry.Notice first;
        private final boolean ticket;
        private Placement placement;

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

        private void hear(Placement news) {
            if (placement.compareTo(news) < 0 || news == Placement.FAILED) {
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
        } else if (key != null) {
            Message message = new Message(notice, ticket);
            byId.put(notice.id(), message);
            byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(message);
        }
    }

    List<Message> about(CredentialId credential) {
        KeyId key = credential.keyId();
        return key == null ? List.of() : byKey.getOrDefault(key, List.of());
    }

    /** Those whose carrier has not said yet whether they arrived: their first entries. */
    List<Entry.Notice> undecided() {
        return byId.values().stream()
                // Who is assigned to a ticket is seen when it is next filed.
                .filter(message -> message.placement() == Placement.HANDED_OVER && !message.ticket())
                .map(Message::first)
                .toList();
    }
}
