package io.keyturn.core.model;

/** The ID of an access key, such as {@code AKIA…}: 16 to 128 word characters, as IAM's service model says. */
public record KeyId(String value) implements Comparable<KeyId> {
    public KeyId {
        if (value.length() < 16 || value.length() > 128 || !isWord(value)) {
            throw new IllegalArgumentException(
                    "an access key ID is 16 to 128 letters and digits, not \"" + value + "\"");
        }
    }

    private static boolean isWord(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isWord(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** The last four characters: all that a screen ever shows of a key ID. */
    public String lastFour() {
        return value.substring(value.length() - 4);
    }

    /** The last characters, as many as {@code count}, which is at most 16. */
    public String last(int count) {
        return value.substring(value.length() - count);
    }

    @Override
    public int compareTo(KeyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
