package io.keyturn.adapters.slack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What Slack accepts as blocks, by docs.slack.dev/reference/block-kit (blocks, block elements, text object): written from
 * the published rules alone, and knowing nothing of how messages are made.
 */
final class BlockKit {
    private static final Pattern CONTROL_SEQUENCE = Pattern.compile("<([^>]*)>");
    private static final Pattern ENTITY = Pattern.compile("&(?!(amp|lt|gt);)");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> actions = new HashSet<>();

    private BlockKit() {}

    /** What Slack would refuse, or take for what was not meant. */
    static List<String> problems(JsonNode message) {
        BlockKit rules = new BlockKit();
        rules.markup("text", message.path("text").asString(""));
        JsonNode blocks = message.path("blocks");
        rules.count("blocks", blocks, 50);
        for (int i = 0; i < blocks.size(); i++) {
            rules.block("blocks[" + i + "]", blocks.get(i));
        }
        return rules.problems;
    }

    private void block(String at, JsonNode block) {
        switch (block.path("type").asString("")) {
            case "header" -> {
                only(at, block, "type", "text", "block_id");
                text(at + ".text", block.path("text"), 150, "plain_text");
            }
            case "section" -> section(at, block);
            case "actions" -> {
                only(at, block, "type", "elements", "block_id");
                count(at + ".elements", block.path("elements"), 25);
                block.path("elements").forEach(button -> button(at, button));
            }
            case "context" -> {
                only(at, block, "type", "elements", "block_id");
                count(at + ".elements", block.path("elements"), 10);
                block.path("elements").forEach(text -> text(at, text, 3000, "plain_text", "mrkdwn"));
            }
            case "divider" -> only(at, block, "type", "block_id");
            default -> problems.add(at + ": unsupported type " + block.path("type"));
        }
    }

    private void section(String at, JsonNode block) {
        only(at, block, "type", "text", "fields", "accessory", "block_id");
        if (!block.has("text") && !block.has("fields")) {
            problems.add(at + ": missing text");
        }
        if (block.has("text")) {
            text(at + ".text", block.path("text"), 3000, "plain_text", "mrkdwn");
        }
        if (block.has("fields")) {
            count(at + ".fields", block.path("fields"), 10);
            block.path("fields").forEach(field -> text(at + ".fields", field, 2000, "plain_text", "mrkdwn"));
        }
        if (block.has("accessory")) {
            button(at + ".accessory", block.path("accessory"));
        }
    }

    private void button(String at, JsonNode button) {
        only(at, button, "type", "text", "action_id", "url", "value", "style");
        text(at + ".text", button.path("text"), 75, "plain_text");
        if (!button.path("type").asString("").equals("button")) {
            problems.add(at + ": unsupported element " + button.path("type"));
        }
        String id = button.path("action_id").asString("");
        if (id.isEmpty() || id.length() > 255 || !actions.add(id)) {
            problems.add(at + ": action_id \"" + id + "\" is missing, too long or there twice");
        }
        String url = button.path("url").asString("");
        if (url.length() > 3000 || !url.startsWith("http")) {
            problems.add(at + ": url must be a web address of at most 3000 characters");
        }
        if (button.has("style")
                && !Set.of("primary", "danger").contains(button.path("style").asString(""))) {
            problems.add(at + ": unknown style");
        }
    }

    private void text(String at, JsonNode object, int most, String... types) {
        String type = object.path("type").asString("");
        String text = object.path("text").asString("");
        if (!List.of(types).contains(type)) {
            problems.add(at + ": must be " + String.join(" or ", types) + ", not " + type);
        }
        if (text.isBlank() || text.length() > most) {
            problems.add(at + ": must have 1 to " + most + " characters, not " + text.length());
        }
        if (type.equals("mrkdwn")) {
            only(at, object, "type", "text", "verbatim");
            markup(at, text);
        } else {
            only(at, object, "type", "text", "emoji");
        }
    }

    /** Nothing between angle brackets but links, and no other entities than the three that Slack knows. */
    private void markup(String at, String text) {
        CONTROL_SEQUENCE.matcher(text).results().map(found -> found.group(1)).forEach(inner -> {
            if (!inner.startsWith("https://")) {
                problems.add(at + ": a mention, <" + inner + ">");
            }
        });
        if (CONTROL_SEQUENCE.matcher(text).replaceAll("").matches(".*[<>].*")
                || ENTITY.matcher(text).find()) {
            problems.add(at + ": & < > that are not escaped");
        }
    }

    private void only(String at, JsonNode object, String... known) {
        object.propertyNames().stream()
                .filter(name -> !List.of(known).contains(name))
                .forEach(name -> problems.add(at + ": unknown field " + name));
    }

    private void count(String at, JsonNode array, int most) {
        if (!array.isArray() || array.isEmpty() || array.size() > most) {
            problems.add(at + ": must have 1 to " + most + " parts, not " + array.size());
        }
    }
}
