package io.keyturn.app.render;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as they would go out, for people to look at; its JSON Schema is {@code preview.schema.json}.
 *
 * @param due when they would; null for samples, which never do
 * @param kinds what is said, a word a key
 * @param remarks what a person should know of it, a sentence each
 */
public record Preview(@Nullable Instant due, List<String> kinds, List<Shown> shown, List<String> remarks) {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/preview/1";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Keyturn: messages as they would go out</title>
            <style>
            :root{color-scheme:light dark}
            body{max-width:760px;margin:32px auto;padding:0 16px;font:15px/1.5 system-ui,sans-serif}
            iframe{width:100%;height:900px;border:1px solid #858e97;border-radius:8px}
            pre{overflow-x:auto;padding:16px;border:1px solid #858e97;border-radius:8px;font-size:13px}
            </style></head><body>
            """;

    public Preview {
        kinds = List.copyOf(kinds);
        shown = List.copyOf(shown);
        remarks = List.copyOf(remarks);
    }

    /**
     * One message in a channel's own form.
     *
     * @param channel empty where the words alone are shown
     * @param recipient as the channel names them; empty where it has one target
     * @param text exactly what is handed over
     * @param page what a person sees of it, as HTML; null where it has no page of its own
     */
    public record Shown(
            String channel,
            String recipient,
            String text,
            @Nullable String page) {
        String heading() {
            return channel.isEmpty() ? "the words alone, as no channel is configured" : channel;
        }
    }

    /** Writes it for a terminal. */
    public void text(PrintWriter out) {
        for (Shown one : shown) {
            out.println("# " + Safe.text(one.heading()));
            one.text().lines().map(Safe::text).forEach(out::println);
            out.println();
        }
        out.flush();
    }

    /** Writes it for machines. */
    public void json(PrintWriter out) {
        ObjectNode top = JsonMapper.shared().createObjectNode();
        top.put("schema", SCHEMA);
        top.put("due", due == null ? null : due.toString());
        ArrayNode words = top.putArray("kinds");
        kinds.forEach(words::add);
        ArrayNode messages = top.putArray("messages");
        for (Shown one : shown) {
            ObjectNode message = messages.addObject();
            message.put("channel", one.channel().isEmpty() ? null : one.channel());
            message.put("recipient", one.recipient());
            message.put("text", one.text());
            message.put("page", one.page());
        }
        ArrayNode notes = top.putArray("remarks");
        remarks.forEach(notes::add);
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(top));
        out.flush();
    }

    /** Writes it as one page for a browser. Nothing in it runs, and nothing is fetched. */
    public void html(PrintWriter out) {
        out.print(PAGE);
        for (Shown one : shown) {
            out.println("<h2>" + escaped(Safe.text(one.heading())) + "</h2>");
            String page = one.page();
            out.println(
                    page == null
                            ? "<pre>" + escaped(one.text()) + "</pre>"
                            : "<iframe sandbox title=\"what a mailbox shows\" srcdoc=\"" + escaped(page)
                                    + "\"></iframe>");
        }
        out.println("</body></html>");
        out.flush();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
