package io.keyturn.engine.journal;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Lines of JSON as entries again. */
final class EntryReader {
    /** The constants that a line may name, by their words. */
    private static final Map<Class<?>, Map<String, ?>> CONSTANTS = Map.of(
            Verb.class, words(Verb.class),
            Step.class, words(Step.class),
            Placement.class, words(Placement.class),
            Entry.Result.class, words(Entry.Result.class),
            Entry.Decision.Kind.class, words(Entry.Decision.Kind.class));

    private EntryReader() {}

    /**
     * What a line says.
     *
     * @param previous the hash of the line before
     */
    record Read(String stream, long sequence, String previous, Entry entry) {}

    /** A line cannot be read; {@code newer} where a later version of Keyturn wrote it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        final boolean newer;

        Unreadable(String why, boolean newer) {
            super(why);
            this.newer = newer;
        }
    }

    static Read read(String text) throws Unreadable {
        try {
            JsonNode node = EntryWriter.JSON.readTree(text);
            int version = node.path("v").asInt(0);
            if (version > EntryWriter.VERSION) {
                throw new Unreadable(
                        "it is of version " + version + ", this Keyturn knows " + EntryWriter.VERSION, true);
            }
            if (version < 1) {
                throw new Unreadable("it names no version", false);
            }
            return new Read(text(node, "stream"), node.path("seq").asLong(-1), text(node, "prev"), entry(node));
        } catch (JacksonException e) {
            throw new Unreadable("it is no JSON: " + e.getOriginalMessage(), false);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable(String.valueOf(e.getMessage()), false);
        }
    }

    private static Entry entry(JsonNode node) {
        Entry.Stamp stamp = new Entry.Stamp(instant(node, "at"), text(node, "run"), text(node, "worker"));
        String kind = text(node, "kind");
        return switch (kind) {
            case "intent" -> intent(node, stamp);
            case "outcome" -> outcome(node, stamp);
            case "notice" -> notice(node, stamp);
            case "decision" -> decision(node, stamp);
            default -> throw new IllegalArgumentException("no kind of entry is called \"" + kind + "\"");
        };
    }

    private static Entry.Intent intent(JsonNode node, Entry.Stamp stamp) {
        List<KeyId> present = new ArrayList<>();
        node.path("present").forEach(key -> present.add(new KeyId(key.asString())));
        return new Entry.Intent(
                stamp,
                text(node, "id"),
                constant(Verb.class, text(node, "verb")),
                target(node.path("target")),
                present,
                optional(node, "plan"),
                node.has("lasting") ? Duration.parse(text(node, "lasting")) : null,
                optional(node, "marker"));
    }

    private static Entry.Outcome outcome(JsonNode node, Entry.Stamp stamp) {
        String why = optional(node, "why");
        return new Entry.Outcome(
                stamp,
                text(node, "intent"),
                constant(Verb.class, text(node, "verb")),
                target(node.path("target")),
                constant(Entry.Result.class, text(node, "result")),
                key(node, "made"),
                optional(node, "place"),
                why == null ? "" : why);
    }

    private static Entry.Notice notice(JsonNode node, Entry.Stamp stamp) {
        return new Entry.Notice(
                stamp,
                text(node, "id"),
                target(node.path("target")),
                constant(Step.class, text(node, "step")),
                instant(node, "due"),
                text(node, "channel"),
                text(node, "recipient"),
                constant(Placement.class, text(node, "placement")),
                optional(node, "reference"),
                closing(node.path("closing")));
    }

    private static Entry.@Nullable Closing closing(JsonNode node) {
        return node.isMissingNode()
                ? null
                : new Entry.Closing(
                        node.path("keys").asInt(0), node.path("onlyIfWithdrawn").asBoolean(false));
    }

    private static Entry.Decision decision(JsonNode node, Entry.Stamp stamp) {
        String until = optional(node, "until");
        return new Entry.Decision(
                stamp,
                text(node, "id"),
                constant(Entry.Decision.Kind.class, text(node, "decided")),
                scope(node.path("scope")),
                text(node, "by"),
                text(node, "why"),
                until == null ? null : Instant.parse(until),
                optional(node, "value"));
    }

    private static Scope scope(JsonNode node) {
        if (node.path("all").asBoolean(false)) {
            return new Scope.All();
        }
        if (node.has("account")) {
            return new Scope.OfAccount(new AccountId(text(node, "account")));
        }
        if (node.has("ou")) {
            return new Scope.OfUnit(text(node, "ou"));
        }
        if (node.has("plan")) {
            return new Scope.OfPlan(text(node, "plan"));
        }
        return new Scope.OfTarget(target(node.path("target")));
    }

    private static Target target(JsonNode node) {
        return new Target(
                new AccountId(text(node, "account")),
                new UserId(text(node, "userId")),
                new UserName(text(node, "user")),
                key(node, "keyId"));
    }

    private static @Nullable KeyId key(JsonNode node, String name) {
        String value = optional(node, name);
        return value == null ? null : new KeyId(value);
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(text(node, name));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        Object found = CONSTANTS.getOrDefault(type, Map.of()).get(word);
        if (found == null) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is no " + type.getSimpleName().toLowerCase(Locale.ROOT));
        }
        return type.cast(found);
    }

    private static <E extends Enum<E>> Map<String, E> words(Class<E> type) {
        return EnumSet.allOf(type).stream().collect(Collectors.toMap(EntryWriter::word, constant -> constant));
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || !value.isString() ? null : value.asString();
    }

    private static String text(JsonNode node, String name) {
        String value = optional(node, name);
        if (value == null) {
            throw new IllegalArgumentException("it lacks \"" + name + "\"");
        }
        return value;
    }
}
