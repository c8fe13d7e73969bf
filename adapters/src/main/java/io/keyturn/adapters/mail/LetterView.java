package io.keyturn.adapters.mail;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Phrase;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A message as the templates of mail see it: maps and lists of readable text, which the template has yet to encode. */
final class LetterView {
    private static final int PREHEADER = 200;

    private LetterView() {}

    static Map<String, Object> of(Message message) {
        Map<String, Object> view = new HashMap<>();
        view.put("headline", Readable.line(message.headline()));
        view.put("preheader", preheader(message));
        view.put("opening", spans(message.opening()));
        view.put(
                "items",
                message.items().stream()
                        .map(item -> item(item, message.phrases()))
                        .toList());
        view.put("language", message.phrases().plain(Phrase.LANGUAGE));
        view.put("todo", message.phrases().plain(Phrase.STEPS));
        view.put("closing", spans(message.closing()));
        return view;
    }

    /** What a mailbox shows beside the subject: which keys, and how they stand. */
    private static String preheader(Message message) {
        String all = message.items().stream()
                .limit(5)
                .map(item -> item.name() + ": " + item.state())
                .collect(Collectors.joining("; "));
        return Readable.cut(Readable.line(all), PREHEADER);
    }

    private static Map<String, Object> item(Item item, Phrases phrases) {
        Map<String, Object> view = new HashMap<>();
        view.put("state", Readable.line(item.state()));
        view.put("name", Readable.line(item.name()));
        view.put("happens", spans(item.happens()));
        view.put(
                "facts",
                item.facts().stream()
                        .map(fact -> Map.of("name", Readable.line(fact.name()), "value", spans(fact.value())))
                        .toList());
        view.put("steps", item.steps().stream().map(LetterView::spans).toList());
        List<Map<String, String>> links = item.links().stream()
                .filter(link -> isWeb(link.target()))
                .map(link -> span("link", link.label(), link.target()))
                .toList();
        view.put("button", links.isEmpty() ? null : links.getFirst());
        view.put("links", more(item.moreTime(), links));
        view.put("better", orNull(item.betterWay(phrases)));
        return view;
    }

    /** More time and every link but the first, a list of spans each. */
    private static List<List<Map<String, String>>> more(@Nullable Text moreTime, List<Map<String, String>> links) {
        List<List<Map<String, String>>> more = new ArrayList<>();
        if (moreTime != null) {
            more.add(spans(moreTime));
        }
        links.stream().skip(1).forEach(link -> more.add(List.of(link)));
        return more;
    }

    private static @Nullable List<Map<String, String>> orNull(@Nullable Text text) {
        return text == null ? null : spans(text);
    }

    private static List<Map<String, String>> spans(Text text) {
        return text.spans().stream()
                .map(span -> switch (span) {
                    case Span.Plain plain -> span("plain", plain.text(), null);
                    case Span.Strong strong -> span("strong", strong.text(), null);
                    case Span.Code code -> span("code", code.text(), null);
                    case Span.Link link ->
                        isWeb(link.target())
                                ? span("link", link.text(), link.target())
                                : span("plain", link.text(), null);
                })
                .toList();
    }

    private static Map<String, String> span(String kind, String text, @Nullable URI target) {
        return Map.of(
                "kind", kind, "text", Readable.line(text), "target", target == null ? "" : target.toASCIIString());
    }

    private static boolean isWeb(URI target) {
        return target.getHost() != null
                && "https".equals(String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT));
    }
}
