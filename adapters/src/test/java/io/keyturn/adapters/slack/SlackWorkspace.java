package io.keyturn.adapters.slack;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A workspace as Slack's published method pages describe it: members, channels, and what an app may do there. */
final class SlackWorkspace {
    static final String TOKEN = "xoxb-1-canary";
    private static final int MOST_CHARACTERS = 13_200;

    final Set<String> scopes =
            new TreeSet<>(Set.of("chat:write", "chat:write.public", "users:read", "users:read.email"));
    final Map<String, ObjectNode> members = new LinkedHashMap<>();
    final Map<String, String> channels = new HashMap<>();
    final Set<String> archived = new TreeSet<>();
    final Set<String> closed = new TreeSet<>();
    final List<Posted> posted = new ArrayList<>();
    final List<String> called = new ArrayList<>();
    String token = TOKEN;
    private final Map<String, Instant> last = new HashMap<>();
    private final InstantSource clock;

    SlackWorkspace(InstantSource clock) {
        this.clock = clock;
    }

    /** A message that stands in a channel. */
    record Posted(String channel, String ts, String thread, JsonNode body) {}

    /** What a method answers, with whether a client came too early. */
    record Said(ObjectNode body, boolean tooEarly) {}

    ObjectNode member(String id, String name, String mail) {
        ObjectNode user = Form.JSON.createObjectNode().put("id", id).put("name", name);
        user.putObject("profile").put("real_name", "Real " + name).put("email", mail);
        members.put(id, user);
        return user;
    }

    /** Answers one call. */
    synchronized Said answer(String method, String authorization, JsonNode arguments) {
        called.add(method);
        if (!authorization.equals("Bearer " + token)) {
            return said(error(authorization.equals("Bearer " + TOKEN) ? "token_revoked" : "invalid_auth"));
        }
        return switch (method) {
            case "auth.test" -> said(ok().put("user", "keyturn").put("team", "Fernhill"));
            case "users.info" -> said(user(members.get(arguments.path("user").asString("")), "user_not_found"));
            case "users.lookupByEmail" ->
                said(lacks("users:read.email") ? lacking("users:read.email") : byMail(arguments));
            case "users.list" -> said(list(arguments));
            case "chat.postMessage" -> post(arguments);
            case "chat.update" -> said(update(arguments));
            default -> said(error("unknown_method"));
        };
    }

    private ObjectNode user(ObjectNode member, String missing) {
        if (lacks("users:read")) {
            return lacking("users:read");
        }
        return member == null ? error(missing) : (ObjectNode) ok().set("user", member);
    }

    private ObjectNode byMail(JsonNode arguments) {
        String mail = arguments.path("email").asString("");
        return user(
                members.values().stream()
                        .filter(user -> user.at("/profile/email").asString("").equals(mail))
                        // Those who left are not found by their address.
                        .filter(user -> !user.path("deleted").asBoolean(false))
                        .findFirst()
                        .orElse(null),
                "users_not_found");
    }

    private ObjectNode list(JsonNode arguments) {
        if (lacks("users:read")) {
            return lacking("users:read");
        }
        int limit = Integer.parseInt(arguments.path("limit").asString("0"));
        if (limit < 1 || limit > 1000) {
            return error("limit_required");
        }
        int from = Integer.parseInt(arguments.path("cursor").asString("0"));
        List<ObjectNode> all = new ArrayList<>(members.values());
        int to = Math.min(all.size(), from + limit);
        ObjectNode page = ok();
        all.subList(from, to).forEach(page.putArray("members")::add);
        page.putObject("response_metadata").put("next_cursor", to < all.size() ? Integer.toString(to) : "");
        return page;
    }

    private Said post(JsonNode body) {
        ObjectNode refusal = refusal(
                body, Set.of("channel", "text", "blocks", "thread_ts", "unfurl_links", "unfurl_media"), "chat:write");
        if (refusal != null) {
            return said(refusal);
        }
        String named = body.path("channel").asString("");
        String channel = channel(named);
        if (channel.isEmpty()) {
            return said(error("channel_not_found"));
        }
        if (archived.contains(channel)) {
            return said(error("is_archived"));
        }
        if (closed.contains(channel)) {
            return said(error("not_in_channel"));
        }
        if (members.containsKey(named) && members.get(named).path("is_bot").asBoolean(false)) {
            return said(error("cannot_dm_bot"));
        }
        String thread = body.path("thread_ts").asString("");
        if (!thread.isEmpty() && posted.stream().noneMatch(p -> p.channel.equals(channel) && p.ts.equals(thread))) {
            return said(error("thread_not_found"));
        }
        Instant now = clock.instant();
        Instant before = last.get(channel);
        if (before != null && now.isBefore(before.plus(Turns.EACH))) {
            return new Said(error("ratelimited"), true);
        }
        last.put(channel, now);
        String ts = "1700000000.%06d".formatted(posted.size() + 1);
        posted.add(new Posted(channel, ts, thread, body));
        return said(ok().put("channel", channel).put("ts", ts));
    }

    private ObjectNode update(JsonNode body) {
        ObjectNode refusal = refusal(body, Set.of("channel", "ts", "text", "blocks"), "chat:write");
        if (refusal != null) {
            return refusal;
        }
        String channel = body.path("channel").asString("");
        String ts = body.path("ts").asString("");
        for (int i = 0; i < posted.size(); i++) {
            Posted old = posted.get(i);
            if (old.channel.equals(channel) && old.ts.equals(ts)) {
                posted.set(i, new Posted(channel, ts, old.thread, body));
                return ok().put("channel", channel).put("ts", ts);
            }
        }
        return error("message_not_found");
    }

    private ObjectNode refusal(JsonNode body, Set<String> known, String scope) {
        if (lacks(scope)) {
            return lacking(scope);
        }
        List<String> problems = new ArrayList<>(BlockKit.problems(body));
        body.propertyNames().stream().filter(name -> !known.contains(name)).forEach(name -> problems.add("no " + name));
        if (!problems.isEmpty()) {
            ObjectNode refusal = error("invalid_blocks");
            problems.forEach(refusal.putObject("response_metadata").putArray("messages")::add);
            return refusal;
        }
        return body.path("blocks").toString().length() > 3 * MOST_CHARACTERS ? error("msg_blocks_too_long") : null;
    }

    /** The conversation that a name, an ID or a member's ID leads to; empty where none. */
    private String channel(String named) {
        if (named.startsWith("#")) {
            return channels.getOrDefault(named.substring(1), "");
        }
        if (members.containsKey(named)) {
            return "D" + named.substring(1);
        }
        boolean direct = members.containsKey("U" + named.substring(1));
        return channels.containsValue(named) || direct ? named : "";
    }

    private boolean lacks(String scope) {
        return !scopes.contains(scope);
    }

    private ObjectNode lacking(String scope) {
        return error("missing_scope").put("needed", scope).put("provided", String.join(",", scopes));
    }

    private static Said said(ObjectNode body) {
        return new Said(body, false);
    }

    private static ObjectNode ok() {
        return Form.JSON.createObjectNode().put("ok", true);
    }

    static ObjectNode error(String error) {
        return Form.JSON.createObjectNode().put("ok", false).put("error", error);
    }
}
