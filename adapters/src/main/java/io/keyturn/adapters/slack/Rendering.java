package io.keyturn.adapters.slack;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Phrase;
import io.keyturn.engine.message.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts a message into Slack's form. Keys are told in full as long as Slack's limits leave room for a line about each of
 * the others; those for which there is not even a line are counted.
 */
final class Rendering {
    /** Text for notifications: Slack recommends less than 4,000. */
    private static final int MOST_TEXT = 3000;

    /** Longest thing said of one key in a list. */
    private static final int MOST_LINE = 400;

    private static final int MOST_REST = 1000;

    private final Message message;
    private final List<Block> blocks = new ArrayList<>();
    private int characters;
    private int buttons;

    private Rendering(Message message) {
        this.message = message;
    }

    /** The message in Slack's form. */
    static Form of(Message message) {
        return new Rendering(message).form();
    }

    /** The same in one line: what is said, and of which keys. */
    static Form line(Message message) {
        String line = Mrkdwn.within(MOST_TEXT, message.phrases(), m -> {
            m.plain(message.headline());
            if (message.items().size() > 1) {
                message.items()
                        .forEach(
                                item -> m.line().plain(item.name()).plain(" · ").plain(item.state()));
            }
        });
        return new Form(line, List.of(new Block.Section(line, null)));
    }

    private Form form() {
        String headline = Characters.plain(message.headline(), Block.Header.MOST);
        add(new Block.Header(headline));
        boolean cut = headline.length() < message.headline().length();
        if (cut || hasText(message.opening())) {
            add(section(Block.Section.MOST, m -> {
                if (cut) {
                    m.strong(message.headline()).line();
                }
                m.text(message.opening());
            }));
        }
        Block closing = hasText(message.closing())
                ? new Block.Context(within(MOST_REST, m -> m.text(message.closing())))
                : null;
        items(closing == null ? 0 : 1, closing == null ? 0 : closing.length());
        if (closing != null) {
            blocks.add(closing);
        }
        return new Form(fallback(), blocks);
    }

    /** Adds the items in what room there is but for {@code keptBlocks} and {@code keptCharacters} at the end. */
    private void items(int keptBlocks, int keptCharacters) {
        List<Item> items = message.items();
        int told = 0;
        while (told < items.size() && addWhole(told, keptBlocks, keptCharacters)) {
            told++;
        }
        if (told < items.size()) {
            add(section(MOST_LINE, m -> m.text(message.phrases().say(Phrase.IN_SHORT, Map.of()))));
            addLines(items.subList(told, items.size()), keptBlocks, keptCharacters);
        }
    }

    /** Tells one in full, where a line for each of the others still fits; the first, where what is left can be counted. */
    private boolean addWhole(int number, int keptBlocks, int keptCharacters) {
        List<Block> whole = whole(message.items().get(number), number > 0);
        int others = message.items().size() - number - 1;
        int lines = number == 0 ? Math.min(others, 1) : others;
        int noted = others == 0 ? 0 : 1;
        if (!fits(whole, keptBlocks + noted + lines, keptCharacters + lines * MOST_LINE + noted * MOST_REST)) {
            return false;
        }
        whole.forEach(this::add);
        return true;
    }

    private void addLines(List<Item> items, int keptBlocks, int keptCharacters) {
        for (int i = 0; i < items.size(); i++) {
            Block line = line(items.get(i));
            boolean last = i + 1 == items.size();
            if (!fits(List.of(line), keptBlocks + (last ? 0 : 1), keptCharacters + (last ? 0 : MOST_REST))) {
                add(rest(items.subList(i, items.size())));
                return;
            }
            add(line);
        }
    }

    private boolean fits(List<Block> more, int keptBlocks, int keptCharacters) {
        int length = more.stream().mapToInt(Block::length).sum();
        return blocks.size() + more.size() + keptBlocks <= Block.MOST
                && characters + length + keptCharacters <= Form.MOST_CHARACTERS;
    }

