package io.keyturn.app.words;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.plan.Settled;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.Text;
import io.keyturn.engine.port.Wording;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words for notices, from the templates in {@code messages}. */
public final class MessageWriter implements Wording {
    private static final String AROUND = "digest";
    private static final int AROUND_SECTIONS = 3;
    private static final int KEY_SECTIONS = 7;
    private static final Comparator<Notice> MOST_URGENT_FIRST =
            Comparator.comparing(Kind::of).thenComparing(MessageWriter::due).thenComparing(Vocabulary::name);

    private final Manner manner;
    private final Templates templates;
    private final Wordbook words;
    private final InstantSource clock;
    private final Links links;

    /** Without a page of owners' keys. */
    public MessageWriter(Manner manner, InstantSource clock) {
        this(manner, clock, Links.NONE);
    }

    public MessageWriter(Manner manner, InstantSource clock, Links links) {
        this.links = links;
        this.manner = manner;
        this.templates = new Templates(manner.templates(), manner.style());
        this.words = new Wordbook(manner.templates());
        this.clock = clock;
    }

    private static Instant due(Notice notice) {
        Deadline announced = notice.announced();
        return announced == null ? Instant.MAX : announced.at();
    }

    /** @throws BadTemplate where a template of the organization has a fault */
    @Override
    public Message message(String id, Owner owner, List<Notice> notices) {
        // Their page shows what is recorded as theirs: whoever hears in the place of an owner would find nothing there.
        boolean theirs = notices.stream().allMatch(notice -> isOf(notice, owner));
        return message(id, owner, notices, theirs ? links.of(owner) : null);
    }

    private static boolean isOf(Notice notice, Owner owner) {
        return notice.finding().owner() instanceof Fact.Known<Owner>(Owner known, var asOf)
                && known.name().equals(owner.name());
    }

    /** Others read along: what opens the page of an owner is for the owner, and the days are everybody's. */
    @Override
    public Message announcement(String id, Owner owner, List<Notice> notices) {
        return message(id, new Owner(owner.name(), owner.source()), notices, null);
    }

    @Override
    public String closing(String key, Settled settled) {
        return words.say(Word.TICKET_CLOSED, Map.of("key", key, "ended", words.say("ended", settled.label())));
    }

    /** One that says of itself that it is a trial, about a key that is made up. */
    public Message trial(String id, Owner owner, Notice sample) {
        Message message = message(id, owner, List.of(sample));
        return new Message(
                id,
                words.say(Word.TRIAL),
                Text.of(words.say(Word.TRIAL_OPENING)),
                message.items(),
                message.closing(),
                words);
    }

    /** What is wrong with the organization's words that stand in no template. */
    public List<BadTemplate> badWords() {
        return words.problems();
    }

    private Message message(String id, Owner owner, List<Notice> notices, @Nullable URI yours) {
        Vocabulary vocabulary = new Vocabulary(manner, words, clock.instant(), owner, yours);
        List<Notice> ordered = notices.stream().sorted(MOST_URGENT_FIRST).toList();
        List<String> around = templates.fill(AROUND, AROUND_SECTIONS, vocabulary.of(owner, ordered));
        List<Filled> filled = ordered.stream()
                .map(notice -> new Filled(
                        notice,
                        templates.fill(Kind.of(notice).label(), KEY_SECTIONS, vocabulary.of(notice)),
                        yours,
                        words))
                .toList();
        // One key says by itself what the message is about.
        String headline = filled.size() == 1 ? filled.getFirst().headline() : around.getFirst();
        return new Message(
                id,
                Markup.plain(headline),
                Markup.text(around.get(1)),
                filled.stream().map(Filled::item).toList(),
                Markup.text(around.get(2)),
                words);
    }

    /** A notice with its template's sections: headline, state, what happens, facts, steps, more time, better way. */
    private record Filled(
            Notice notice, List<String> sections, @Nullable URI yours, Wordbook words) {
        String headline() {
            return sections.getFirst();
        }

        Item item() {
            return new Item(
                    notice,
                    Markup.plain(sections.get(1)),
                    Vocabulary.name(notice),
                    Markup.text(sections.get(2)),
                    lines(sections.get(3)).map(MessageWriter::fact).toList(),
                    lines(sections.get(4)).map(Markup::text).toList(),
                    optional(sections.get(5)),
                    optional(sections.get(6)),
                    buttons());
        }

        private List<Item.Button> buttons() {
            List<Item.Button> buttons = new ArrayList<>();
            if (yours != null && notice.settled() == null) {
                buttons.add(new Item.Button(words.say(Word.OPEN_KEYS), yours));
            }
            if (notice.ticket() != null) {
                buttons.add(button(notice.ticket()));
            }
            return buttons;
        }

        private Item.Button button(Notice.Ticket ticket) {
            return new Item.Button(words.say(Word.OPEN_TICKET, Map.of("ticket", ticket.reference())), ticket.address());
        }

        private static @Nullable Text optional(String section) {
            return section.isBlank() ? null : Markup.text(section);
        }
    }

    private static Stream<String> lines(String section) {
        return section.lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    private static Item.Line fact(String line) {
        int bar = line.indexOf('|');
        return bar < 0
                ? new Item.Line("", Markup.text(line))
                : new Item.Line(Markup.plain(line.substring(0, bar)), Markup.text(line.substring(bar + 1)));
    }
}
