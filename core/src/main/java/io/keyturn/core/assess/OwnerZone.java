package io.keyturn.core.assess;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By whose clock an owner lives: as a tag of the user says, else the file that names the owner. */
public final class OwnerZone {
    /** The tag whose value is such as {@code Europe/Berlin}, where the rules name no other. */
    public static final String TAG = "TimeZone";

    private OwnerZone() {}

    /** Null where nobody says, or what is said is no time zone. */
    static @Nullable ZoneId of(OwnerRule rule, User user, String tag) {
        if (!isOfUser(rule)) {
            return null;
        }
        ZoneId tagged = tagged(user, tag).flatMap(OwnerZone::parse).orElse(null);
        return tagged == null && rule instanceof OwnerRule.Listed listed
                ? listed.zones().get(user.name().value())
                : tagged;
    }

    /** What is to be said of it behind the owner's name; empty where there is nothing. */
    public static String told(Owner owner, OwnerRule rule, User user, String tag) {
        if (owner.zone() != null) {
            return ", by the clock of " + owner.zone().getId();
        }
        return isOfUser(rule)
                ? tagged(user, tag)
                        .map(said -> ", whose tag " + tag + " says \"" + said + "\", which is no time zone")
                        .orElse("")
                : "";
    }

    /** A zone by its name, such as {@code Europe/Berlin}; empty where it is none. */
    public static Optional<ZoneId> parse(String name) {
        try {
            return Optional.of(ZoneId.of(name.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The tag that says the owner's time zone. */
    public static String tag(Rules rules) {
        return rules.zoneTag() == null ? TAG : rules.zoneTag();
    }

    private static Optional<String> tagged(User user, String tag) {
        return user.tags() instanceof Fact.Known<Map<String, String>> tags
                ? Optional.ofNullable(tags.value().get(tag)).filter(said -> !said.isBlank())
                : Optional.empty();
    }

    /** A team or an account's contact is elsewhere than the user. */
    private static boolean isOfUser(OwnerRule rule) {
        return switch (rule) {
            case OwnerRule.Tag tag -> true;
            case OwnerRule.Listed listed -> true;
            case OwnerRule.MailName() -> true;
            case OwnerRule.Creator() -> true;
            case OwnerRule.AccountTag tag -> false;
            case OwnerRule.Contact contact -> false;
            case OwnerRule.Default standing -> false;
        };
    }
}
