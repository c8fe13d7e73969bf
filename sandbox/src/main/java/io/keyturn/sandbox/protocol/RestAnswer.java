package io.keyturn.sandbox.protocol;

import java.util.Map;

/**
 * What a service of the protocol "REST-XML" answers: all of HTTP's parts.
 *
 * @param headers beside those that every answer has
 * @param body as ISO 8859-1, which holds any bytes
 */
public record RestAnswer(int status, Map<String, String> headers, String body) {
    public RestAnswer {
        headers = Map.copyOf(headers);
    }
}
