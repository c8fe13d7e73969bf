package io.keyturn.app.config;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.policy.UserClass;
import java.util.List;
import java.util.Map;

/**
 * What a look at accounts told, for a configuration that fits them. Tags, paths and names are hostile text.
 *
 * @param users by what they are judged to be
 * @param ownerTags names of tags that seem to name owners, the best first
 * @param signs what tells users apart that nothing else does, the most frequent first
 */
public record Seen(
        List<Account> accounts, Map<UserClass.Kind, Integer> users, List<String> ownerTags, List<Sign> signs) {
    /** Nothing was looked at. */
    public static final Seen NOTHING = new Seen(List.of(), Map.of(), List.of(), List.of());

    /** An account that was looked at; {@code unit} is its organizational unit, empty where none is known. */
    public record Account(AccountId id, String name, String unit) {}

    /** Something that users of one kind have in common. */
    public sealed interface Sign {
        UserClass.Kind kind();

        /** The value of a tag. */
        record Tagged(String tag, String value, UserClass.Kind kind) implements Sign {}

        /** The beginning of a path, with both slashes. */
        record Below(String path, UserClass.Kind kind) implements Sign {}
    }

    public Seen {
        accounts = List.copyOf(accounts);
        users = Map.copyOf(users);
        ownerTags = List.copyOf(ownerTags);
        signs = List.copyOf(signs);
    }
}
