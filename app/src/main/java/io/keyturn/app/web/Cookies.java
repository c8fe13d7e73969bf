package io.keyturn.app.web;

import com.sun.net.httpserver.Headers;
import java.util.List;

/** The cookies that this server gave out: words that nobody guesses. */
final class Cookies {
    private Cookies() {}

    /** The word under a name; empty where none came, or one that is not of this server's making. */
    static String word(Headers headers, String name) {
        for (String line : headers.getOrDefault("Cookie", List.of())) {
            for (String cookie : line.split(";")) {
                String[] parts = cookie.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(name) && parts[1].matches("[0-9a-f]{64}")) {
                    return parts[1];
                }
            }
        }
        return "";
    }
}