    private List<Block> whole(Item item, boolean parted) {
        List<Block> whole = new ArrayList<>();
        if (parted) {
            whole.add(new Block.Divider());
        }
        whole.add(section(
                Block.Section.MOST,
                m -> m.strong(item.name()).line().plain(item.state()).line().text(item.happens())));
        facts(item.facts(), whole);
        if (item.betterWay(message.phrases()) instanceof Text better) {
            whole.add(section(Block.Section.MOST, m -> m.text(better)));
        }
        if (!item.steps().isEmpty()) {
            whole.add(steps(item.steps()));
        }
        if (item.moreTime() instanceof Text moreTime) {
            whole.add(section(Block.Section.MOST, m -> m.text(moreTime)));
        }
        actions(item, whole);
        return whole;
    }

    /** Two columns of ten at most; what is more goes into further ones. */
    private void facts(List<Item.Line> facts, List<Block> to) {
        for (int from = 0; from < facts.size(); from += Block.Fields.MOST) {
            to.add(new Block.Fields(facts.subList(from, Math.min(from + Block.Fields.MOST, facts.size())).stream()
                    .map(fact -> within(
                            Block.Fields.MOST_IN_ONE, m -> name(m, fact.name()).text(fact.value())))
                    .toList()));
        }
    }

    private static Mrkdwn name(Mrkdwn to, String name) {
        return name.isBlank() ? to : to.strong(name).line();
    }

    private Block steps(List<Text> steps) {
        return section(Block.Section.MOST, m -> {
            m.strong(message.phrases().counted(Phrase.STEPS_NOW, steps.size()));
            for (int i = 0; i < steps.size(); i++) {
                m.line().plain((i + 1) + ". ").text(steps.get(i));
            }
        });
    }

    private void actions(Item item, List<Block> to) {
        List<Block.Button> row = new ArrayList<>();
        for (Item.Button button : item.links()) {
            if (row.size() < Block.Actions.MOST && openable(button)) {
                row.add(button(button, row.isEmpty()));
            }
        }
        if (!row.isEmpty()) {
            to.add(new Block.Actions(row));
        }
    }

    private Block.Button button(Item.Button button, boolean main) {
        buttons++;
        String label = Characters.plain(button.label(), Block.Button.MOST);
        return new Block.Button("open_" + buttons, label, button.target(), main);
    }

    private static boolean openable(Item.Button button) {
        return button.target().toString().length() <= Block.Button.MOST_IN_ADDRESS;
    }

    private Block line(Item item) {
        String said = within(
                MOST_LINE,
                m -> m.strong(item.name()).line().plain(item.state()).line().text(item.happens()));
        Block.Button button = item.links().stream()
                .filter(Rendering::openable)
                .findFirst()
                .map(first -> button(first, false))
                .orElse(null);
        return new Block.Section(said, button);
    }

    private Block rest(List<Item> rest) {
        return section(MOST_REST, m -> {
            m.strong(message.phrases().counted(Phrase.REST, rest.size()));
            for (int i = 0; i < rest.size(); i++) {
                m.plain(i == 0 ? " " : "; ").plain(rest.get(i).name());
            }
        });
    }

    private Block.Section section(int most, Consumer<Mrkdwn> writing) {
        return new Block.Section(within(most, writing), null);
    }

    private String within(int most, Consumer<Mrkdwn> writing) {
        return Mrkdwn.within(most, message.phrases(), writing);
    }

    private static boolean hasText(Text text) {
        return text.spans().stream().anyMatch(span -> !span.text().isBlank());
    }

    private void add(Block block) {
        blocks.add(block);
        characters += block.length();
    }

    private String fallback() {
        return within(MOST_TEXT, m -> {
            m.plain(message.headline());
            if (hasText(message.opening())) {
                m.line().text(message.opening());
            }
            for (Item item : message.items()) {
                m.line().plain(item.name()).plain(" · ").plain(item.state());
            }
        });
    }
}
