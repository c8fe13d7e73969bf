package io.keyturn.app.web;

import io.keyturn.app.render.html.Sheet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What anybody may fetch: the sheet of the pages, their marks, the description of the interface, and a sign of life. */
final class Assets {
    private static final Map<String, String> CACHED = Map.of("Cache-Control", "public, max-age=300");
    private static final Reply SHEET =
            new Reply(200, "text/css; charset=utf-8", bytes(Sheet.text() + packed("/page/page.css")), CACHED);
    private static final Reply MARK = new Reply(200, "image/svg+xml", bytes(packed("/page/mark.svg")), CACHED);
    private static final Reply LIVE =
            new Reply(200, "text/javascript; charset=utf-8", bytes(packed("/page/live.js")), CACHED);
    private static final Reply OPENAPI = Reply.json(200, packed("/io/keyturn/app/web/openapi.json"));

    private Assets() {}

    static @Nullable Reply at(String path) {
        return switch (path) {
            case "/style.css" -> SHEET;
            case "/live.js" -> LIVE;
            case "/mark.svg", "/favicon.ico" -> MARK;
            case "/api/v1/openapi.json" -> OPENAPI;
            case "/healthz" -> Reply.text(200, "alive\n");
            default -> null;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String packed(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is not packed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the resource " + name, e);
        }
    }
}
