package io.keyturn.adapters.slack;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Slack's words for what went wrong (docs.slack.dev/reference/methods), and what a person does about each. */
final class SlackErrors {
    /** It is the recipient that is wrong, and another one may well be reached. */
    private static final Set<String> RECIPIENT = Set.of(
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "user_not_found",
            "users_not_found",
            "user_not_visible",
            "user_disabled",
            "cannot_dm_bot",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel");

    /** The thread is gone; without it the message can be sent. */
    private static final Set<String> THREAD = Set.of(
            "thread_not_found", "message_not_found", "cannot_reply_to_message", "restricted_action_thread_locked");

    /** Slack says of these that some of it may have been done. */
    private static final Set<String> DOUBTFUL = Set.of("internal_error", "fatal_error");

    private SlackErrors() {}

    static boolean isOfRecipient(String error) {
        return RECIPIENT.contains(error);
    }

    static boolean isOfThread(String error) {
        return THREAD.contains(error);
    }

    static boolean isDoubtful(String error) {
        return DOUBTFUL.contains(error);
    }

    /** What to do; empty where there is nothing to say. */
    static String advice(JsonNode answer) {
        return switch (answer.path("error").asString("")) {
            case "channel_not_found" -> "check its name or ID, and invite the app where it is a private channel";
            case "not_in_channel" -> "invite the app to the channel, or give the app the scope chat:write.public";
            case "is_archived" -> "name a channel that is not archived";
            case "user_not_found", "users_not_found" -> "look for them with keyturn slack-users";
            case "user_disabled", "user_not_visible" -> "name somebody else";
            case "cannot_dm_bot" -> "name a person or a channel, as apps do not read";
            case "restricted_action",
                    "restricted_action_read_only_channel",
                    "restricted_action_thread_only_channel",
                    "restricted_action_non_threadable_channel",
                    "restricted_action_thread_locked" -> "let the app post there, or name another channel";
            case "messages_tab_disabled" -> "switch on the Messages Tab under App Home of the app";
            case "not_authed", "invalid_auth", "token_expired", "not_allowed_token_type" ->
                "configure the bot token of the app, which begins with xoxb-";
            case "token_revoked", "account_inactive" ->
                "install the app in the workspace again and configure its new bot token";
            case "missing_scope" ->
                "give the app the scope " + answer.path("needed").asString("that is needed") + " and install it again";
            case "no_permission", "access_denied", "team_access_not_granted", "org_login_required" ->
                "ask an administrator of the workspace to let the app in";
            case "ratelimited", "rate_limited", "message_limit_exceeded" -> "the next run tries again";
            case "service_unavailable", "internal_error", "fatal_error" -> "see status.slack.com";
            default -> "";
        };
    }
}
