package io.keyturn.app.render.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A sheet or script that stands in the file itself; its hash is what lets a browser take it, and nothing else. */
record Inline(String text, String hash) {
    /** Of a resource beside the templates, with a line put before it. */
    static Inline of(String name, String before) {
        try (InputStream packed = Inline.class.getResourceAsStream("/report/" + name)) {
            if (packed == null) {
                throw new IllegalStateException("the resource report/" + name + " is not packed");
            }
            String text = before + new String(packed.readAllBytes(), StandardCharsets.UTF_8);
            return new Inline(text, "'sha256-" + Base64.getEncoder().encodeToString(sha256(text)) + "'");
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the resource report/" + name, e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, but this one has not: " + e.getMessage(), e);
        }
    }
}
