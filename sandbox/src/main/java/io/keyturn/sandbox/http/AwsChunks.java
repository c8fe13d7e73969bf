package io.keyturn.sandbox.http;

import io.keyturn.sandbox.world.ServiceError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A body that came in signed pieces, each behind its length in hexadecimal, with trailers behind the last, which is empty.
 * Source: S3 API reference, "Signature calculations for the Authorization header: transferring payload in multiple chunks".
 */
final class AwsChunks {
    private AwsChunks() {}

    /** The pieces as one. */
    static byte[] whole(byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(body.length);
        int at = 0;
        while (true) {
            int end = lineEnd(body, at);
            String line = new String(body, at, end - at, StandardCharsets.US_ASCII);
            int size = length(line);
            if (size == 0) {
                return all.toByteArray();
            }
            if (size > body.length - end - 2) {
                throw incomplete();
            }
            all.write(body, end + 2, size);
            at = end + 2 + size + 2;
        }
    }

    private static int length(String line) {
        int extension = line.indexOf(';');
        try {
            int length = Integer.parseInt(extension < 0 ? line : line.substring(0, extension), 16);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // answered as any other wrong length
        }
        throw incomplete();
    }

    private static int lineEnd(byte[] body, int from) {
        for (int at = from; at + 1 < body.length; at++) {
            if (body[at] == '\r' && body[at + 1] == '\n') {
                return at;
            }
        }
        throw incomplete();
    }

    private static ServiceError incomplete() {
        return new ServiceError(400, "IncompleteBody", "The request body terminated unexpectedly");
    }
}
