package io.keyturn.core.trail;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address of IPv4 or IPv6, read from its digits alone: no name is ever looked up. */
final class IpAddress {
    private static final Pattern FOUR = Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final int HIGHEST = 255;

    /** Longer than any address. */
    private static final int LONGEST = 45;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Four or sixteen, by the kind of the address. */
    int length() {
        return bytes.length;
    }

    /** Whether both are of one kind and begin with the same bits. */
    boolean agrees(IpAddress other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((bytes[bit / Byte.SIZE] ^ other.bytes[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Empty where the text is no address. */
    static Optional<IpAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? four(text) : six(text);
    }

    private static Optional<IpAddress> four(String text) {
        if (!FOUR.matcher(text).matches()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[V4];
        String[] parts = text.split("\\.");
        for (int i = 0; i < V4; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > HIGHEST) {
                return Optional.empty();
            }
            bytes[i] = (byte) part;
        }
        return Optional.of(new IpAddress(bytes));
    }

    private static Optional<IpAddress> six(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all.length == V6 ? Optional.of(new IpAddress(all)) : Optional.empty();
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        byte[] head = before.isEmpty() ? new byte[0] : groups(before);
        byte[] tail = after.isEmpty() ? new byte[0] : groups(after);
        boolean wrong = (head.length == 0 && !before.isEmpty()) || (tail.length == 0 && !after.isEmpty());
        if (wrong || head.length + tail.length >= V6) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOf(head, V6);
        System.arraycopy(tail, 0, bytes, V6 - tail.length, tail.length);
        return Optional.of(new IpAddress(bytes));
    }

    /** The bytes of groups parted by single colons; none where one of them is wrong. */
    private static byte[] groups(String text) {
        String[] groups = text.split(":", -1);
        byte[] bytes = new byte[groups.length * 2];
        for (int i = 0; i < groups.length; i++) {
            if (!GROUP.matcher(groups[i]).matches()) {
                return new byte[0];
            }
            int value = Integer.parseInt(groups[i], 16);
            bytes[2 * i] = (byte) (value >> Byte.SIZE);
            bytes[2 * i + 1] = (byte) value;
        }
        return bytes;
    }
}
