package io.keyturn.adapters.slack;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message as Slack's Block Kit has it, within its published limits
 * (docs.slack.dev/reference/block-kit/blocks). Texts are encoded already; lengths are in UTF-16 units.
 */
sealed interface Block {
    /** Blocks in one message. */
    int MOST = 50;

    /** A line in large letters, plain. */
    record Header(String plain) implements Block {
        static final int MOST = 150;

        public Header {
            check(plain, MOST);
        }
    }

    /**
     * A paragraph in mrkdwn.
     *
     * @param button beside it; null for none
     */
    record Section(String mrkdwn, @Nullable Button button) implements Block {
        static final int MOST = 3000;

        public Section {
            check(mrkdwn, MOST);
        }
    }

    /** Short texts in mrkdwn, in two columns. */
    record Fields(List<String> mrkdwn) implements Block {
        static final int MOST = 10;
        static final int MOST_IN_ONE = 2000;

        public Fields {
            mrkdwn = List.copyOf(mrkdwn);
            count(mrkdwn.size(), MOST);
            mrkdwn.forEach(text -> check(text, MOST_IN_ONE));
        }
    }

    /** Buttons in a row. */
    record Actions(List<Button> buttons) implements Block {
        static final int MOST = 25;

        public Actions {
            buttons = List.copyOf(buttons);
            count(buttons.size(), MOST);
        }
    }

    /** A paragraph in mrkdwn, small and grey. */
    record Context(String mrkdwn) implements Block {
        public Context {
            check(mrkdwn, Section.MOST);
        }
    }

    /** A line between parts. */
    record Divider() implements Block {}

    /**
     * What opens an address.
     *
     * @param id of the action, once in a message
     * @param main whether it is the one to press
     */
    record Button(String id, String plain, URI target, boolean main) {
        static final int MOST = 75;
        static final int MOST_IN_ADDRESS = 3000;

        public Button {
            check(plain, MOST);
            check(target.toString(), MOST_IN_ADDRESS);
        }
    }

    /** Characters it shows. */
    default int length() {
        return switch (this) {
            case Header(String plain) -> plain.length();
            case Section(String mrkdwn, Button button) -> mrkdwn.length() + length(button);
            case Fields(List<String> mrkdwn) ->
                mrkdwn.stream().mapToInt(String::length).sum();
            case Actions(List<Button> buttons) ->
                buttons.stream().mapToInt(Block::length).sum();
            case Context(String mrkdwn) -> mrkdwn.length();
            case Divider() -> 0;
        };
    }

    private static int length(@Nullable Button button) {
        return button == null
                ? 0
                : button.plain().length() + button.target().toString().length();
    }

    private static void check(String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters, not of 1 to " + most);
        }
    }

    private static void count(int count, int most) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(count + " parts, not 1 to " + most);
        }
    }
}
