package io.keyturn.engine.apply;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.Text;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.TicketDesk;
import io.keyturn.engine.port.Wording;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A desk in memory that can be told to fail in every way there is. */
final class FakeDesk implements TicketDesk {
    /** What becomes of the next request. */
    enum Fate {
        REFUSED,
        NOTHING,
        LOST_BEFORE,
        LOST_AFTER
    }

    final List<String> calls = new ArrayList<>();

    /** What the filed tickets are about. */
    final List<Notice> filed = new ArrayList<>();

    final Deque<Fate> fates = new ArrayDeque<>();

    /** Open tickets by their marker. */
    final Map<String, String> open = new TreeMap<>();

    private int made;
    Placement placement = Placement.PLACED;

    /** What happens right before a request. */
    Runnable before = () -> {};

    /** Words that name the keys and nothing else. */
    static final Wording WORDS = new Wording() {
        @Override
        public Message message(String id, Owner owner, List<Notice> notices) {
            return new Message(
                    id,
                    notices.size() + " for " + owner.name(),
                    Text.of(""),
                    notices.stream().map(FakeDesk::item).toList(),
                    Text.of(""),
                    (phrase, values) -> Text.of(phrase.label()));
        }
    };

    private static Item item(Notice notice) {
        String key = String.valueOf(notice.finding().credential().keyId());
        String announced = notice.announced() == null
                ? ""
                : " " + notice.announced().step().label() + " "
                        + notice.announced().at();
        return new Item(notice, "", key + announced, Text.of(""), List.of(), List.of(), null, null, List.of());
    }

    @Override
    public String name() {
        return "desk";
    }

    @Override
    public Filing file(String marker, Message message, Leave leave) {
        before.run();
        Optional<Problem> refused = leave.refused();
        if (refused.isPresent()) {
            return new Filing.Refused(refused.get());
        }
        message.items().forEach(item -> filed.add(item.notice()));
        calls.add("file " + message.headline() + ": "
                + message.items().stream().map(Item::name).toList());
        return fated(() -> new Filing.Filed(
                open.computeIfAbsent(marker, any -> "T-" + ++made), "https://desk.example/" + marker, placement));
    }

    @Override
    public String address(String reference) {
        return "https://desk.example/" + reference;
    }

    @Override
    public Filing close(String marker, String why, Leave leave) {
        before.run();
        Optional<Problem> refused = leave.refused();
        if (refused.isPresent()) {
            return new Filing.Refused(refused.get());
        }
        calls.add("close: " + why);
        return fated(() -> {
            @Nullable String reference = open.remove(marker);
            return reference == null
                    ? new Filing.None()
                    : new Filing.Filed(reference, "https://desk.example/" + marker, placement);
        });
    }

    /** What a request does. */
    private interface Effect {
        Filing happen();
    }

    private Filing fated(Effect effect) {
        Fate fate = fates.poll();
        Problem problem = new Problem("ask", "the desk", "the desk failed", "");
        return switch (fate) {
            case null -> effect.happen();
            case REFUSED -> new Filing.Refused(problem);
            case NOTHING -> new Filing.None();
            case LOST_BEFORE -> new Filing.InDoubt(problem);
            case LOST_AFTER -> {
                effect.happen();
                yield new Filing.InDoubt(problem);
            }
        };
    }

    @Override
    public String preview(String marker, Message message) {
        return message.headline();
    }

    @Override
    public void close() {}
}
