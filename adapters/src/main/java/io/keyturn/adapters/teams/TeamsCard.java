package io.keyturn.adapters.teams;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Phrase;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as an Adaptive Card in the envelope that the workflow "Post to a channel when a webhook request is received"
 * takes. All text goes into {@code TextRun}, which reads no Markdown and knows no mentions, so that no text of others is
 * taken for anything but its characters.
 */
final class TeamsCard {
    /** Teams refuses messages of more than about 28 KB (Microsoft Learn, limits of webhooks), envelope included. */
    static final int MOST_BYTES = 27_000;

    private static final String VERSION = "1.5";
    private static final int RUN = 1_500;
    private static final int BRIEF = 300;
    private static final int TITLE = 60;

    /** Teams shows six actions of a card, and hides the rest behind dots. */
    private static final int ACTIONS = 6;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TeamsCard() {}

    /** The JSON that is posted: never larger than {@link #MOST_BYTES}. */
    static String of(Message message) {
        List<JsonNode> items = new ArrayList<>();
        message.items().forEach(item -> items.add(item(message.phrases(), item, RUN)));
        String whole = envelope(message, items);
        if (fits(whole)) {
            return whole;
        }
        int spare = MOST_BYTES - bytes(envelope(message, List.of()));
        List<JsonNode> kept = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = i == 0 && bytes(items.getFirst().toString()) > spare
                    ? item(message.phrases(), message.items().getFirst(), BRIEF)
                    : items.get(i);
            spare -= bytes(item.toString()) + 1;
            if (spare < 0) {
                break;
            }
            kept.add(item);
        }
        return envelope(message, kept);
    }

    private static String envelope(Message message, List<JsonNode> items) {
        ArrayNode body = NODES.arrayNode();
        body.add(runs(RUN, run(message.headline(), BRIEF).put("size", "large").put("weight", "bolder")));
        body.add(text(message.opening(), BRIEF));
        items.forEach(body::add);
        int left = message.items().size() - items.size();
        if (left > 0) {
            body.add(text(message.phrases().say(Phrase.LEFT_OUT_OF_CARD, Map.of(Phrase.COUNT, left)), RUN));
        }
        body.add(subtle(text(message.closing(), BRIEF)));
        ObjectNode card = NODES.objectNode()
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", VERSION)
                .put("fallbackText", shown(message.headline(), BRIEF));
        card.putObject("msteams").put("width", "Full");
        card.set("body", body);
        ObjectNode json = NODES.objectNode().put("type", "message");
        json.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .set("content", card);
        return json.toString();
    }

    private static ObjectNode item(Phrases phrases, Item item, int most) {
        ObjectNode container = NODES.objectNode()
                .put("type", "Container")
                .put("separator", true)
                .put("spacing", "large");
        ArrayNode rows = container.putArray("items");
        rows.add(subtle(runs(most, run(item.state(), most))));
        rows.add(runs(most, run(item.name(), most).put("size", "medium").put("weight", "bolder")));
        rows.add(text(item.happens(), most));
        boolean first = true;
        for (Item.Line fact : item.facts()) {
            ObjectNode row = labelled(fact, most);
            rows.add(first ? row : close(row));
            first = false;
        }
        if (item.betterWay(phrases) instanceof Text better) {
            rows.add(text(better, most));
        }
        int number = 1;
        for (Text step : item.steps()) {
            ObjectNode row = text(step, most);
            ((ArrayNode) row.get("inlines")).insert(0, run(number++ + ". ", most));
            rows.add(number == 2 ? row : close(row));
        }
        if (item.moreTime() instanceof Text more) {
            rows.add(text(more, most));
        }
        actions(rows, item.links());
        return container;
    }

    private static ObjectNode labelled(Item.Line fact, int most) {
        ObjectNode row = text(fact.value(), most);
        ((ArrayNode) row.get("inlines")).insert(0, run(fact.name() + ": ", most).put("isSubtle", true));
        return row;
    }

    private static void actions(ArrayNode rows, List<Item.Button> links) {
        ArrayNode actions = NODES.arrayNode();
        links.stream()
                .filter(link -> isWeb(link.target()))
                .limit(ACTIONS)
                .forEach(link -> actions.add(open(link.target()).put("title", shown(link.label(), TITLE))));
        if (!actions.isEmpty()) {
            rows.addObject().put("type", "ActionSet").set("actions", actions);
        }
    }

    private static ObjectNode text(Text text, int most) {
        return runs(most, text.spans().stream().map(span -> run(span, most)).toArray(ObjectNode[]::new));
    }

    /** A block without runs is refused: a space stands for nothing. */
    private static ObjectNode runs(int most, ObjectNode... runs) {
        ObjectNode block = NODES.objectNode().put("type", "RichTextBlock");
        ArrayNode inlines = block.putArray("inlines");
        if (runs.length == 0) {
            inlines.add(run(" ", most));
        }
        for (ObjectNode run : runs) {
            inlines.add(run);
        }
        return block;
    }

    private static ObjectNode run(Span span, int most) {
        ObjectNode run = run(span.text(), most);
        return switch (span) {
            case Span.Plain plain -> run;
            case Span.Strong strong -> run.put("weight", "bolder");
            case Span.Code code -> run.put("fontType", "monospace");
            case Span.Link link -> {
                if (isWeb(link.target())) {
                    run.put("color", "accent").put("underline", true).set("selectAction", open(link.target()));
                }
                yield run;
            }
        };
    }

    private static ObjectNode run(String text, int most) {
        return NODES.objectNode().put("type", "TextRun").put("text", shown(text, most));
    }

    /** Never empty, which is refused. */
    private static String shown(String text, int most) {
        String line = Readable.cut(Readable.line(text), most);
        return line.isEmpty() ? " " : line;
    }

    private static ObjectNode open(URI target) {
        return NODES.objectNode().put("type", "Action.OpenUrl").put("url", target.toASCIIString());
    }

    private static ObjectNode subtle(ObjectNode block) {
        block.get("inlines")
                .forEach(run -> ((ObjectNode) run).put("isSubtle", true).put("size", "small"));
        return block;
    }

    private static ObjectNode close(ObjectNode block) {
        return block.put("spacing", "none");
    }

    private static boolean isWeb(URI target) {
        return "https".equals(target.getScheme()) && target.getHost() != null;
    }

    private static boolean fits(String json) {
        return bytes(json) <= MOST_BYTES;
    }

    private static int bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }
}
