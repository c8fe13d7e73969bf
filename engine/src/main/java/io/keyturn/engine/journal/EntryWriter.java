package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Entries as lines of JSON. A line names its stream, its place in it and the hash of the line before, so that the
 * lines prove their own order: {@code sha256(line n)} stands in line n + 1.
 */
final class EntryWriter {
    /** The version of the lines. A reader refuses a higher one. */
    static final int VERSION = 1;

    static final JsonMapper JSON = new JsonMapper();

    private EntryWriter() {}

    /** The line of {@code entry} that follows {@code head}. */
    static Line line(String stream, Head head, Entry entry) {
        ObjectNode node = JSON.createObjectNode();
        node.put("v", VERSION);
        node.put("stream", stream);
        node.put("seq", head.sequence() + 1);
        node.put("prev", head.hash());
        Entry.Stamp stamp = entry.stamp();
        node.put("at", stamp.at().toString());
        node.put("run", stamp.run());
        node.put("worker", stamp.worker());
        switch (entry) {
            case Entry.Intent intent -> intent(node, intent);
            case Entry.Outcome outcome -> outcome(node, outcome);
            case Entry.Notice notice -> notice(node, notice);
            case Entry.Decision decision -> decision(node, decision);
        }
        String text = JSON.writeValueAsString(node);
        Target target = entry.target();
        KeyId key = target == null ? null : target.key();
        return new Line(
                stream,
                head.sequence() + 1,
                stamp.at(),
                text,
                hash(text),
                target == null ? null : target.user().value(),
                key == null ? null : key.value());
    }

    /** SHA-256 of a line, in hexadecimal. */
    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void intent(ObjectNode node, Entry.Intent intent) {
        node.put("kind", "intent");
        node.put("id", intent.id());
        node.put("verb", intent.verb().label());
        node.set("target", node(intent.target()));
        ArrayNode present = node.putArray("present");
        intent.present().forEach(key -> present.add(key.value()));
        put(node, "plan", intent.plan());
        put(node, "lasting", intent.lasting() == null ? null : intent.lasting().toString());
        put(node, "marker", intent.marker());
    }

    private static void outcome(ObjectNode node, Entry.Outcome outcome) {
        node.put("kind", "outcome");
        node.put("intent", outcome.intent());
        node.put("verb", outcome.verb().label());
        node.set("target", node(outcome.target()));
        node.put("result", word(outcome.result()));
        put(node, "made", outcome.made() == null ? null : outcome.made().value());
        put(node, "place", outcome.place());
        put(node, "why", outcome.why().isEmpty() ? null : outcome.why());
    }

    private static void notice(ObjectNode node, Entry.Notice notice) {
        node.put("kind", "notice");
        node.put("id", notice.id());
        node.set("target", node(notice.target()));
        node.put("step", notice.step().label());
        node.put("due", notice.due().toString());
        node.put("channel", notice.channel());
        node.put("recipient", notice.recipient());
        node.put("placement", word(notice.placement()));
        put(node, "reference", notice.reference());
        Entry.Closing closing = notice.closing();
        if (closing != null) {
            node.putObject("closing").put("keys", closing.keys()).put("onlyIfWithdrawn", closing.onlyIfWithdrawn());
        }
    }

    private static void decision(ObjectNode node, Entry.Decision decision) {
        node.put("kind", "decision");
        node.put("id", decision.id());
        node.put("decided", word(decision.kind()));
        node.set("scope", node(decision.scope()));
        node.put("by", decision.by());
        node.put("why", decision.why());
        Instant until = decision.until();
        put(node, "until", until == null ? null : until.toString());
        put(node, "value", decision.value());
    }

    private static ObjectNode node(Target target) {
        ObjectNode node = JSON.createObjectNode();
        node.put("account", target.account().value());
        node.put("userId", target.user().value());
        node.put("user", target.name().value());
        put(node, "keyId", target.key() == null ? null : target.key().value());
        return node;
    }

    private static ObjectNode node(Scope scope) {
        ObjectNode node = JSON.createObjectNode();
        switch (scope) {
            case Scope.All all -> node.put("all", true);
            case Scope.OfAccount account ->
                node.put("account", account.account().value());
            case Scope.OfUnit unit -> node.put("ou", unit.path());
            case Scope.OfTarget target -> node.set("target", node(target.target()));
            case Scope.OfPlan plan -> node.put("plan", plan.hash());
        }
        return node;
    }

    /** The word of a constant in a line. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
