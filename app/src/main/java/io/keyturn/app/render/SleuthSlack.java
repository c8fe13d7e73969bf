package io.keyturn.app.render;

import io.keyturn.app.config.Report;
import io.keyturn.app.render.SleuthKey.State;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report as messages of a Slack incoming webhook, in attachments as aws-iam-sleuth sends them. Source of the form:
 * docs.slack.dev, legacy message attachments.
 */
public final class SleuthSlack {
    private static final String YELLOW = "#ffff00";
    private static final String RED = "#ff0000";

    /** Slack folds longer values. */
    private static final int MOST_IN_FIELD = 2_800;

    private static final int MOST_ATTACHMENTS = 20;
    private static final Pattern MEMBER = Pattern.compile("U[A-Z0-9]{2,20}");
    private static final Pattern GROUP = Pattern.compile("subteam-(S[A-Z0-9]{2,20})");

    private SleuthSlack() {}

    /** The messages that it takes, each a JSON object; none where there is nothing to tell. */
    public static List<String> messages(SleuthReport report, Report.Sleuth said) {
        List<ObjectNode> byAge = new ArrayList<>();
        add(byAge, "Users with access keys expiring due to creation age", YELLOW, lines(report, State.OLD));
        add(byAge, past(report, State.EXPIRE) + "creation age", RED, lines(report, State.EXPIRE));
        List<ObjectNode> byIdleness = new ArrayList<>();
        add(byIdleness, "Users with access keys expiring due to inactivity", YELLOW, lines(report, State.STAGNANT));
        add(byIdleness, past(report, State.STAGNANT_EXPIRE) + "inactivity", RED, lines(report, State.STAGNANT_EXPIRE));
        List<String> messages = new ArrayList<>();
        headed(said.age(), byAge, messages);
        headed(said.idle(), byIdleness, messages);
        return messages.size() == 2 && byAge.size() + byIdleness.size() < MOST_ATTACHMENTS
                ? List.of(together(messages))
                : messages;
    }

    private static String past(SleuthReport report, State state) {
        return report.areOff(state)
                ? "Users with access keys disabled due to "
                : "Users with access keys past their limit of ";
    }

    private static List<String> lines(SleuthReport report, State state) {
        return report.lines(state, SleuthSlack::who);
    }

    private static void add(List<ObjectNode> attachments, String title, String colour, List<String> lines) {
        StringBuilder value = new StringBuilder();
        for (String line : lines) {
            if (value.length() + line.length() > MOST_IN_FIELD && !value.isEmpty()) {
                attachments.add(attachment(title, colour, value.toString()));
                value.setLength(0);
            }
            value.append(value.isEmpty() ? "" : "\n").append(line);
        }
        if (!value.isEmpty()) {
            attachments.add(attachment(title, colour, value.toString()));
        }
    }

    private static ObjectNode attachment(String title, String colour, String value) {
        ObjectNode attachment = JsonMapper.shared().createObjectNode();
        attachment.put("title", title).put("color", colour).put("fallback", title);
        attachment.putArray("mrkdwn_in").add("fields");
        attachment.putArray("fields").addObject().put("title", "Users").put("value", value);
        return attachment;
    }

    private static void headed(Report.Heading heading, List<ObjectNode> attachments, List<String> messages) {
        for (int from = 0; from < attachments.size(); from += MOST_ATTACHMENTS) {
            ObjectNode message = JsonMapper.shared().createObjectNode();
            ArrayNode all = message.putArray("attachments");
            all.addObject()
                    .put("title", heading.title())
                    .put("text", heading.text())
                    .put("fallback", heading.title());
            attachments
                    .subList(from, Math.min(attachments.size(), from + MOST_ATTACHMENTS))
                    .forEach(all::add);
            messages.add(message.toString());
        }
    }

    /** One message of two. */
    private static String together(List<String> messages) {
        ObjectNode first = (ObjectNode) JsonMapper.shared().readTree(messages.getFirst());
        ArrayNode all = (ArrayNode) first.get("attachments");
        JsonMapper.shared().readTree(messages.getLast()).get("attachments").forEach(all::add);
        return first.toString();
    }

    /** Whom Slack tells: the member or group that the tag names; a user's name alone mentions nobody. */
    private static String who(SleuthKey key) {
        String tag = key.tag("Slack").strip();
        String named = escaped(SleuthText.named(key));
        if (MEMBER.matcher(tag).matches()) {
            return "<@" + tag + "> (" + named + ")";
        }
        Matcher group = GROUP.matcher(tag);
        return group.matches() ? named + " (<!subteam^" + group.group(1) + ">)" : named;
    }

    /** What a person should know of the owners, a sentence each. */
    public static List<String> warnings(SleuthReport report) {
        return report.keys().stream()
                .filter(key -> key.limit() != null)
                .map(SleuthSlack::warning)
                .filter(warning -> !warning.isEmpty())
                .distinct()
                .toList();
    }

    /** Why nobody is mentioned for a user; empty where somebody is. */
    private static String warning(SleuthKey key) {
        String tag = key.tag("Slack").strip();
        if (MEMBER.matcher(tag).matches() || GROUP.matcher(tag).matches()) {
            return "";
        }
        String user = key.user().name().value();
        return tag.isEmpty()
                ? user + " has no tag Slack, so nobody is mentioned"
                : user + ": the tag Slack, \"" + tag + "\", is neither a member such as U0123ABCD nor a group such as"
                        + " subteam-S0123ABCD, so nobody is mentioned";
    }

    /** Source: docs.slack.dev, formatting message text, escaping. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
