package io.keyturn.core.policy;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** One link of the owner chain; the first that answers names the owner. */
public sealed interface OwnerRule {
    /** The value of a tag of the user. */
    record Tag(String name) implements OwnerRule {}

    /**
     * A file that maps user names to owners.
     *
     * @param file its name, for explaining
     * @param zones by which clocks they live, where the file says so
     */
    record Listed(String file, Map<String, String> byUser, Map<String, ZoneId> zones) implements OwnerRule {
        public Listed {
            byUser = Map.copyOf(byUser);
            zones = Map.copyOf(zones);
        }

        /** A file that says nothing of clocks. */
        public Listed(String file, Map<String, String> byUser) {
            this(file, byUser, Map.of());
        }
    }

    /** The user name itself, where it is a mail address. */
    record MailName() implements OwnerRule {}

    /** The person who made the user or its newest key, as CloudTrail tells. */
    record Creator() implements OwnerRule {}

    /** The value of a tag that the organization keeps of the account. */
    record AccountTag(String name) implements OwnerRule {}

    /** The account's alternate contact of a kind. */
    record Contact(Kind kind) implements OwnerRule {
        /** Kinds of contacts. Source: Account Management API reference, GetAlternateContact. */
        public enum Kind {
            OPERATIONS,
            SECURITY,
            BILLING;

            /** The word in the configuration. */
            public String label() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** Whether it takes a {@code Clue}: something that is asked for beside the user. */
    default boolean takesClue() {
        return switch (this) {
            case Tag tag -> false;
            case Listed listed -> false;
            case MailName() -> false;
            case Creator() -> true;
            case AccountTag tag -> true;
            case Contact contact -> true;
            case Default standing -> false;
        };
    }

    /** Whoever is left; {@code owner} is how the channel names them. */
    record Default(String owner, Via via) implements OwnerRule {
        /** Reached by whatever channel knows that name. */
        public Default(String owner) {
            this(owner, Via.NAME);
        }
    }

    /** How a default owner is reached. */
    enum Via {
        /** A Slack channel or member. */
        SLACK,
        /** A mail address. */
        EMAIL,
        /** A name that channels look up. */
        NAME;

        /** The word in the configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
