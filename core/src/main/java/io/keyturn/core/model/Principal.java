package io.keyturn.core.model;

/** Whose credential it is. */
public sealed interface Principal {
    /** The account's root user. */
    record Root() implements Principal {}

    /** An IAM user. */
    record OfUser(UserName name, UserId id, String arn) implements Principal {}

    Principal ROOT = new Root();

    /** The name shown to people. */
    default String display() {
        return switch (this) {
            case Root() -> "root user";
            case OfUser user -> user.name().value();
        };
    }
}
