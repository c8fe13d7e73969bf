package io.keyturn.app.lambda;

import io.keyturn.app.render.Safe;
import java.io.IOException;
import java.io.Writer;
import java.time.InstantSource;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Turns lines for people into lines of JSON for the log: each says when, of which invocation, and what. */
final class JsonLog extends Writer {
    private static final String OWN = "keyturn: ";

    private final InstantSource clock;
    private final String request;
    private final Consumer<String> sink;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder problems = new StringBuilder();

    /** @param sink takes each line, without its end */
    JsonLog(InstantSource clock, String request, Consumer<String> sink) {
        this.clock = clock;
        this.request = request;
        this.sink = sink;
    }

    @Override
    public synchronized void write(char[] text, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (text[i] == '\n') {
                say(line.toString());
                line.setLength(0);
            } else if (text[i] != '\r') {
                line.append(text[i]);
            }
        }
    }

    /** What Keyturn itself had to say so far, a line each. */
    synchronized String problems() {
        return problems.toString().strip();
    }

    private void say(String text) {
        if (text.isBlank()) {
            return;
        }
        ObjectNode entry = entry();
        if (text.startsWith(OWN)) {
            problems.append(text.substring(OWN.length())).append('\n');
            sink.accept(entry.put("level", "WARN")
                    .put("message", Safe.text(text.substring(OWN.length())))
                    .toString());
            return;
        }
        JsonNode own = json(text);
        if (own != null) {
            entry.put("level", "INFO").set("entry", own);
        } else {
            entry.put("level", "INFO").put("message", Safe.text(text.strip()));
        }
        sink.accept(entry.toString());
    }

    /** A line that is written from outside. */
    synchronized void tell(ObjectNode more) {
        ObjectNode entry = entry();
        entry.setAll(more);
        sink.accept(entry.toString());
    }

    private ObjectNode entry() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("time", clock.instant().toString())
                .put("requestId", request);
    }

    /** Lines of the journal are JSON already. */
    private static @org.jspecify.annotations.Nullable JsonNode json(String text) {
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        if (!line.isEmpty()) {
            write("\n");
        }
    }
}
