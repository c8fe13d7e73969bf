package io.keyturn.core.assess;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.OwnerRule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By whose clock an owner lives: as a tag of the user says, else the file that names the owner. */
public final class OwnerZone {
    /** Such as {@code Europe/Berlin}. */
    public static final String TAG = "TimeZone";

    private OwnerZone() {}

    /** Null where nobody says, or what is said is no time zone. */
    static @Nullable ZoneId of(OwnerRule rule, User user) {
        if (!isOfUser(rule)) {
            return null;
        }
        ZoneId tagged = tagged(user).flatMap(OwnerZone::parse).orElse(null);
        return tagged == null && rule instanceof OwnerRule.Listed listed
                ? listed.zones().get(user.name().value())
                : tagged;
    }

    /** What is to be said of it behind the owner's name; empty where there is nothing. */
    public static String told(Owner owner, OwnerRule rule, User user) {
        if (owner.zone() != null) {
            return ", by the clock of " + owner.zone().getId();
        }
        return isOfUser(rule)
                ? tagged(user)
                        .map(said -> ", whose tag " + TAG + " says \"" + said + "\", which is no time zone")
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

    private static Optional<String> tagged(User user) {
        return user.tags() instanceof Fact.Known<Map<String, String>> tags
                ? Optional.ofNullable(tags.value().get(TAG)).filter(said -> !said.isBlank())
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
