package io.keyturn.adapters.jira;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The wiki markup that Jira Server and Data Center take. A character that may mean anything to it is written as an
 * entity, for those pass through all of its rules.
 */
final class WikiBody implements Body {
    /** How far into a line {@code h1.} and {@code bq.} make of it something else. */
    private static final int START = 3;

    @Override
    public List<JsonNode> of(Message message) {
        return new Blocks()
                .of(message).stream()
                        .<JsonNode>map(
                                part -> StringNode.valueOf(String.join("", part).strip()))
                        .toList();
    }

    @Override
    public JsonNode of(String paragraph) {
        return StringNode.valueOf(inline(Text.of(paragraph)));
    }

    /** A message in paragraphs, lists and tables. */
    private static final class Blocks extends Parts<String> {
        @Override
        List<String> item(Item item, Phrases phrases) {
            return List.of(WikiBody.item(item, phrases));
        }

        @Override
        List<String> inShort(Item item) {
            return List.of(head(item));
        }

        @Override
        List<String> opening(Message message) {
            return List.of(paragraph(message.opening()));
        }

        @Override
        List<String> closing(Message message) {
            return List.of(paragraph(message.closing()));
        }

        @Override
        int size(String block) {
            return block.length();
        }
    }

    private static String head(Item item) {
        return "h3. " + escape(item.name()) + "\n\n" + paragraph(new Text(List.of(new Span.Strong(item.state()))))
                + paragraph(item.happens());
    }

    private static String item(Item item, Phrases phrases) {
        StringBuilder block = new StringBuilder(head(item));
        for (Item.Line fact : item.facts()) {
            block.append("||").append(cell(escape(fact.name())));
            block.append('|').append(cell(inline(fact.value()))).append("|\n");
        }
        block.append(item.facts().isEmpty() ? "" : "\n");
        if (item.betterWay(phrases) instanceof Text better) {
            block.append("{panel}\n").append(inline(better)).append("\n{panel}\n\n");
        }
        for (Text step : item.steps()) {
            block.append("# ").append(inline(step)).append('\n');
        }
        block.append(item.steps().isEmpty() ? "" : "\n");
        return block.append(optional(item.moreTime()))
                .append(optional(JiraText.links(item.links())))
                .toString();
    }

    private static String optional(@Nullable Text text) {
        return text == null || text.spans().isEmpty() ? "" : paragraph(text);
    }

    /** A cell without a character would join its neighbours. */
    private static String cell(String text) {
        return text.isBlank() ? " " : text;
    }

    private static String paragraph(Text text) {
        return inline(text) + "\n\n";
    }

    private static String inline(Text text) {
        return text.spans().stream()
                .map(WikiBody::span)
                .collect(Collectors.joining())
                .strip();
    }

    private static String span(Span span) {
        String text = escape(span.text());
        if (text.isBlank()) {
            return text;
        }
        return switch (span) {
            case Span.Plain plain -> text;
            case Span.Strong strong -> around(text, "{*}", "{*}");
            case Span.Code code -> around(text, "{{", "}}");
            case Span.Link(String label, var target) ->
                // Entities in the words of a link are shown as they are written, so only words without any are its
                // words.
                !JiraText.isWeb(target)
                        ? text
                        : text.indexOf('&') < 0
                                ? around(text, "[", "|" + target.toASCIIString() + "]")
                                : text + " [" + target.toASCIIString() + "]";
        };
    }

    /** Marks hold only where they touch what they mark. */
    private static String around(String text, String before, String after) {
        String inner = text.strip();
        int start = text.indexOf(inner);
        return text.substring(0, start) + before + inner + after + text.substring(start + inner.length());
    }

    /** The text with no character left that the markup would read as its own. */
    static String escape(String text) {
        String clean = JiraText.clean(text);
        StringBuilder escaped = new StringBuilder(clean.length() + 16);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (isHarmless(clean, i)) {
                escaped.append(c);
            } else {
                escaped.append("&#").append((int) c).append(';');
            }
        }
        return escaped.toString();
    }

    private static boolean isHarmless(String text, int at) {
        char c = text.charAt(at);
        if (c > 0x7e || c == ' ' || c == ',' || isWord(c)) {
            return true;
        }
        if (c == '.') {
            return at > START || (at + 1 < text.length() && text.charAt(at + 1) != ' ');
        }
        // Within a word they join: dates, times, paths, parts of a name.
        boolean joins = c == '-' || c == ':' || c == '/';
        return joins && at > 0 && at + 1 < text.length() && isWord(text.charAt(at - 1)) && isWord(text.charAt(at + 1));
    }

    private static boolean isWord(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
