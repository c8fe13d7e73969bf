package io.keyturn.adapters.jira;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Atlassian Document Format, version 1, which Jira Cloud takes. All text is in nodes of type {@code text}, whose
 * characters nothing interprets, so that no name can become a mention or a link.
 */
final class AdfBody implements Body {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public List<JsonNode> of(Message message) {
        return new Blocks()
                .of(message).stream()
                        .<JsonNode>map(part -> document(JSON.arrayNode().addAll(part)))
                        .toList();
    }

    @Override
    public JsonNode of(String paragraph) {
        return document(JSON.arrayNode().add(paragraph(Text.of(paragraph))));
    }

    private static ObjectNode document(ArrayNode content) {
        return node("doc").put("version", 1).set("content", content);
    }

    /** A message in nodes. They are counted as they are sent, which is more than the characters that are seen. */
    private static final class Blocks extends Parts<ObjectNode> {
        @Override
        List<ObjectNode> item(Item item, Phrases phrases) {
            return AdfBody.item(item, phrases);
        }

        @Override
        List<ObjectNode> inShort(Item item) {
            return AdfBody.head(item);
        }

        @Override
        List<ObjectNode> opening(Message message) {
            return List.of(paragraph(message.opening()));
        }

        @Override
        List<ObjectNode> closing(Message message) {
            return List.of(paragraph(message.closing()));
        }

        @Override
        int size(ObjectNode block) {
            return block.toString().length() + 1;
        }
    }

    private static List<ObjectNode> head(Item item) {
        ObjectNode heading = node("heading").set("attrs", JSON.objectNode().put("level", 3));
        return List.of(
                heading.set("content", inline(Text.of(item.name()))),
                paragraph(new Text(List.of(new Span.Strong(item.state())))),
                paragraph(item.happens()));
    }

    private static List<ObjectNode> item(Item item, Phrases phrases) {
        List<ObjectNode> blocks = new ArrayList<>(head(item));
        if (!item.facts().isEmpty()) {
            blocks.add(holding("table", item.facts().stream().map(AdfBody::row).toList()));
        }
        if (item.betterWay(phrases) instanceof Text better) {
            blocks.add(holding("panel", List.of(paragraph(better)))
                    .set("attrs", JSON.objectNode().put("panelType", "info")));
        }
        if (!item.steps().isEmpty()) {
            blocks.add(holding(
                    "orderedList",
                    item.steps().stream()
                            .map(step -> holding("listItem", List.of(paragraph(step))))
                            .toList()));
        }
        if (item.moreTime() != null) {
            blocks.add(paragraph(item.moreTime()));
        }
        if (!item.links().isEmpty()) {
            blocks.add(paragraph(JiraText.links(item.links())));
        }
        return blocks;
    }

    private static ObjectNode row(Item.Line fact) {
        return holding(
                "tableRow",
                List.of(
                        holding("tableHeader", List.of(paragraph(Text.of(fact.name())))),
                        holding("tableCell", List.of(paragraph(fact.value())))));
    }

    private static ObjectNode paragraph(Text text) {
        return node("paragraph").set("content", inline(text));
    }

    private static ArrayNode inline(Text text) {
        ArrayNode nodes = JSON.arrayNode();
        for (Span span : text.spans()) {
            String shown = JiraText.clean(span.text());
            // The format has no text without a character.
            if (!shown.isEmpty()) {
                ObjectNode node = node("text").put("text", shown);
                ObjectNode mark = mark(span);
                if (mark != null) {
                    node.set("marks", JSON.arrayNode().add(mark));
                }
                nodes.add(node);
            }
        }
        return nodes;
    }

    private static @Nullable ObjectNode mark(Span span) {
        return switch (span) {
            case Span.Plain plain -> null;
            case Span.Strong strong -> node("strong");
            case Span.Code code -> node("code");
            case Span.Link(String text, URI target) ->
                JiraText.isWeb(target)
                        ? node("link").set("attrs", JSON.objectNode().put("href", target.toASCIIString()))
                        : null;
        };
    }

    private static ObjectNode node(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode holding(String type, List<ObjectNode> content) {
        return node(type).set("content", JSON.arrayNode().addAll(content));
    }
}
