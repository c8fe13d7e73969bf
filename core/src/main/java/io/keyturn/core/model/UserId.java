package io.keyturn.core.model;

/** The unique ID of an IAM user ({@code AIDA…}); a user created again under the same name has another one. */
public record UserId(String value) {
    public UserId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a user ID is not blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
