package io.keyturn.app.render;

import io.keyturn.core.assess.Reason;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.NamedFact;
import io.keyturn.core.explain.OwnerLink;
import io.keyturn.core.explain.PolicyLink;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.SeenValue;
import io.keyturn.core.policy.UserClass;
import io.keyturn.core.report.Words;
import io.keyturn.engine.journal.Entry;
import java.io.Writer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** The same story for machines; its schema is {@code explanation.schema.json}. Here key IDs are whole. */
public final class StoryJson {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/explanation/1";

    private StoryJson() {}

    /**
     * Writes the story.
     *
     * @param only the one key that is told of; null where all are
     * @param past what the journal says of the user, oldest first; null where there is no journal
     * @param around what is said of other automation in the account, a sentence each
     */
    public static void write(
            Writer out, UserStory story, @Nullable KeyId only, @Nullable List<Entry> past, List<String> around) {
        Map<String, @Nullable Object> top = new LinkedHashMap<>();
        top.put("schema", SCHEMA);
        top.put("at", story.now().toString());
        top.put(
                "account",
                Map.of(
                        "id", story.account().id().value(),
                        "name", story.account().name(),
                        "partition", story.account().partition().id()));
        top.put(
                "user",
                Map.of(
                        "name", story.user().name().value(),
                        "id", story.user().id().value(),
                        "arn", story.user().arn(),
                        "created", story.user().created().toString()));
        top.put("stage", story.stage().label());
        top.put("lowered", story.lowered() == null ? null : story.lowered().sentence());
        top.put("class", kind(story.kind()));
        top.put("owners", list(story.owners(), StoryJson::owner));
        top.put("exemptions", list(story.exemptions(), StoryJson::exemption));
        top.put("holds", list(story.holds(), StoryJson::hold));
        top.put("otherAutomation", around);
        top.put("facts", list(story.facts(), StoryJson::fact));
        top.put(
                "keys",
                story.keys().stream()
                        .filter(key -> only == null
                                || only.equals(key.finding().credential().keyId()))
                        .map(StoryJson::key)
                        .toList());
        top.put("history", past == null ? null : list(past, StoryJson::past));
        JsonMapper.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValue(out, top);
    }

    private static <T> List<Map<String, @Nullable Object>> list(
            List<T> values, Function<T, Map<String, @Nullable Object>> to) {
        return values.stream().map(to).toList();
    }

    private static Map<String, @Nullable Object> kind(Fact<UserClass> kind) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", kind.map(known -> known.kind().label()).orElse("unknown"));
        json.put("evidence", kind.map(UserClass::evidence).orElse(List.of()));
        json.put("problem", kind instanceof Fact.Unknown<UserClass>(String why) ? why : null);
        return json;
    }

    private static Map<String, @Nullable Object> owner(OwnerLink link) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("link", link.link());
        json.put("answer", link.answer().label());
        json.put("said", link.said());
        return json;
    }

    private static Map<String, @Nullable Object> exemption(Exemption exemption) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("owner", exemption.owner());
        json.put("reason", exemption.reason());
        json.put("until", exemption.until().toString());
        return json;
    }

    private static Map<String, @Nullable Object> hold(Hold hold) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("why", hold.why());
        json.put("quiet", hold.quiet());
        json.put("until", hold.until() == null ? null : hold.until().toString());
        return json;
    }

    private static Map<String, @Nullable Object> past(Entry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", entry.stamp().at().toString());
        json.put("run", entry.stamp().run());
        json.put("text", HistoryLines.words(entry).replaceAll(" {2,}", " "));
        return json;
    }

    private static Map<String, @Nullable Object> fact(NamedFact fact) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", fact.name());
        json.put("value", fact.value());
        json.put("from", fact.from());
        json.put("asOf", fact.asOf() == null ? null : fact.asOf().toString());
        json.put("notLookedAt", fact.notLookedAt());
        return json;
    }

    private static Map<String, @Nullable Object> key(KeyStory key) {
        CredentialId id = key.finding().credential();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("keyId", id.keyId() == null ? null : id.keyId().value());
        json.put("active", key.finding().active());
        json.put("created", id.created() == null ? null : id.created().toString());
        json.put("ageDays", key.finding().ageDays());
        json.put("idleDays", key.finding().idleDays());
        json.put("standing", key.finding().standing().label());
        json.put("governedBy", key.finding().governedBy());
        json.put("reasons", list(key.finding().reasons(), StoryJson::reason));
        json.put(
                "limits",
                key.governing() == null
                        ? null
                        : limits(key.governing().age(), key.governing().idle()));
        json.put("facts", list(key.facts(), StoryJson::fact));
        json.put("policies", list(key.policies(), StoryJson::policy));
        json.put("deadlines", list(key.finding().deadlines(), deadline -> {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("step", deadline.step().label());
            line.put("limit", deadline.limit());
            line.put("at", deadline.at().toString());
            return line;
        }));
        json.put("next", next(key.next()));
        json.put("waits", key.waits());
        json.put("holds", list(key.holds(), StoryJson::hold));
        json.put("rotation", key.rotation());
        json.put("controls", key.finding().controls());
        return json;
    }

    private static Map<String, @Nullable Object> reason(Reason reason) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rule", reason.rule());
        json.put("text", Words.sentence(reason));
        return json;
    }

    private static Map<String, @Nullable Object> limits(@Nullable Limit age, @Nullable Limit idle) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("age", limit(age));
        json.put("idle", limit(idle));
        return json;
    }

    private static @Nullable Map<String, Long> limit(@Nullable Limit limit) {
        return limit == null ? null : Map.of("warnDays", days(limit.warn()), "expireDays", days(limit.expire()));
    }

    private static long days(Duration time) {
        return time.toDays();
    }

    private static Map<String, @Nullable Object> policy(PolicyLink link) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", link.policy());
        json.put("when", link.when());
        json.put("answer", link.answer().label());
        json.put("why", link.why());
        json.put("saw", list(link.saw(), StoryJson::saw));
        return json;
    }

    private static Map<String, @Nullable Object> saw(SeenValue value) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("attribute", value.attribute());
        json.put("value", value.known() ? value.text() : null);
        json.put("problem", value.known() ? null : value.text());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> next(@Nullable Scheduled next) {
        if (next == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("step", next.step().label());
        json.put("at", next.at().toString());
        json.put("heldByStage", next.heldBy() == null ? null : next.heldBy().label());
        return json;
    }
}
