package io.keyturn.core.model;

/** The twelve digits that name an AWS account. */
public record AccountId(String value) implements Comparable<AccountId> {
    public AccountId {
        if (value.length() != 12 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("an AWS account ID is twelve digits, not \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
