package io.keyturn.adapters.web;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request. Its address, headers and body may hold secrets, so none of them is shown when it is printed.
 *
 * @param method such as {@code POST}
 * @param body sent as UTF-8; null for none
 */
public record Request(
        String method,
        URI target,
        Map<String, String> headers,
        @Nullable String body) {
    public Request {
        headers = Map.copyOf(headers);
    }

    public static Request get(URI target) {
        return new Request("GET", target, Map.of(), null);
    }

    /** A {@code POST} of JSON. */
    public static Request json(URI target, String json) {
        return json("POST", target, json);
    }

    /** JSON by another method, such as {@code PUT}. */
    public static Request json(String method, URI target, String json) {
        return new Request(method, target, Map.of("Content-Type", "application/json; charset=utf-8"), json);
    }

    /** The same with a header more, or another value of it. */
    public Request with(String header, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(header, value);
        return new Request(method, target, more, body);
    }

    @Override
    public String toString() {
        return "Request(" + method + ")";
    }
}
