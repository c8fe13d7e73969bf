package io.keyturn.core.trail;

import java.util.Optional;

/** The addresses of a network, such as {@code 203.0.113.0/24} or {@code 2001:db8::/32}. */
public final class IpRange {
    private final String text;
    private final IpAddress base;
    private final int bits;

    private IpRange(String text, IpAddress base, int bits) {
        this.text = text;
        this.base = base;
        this.bits = bits;
    }

    /** Empty where the text is neither a network nor an address. */
    public static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return IpAddress.parse(address).flatMap(base -> {
            int most = base.length() * Byte.SIZE;
            int bits = slash < 0 ? most : number(text.substring(slash + 1));
            return bits < 0 || bits > most ? Optional.empty() : Optional.of(new IpRange(text, base, bits));
        });
    }

    private static int number(String digits) {
        return digits.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : -1;
    }

    boolean contains(IpAddress address) {
        return base.agrees(address, bits);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpRange range && text.equals(range.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
