package io.keyturn.core.model;

/** The name of an IAM user; an attacker's text as far as any output is concerned, so never printed without its sink's encoder. */
public record UserName(String value) implements Comparable<UserName> {
    public UserName {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a user name is not empty");
        }
    }

    @Override
    public int compareTo(UserName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
