package io.keyturn.core.model;

/** The twelve digits that name an AWS account. */
public record AccountId(String value) implements Comparable<AccountId> {
    public AccountId {
        if (value.length() != 12 || !isNumber(value)) {
            throw new IllegalArgumentException("an AWS account ID is twelve digits, not \"" + value + "\"");
        }
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
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
