package io.keyturn.adapters.mail;

import java.util.regex.Pattern;

/** Mail addresses that no header, server or program can take for anything else: no quotes, comments, spaces or line ends. */
final class Address {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

    /** RFC 5321 allows 254 in a path. */
    private static final int LONGEST = 254;

    private Address() {}

    static boolean isPlain(String text) {
        return text.length() <= LONGEST && PLAIN.matcher(text).matches();
    }

    static void check(String address) {
        if (!isPlain(address)) {
            throw new IllegalArgumentException("not a plain mail address: " + address);
        }
    }
}
