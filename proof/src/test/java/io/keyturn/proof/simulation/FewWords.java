package io.keyturn.proof.simulation;

import io.keyturn.core.assess.Owner;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.Text;
import io.keyturn.engine.port.Wording;
import java.util.List;

/** Words that name the keys, what is announced, and nothing else. */
final class FewWords implements Wording {
    @Override
    public Message message(String id, Owner owner, List<Notice> notices) {
        return new Message(
                id,
                notices.size() + " for " + owner.name(),
                Text.of(""),
                notices.stream().map(FewWords::item).toList(),
                Text.of(""),
                (phrase, values) -> Text.of(phrase.label()));
    }

    private static Item item(Notice notice) {
        String name = notice.finding().credential().keyId() + " " + notice.announced();
        return new Item(notice, "", name, Text.of(""), List.of(), List.of(), null, null, List.of());
    }
}
