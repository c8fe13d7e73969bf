package io.keyturn.adapters.slack;

import io.keyturn.core.assess.OwnerZone;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A member of a Slack workspace. All but the ID is what the member wrote, or empty.
 *
 * @param id begins with U or W
 * @param name of the account
 * @param realName as shown
 * @param mail empty also where the app lacks the scope {@code users:read.email}
 * @param zone as the member's own device told Slack; null where Slack tells none
 */
public record Member(
        String id,
        String name,
        String realName,
        String mail,
        State state,
        @Nullable ZoneId zone) {
    /** Of whose clock nothing is known. */
    public Member(String id, String name, String realName, String mail, State state) {
        this(id, name, realName, mail, state, null);
    }

    /** Whether they read what is sent to them. */
    public enum State {
        ACTIVE("active"),
        DEACTIVATED("deactivated"),
        /** Was asked in, and has not come yet. */
        INVITED("invited"),
        /** An app. */
        BOT("bot");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word for people and machines. */
        public String label() {
            return label;
        }
    }

    /** Reads a user object (docs.slack.dev/reference/objects/user-object), in which anything but the ID may be absent. */
    static Member of(JsonNode user) {
        JsonNode profile = user.path("profile");
        return new Member(
                user.path("id").asString(""),
                user.path("name").asString(""),
                profile.path("real_name").asString(user.path("real_name").asString("")),
                profile.path("email").asString(""),
                state(user),
                OwnerZone.parse(user.path("tz").asString("")).orElse(null));
    }

    private static State state(JsonNode user) {
        if (user.path("deleted").asBoolean(false)) {
            return State.DEACTIVATED;
        }
        // Slackbot is no bot by its own object.
        boolean bot = user.path("is_bot").asBoolean(false)
                || user.path("is_workflow_bot").asBoolean(false)
                || user.path("id").asString("").equals("USLACKBOT");
        if (bot) {
            return State.BOT;
        }
        return user.path("is_invited_user").asBoolean(false) ? State.INVITED : State.ACTIVE;
    }
}
