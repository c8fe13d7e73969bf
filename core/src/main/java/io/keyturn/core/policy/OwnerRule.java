package io.keyturn.core.policy;

import java.util.Map;

/** One link of the owner chain; the first that answers names the owner. */
public sealed interface OwnerRule {
    /** The value of a tag of the user. */
    record Tag(String name) implements OwnerRule {}

    /** A file that maps user names to owners; {@code file} is its name, for explaining. */
    record Listed(String file, Map<String, String> byUser) implements OwnerRule {
        public Listed {
            byUser = Map.copyOf(byUser);
        }
    }

    /** The user name itself, where it is a mail address. */
    record MailName() implements OwnerRule {}

    /** Whoever is left; {@code owner} is how the channel names them. */
    record Default(String owner) implements OwnerRule {}
}
