package io.keyturn.adapters.slack;

import java.util.List;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message in Slack's own form.
 *
 * @param text mrkdwn for notifications and screen readers, which do not read the blocks
 */
record Form(String text, List<Block> blocks) {
    /** Blocks together in characters. Slack publishes no limit, and has been seen to refuse from 11,300 on. */
    static final int MOST_CHARACTERS = 10_000;

    static final JsonMapper JSON = new JsonMapper();

    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

    Form {
        blocks = List.copyOf(blocks);
        if (blocks.size() > Block.MOST) {
            throw new IllegalArgumentException(blocks.size() + " blocks, more than " + Block.MOST);
        }
    }

    /** As JSON, into which where it goes can be written. No mention or link is made of what only looks like one. */
    ObjectNode json() {
        ObjectNode message = JSON.createObjectNode();
        message.put("text", text);
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        ArrayNode array = message.putArray("blocks");
        blocks.forEach(block -> write(array.addObject(), block));
        return message;
    }

    /** For people to look at. */
    static String shown(ObjectNode message) {
        return PRETTY.writeValueAsString(message);
    }

    private static void write(ObjectNode at, Block block) {
        switch (block) {
            case Block.Header(String plain) -> plain(at.put("type", "header"), plain);
            case Block.Section(String mrkdwn, Block.Button button) -> {
                mrkdwn(at.put("type", "section").putObject("text"), mrkdwn);
                if (button != null) {
                    write(at.putObject("accessory"), button);
                }
            }
            case Block.Fields(List<String> fields) -> {
                ArrayNode array = at.put("type", "section").putArray("fields");
                fields.forEach(field -> mrkdwn(array.addObject(), field));
            }
            case Block.Actions(List<Block.Button> buttons) -> {
                ArrayNode array = at.put("type", "actions").putArray("elements");
                buttons.forEach(button -> write(array.addObject(), button));
            }
            case Block.Context(String mrkdwn) ->
                mrkdwn(at.put("type", "context").putArray("elements").addObject(), mrkdwn);
            case Block.Divider() -> at.put("type", "divider");
        }
    }

    private static void write(ObjectNode at, Block.Button button) {
        plain(at.put("type", "button").put("action_id", button.id()), button.plain());
        at.put("url", button.target().toString());
        if (button.main()) {
            at.put("style", "primary");
        }
    }

    private static void plain(ObjectNode at, String text) {
        at.putObject("text").put("type", "plain_text").put("text", text).put("emoji", false);
    }

    /** {@code verbatim}: Slack looks for no names, channels and addresses in it by itself. */
    private static void mrkdwn(ObjectNode at, String text) {
        at.put("type", "mrkdwn").put("text", text).put("verbatim", true);
    }
}
