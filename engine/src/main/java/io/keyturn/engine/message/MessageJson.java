package io.keyturn.engine.message;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.report.Words;
import io.keyturn.core.trail.KeyUses;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as {@code docs/reference/webhook.schema.json} describes it: the facts as in {@code keyturn scan --output json},
 * and the words that people would read.
 */
public final class MessageJson {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/webhook/1";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MessageJson() {}

    /**
     * For people to read as well.
     *
     * @param follows the earlier message that this one follows; null where it is the first
     */
    public static String indented(Message message, @Nullable String follows) {
        return MAPPER.writerWithDefaultPrettyPrinter()
                .writeValueAsString(tree(message, follows, message.items().size()));
    }

    /**
     * On one line, of the first keys alone; how many are left out is in it.
     *
     * @param shown how many keys
     */
    public static String shortened(Message message, @Nullable String follows, int shown) {
        return tree(message, follows, shown).toString();
    }

    private static ObjectNode tree(Message message, @Nullable String follows, int shown) {
        ObjectNode json = NODES.objectNode()
                .put("schema", SCHEMA)
                .put("id", message.id())
                .put("event", event(message))
                .put("follows", follows)
                .put("headline", message.headline())
                .put("opening", message.opening().plain());
        ArrayNode items = json.putArray("items");
        message.items().stream().limit(shown).forEach(item -> items.add(item(item)));
        if (shown < message.items().size()) {
            json.put("itemsLeftOut", message.items().size() - shown);
        }
        return json.put("closing", message.closing().plain());
    }

    private static String event(Message message) {
        return message.items().stream().allMatch(item -> item.notice().settled() != null) ? "resolved" : "notice";
    }

    private static ObjectNode item(Item item) {
        Notice notice = item.notice();
        Finding finding = notice.finding();
        ObjectNode json = NODES.objectNode()
                .put("notice", notice.id())
                .put("account", notice.account().id().value())
                .put("accountName", notice.account().name())
                .put("kind", finding.credential().kind().label());
        principal(json, finding.credential().principal());
        json.put("keyId", text(finding.credential().keyId()))
                .put("active", finding.active())
                .put("created", time(finding.credential().created()))
                .put("ageDays", finding.ageDays());
        json.set("lastUse", lastUse(finding.lastUse()));
        json.put("idleDays", finding.idleDays())
                .put("standing", finding.standing().label())
                .put("governedBy", finding.governedBy());
        ArrayNode reasons = json.putArray("reasons");
        finding.reasons()
                .forEach(
                        reason -> reasons.addObject().put("rule", reason.rule()).put("text", Words.sentence(reason)));
        json.putObject("owner")
                .put("name", notice.owner().name())
                .put("source", notice.owner().source());
        Deadline announced = notice.announced();
        json.set("announced", announced == null ? null : deadline(announced));
        json.put("settled", notice.settled() == null ? null : notice.settled().label());
        ArrayNode deadlines = json.putArray("deadlines");
        finding.deadlines().forEach(deadline -> deadlines.add(deadline(deadline)));
        finding.controls().forEach(json.putArray("controls")::add);
        ObjectNode uses = uses(notice.uses());
        if (uses != null) {
            json.set("uses", uses);
        }
        json.set("words", words(item));
        return json;
    }

    private static void principal(ObjectNode json, Principal principal) {
        switch (principal) {
            case Principal.Root() -> json.put("user", "<root_account>").putNull("userId");
            case Principal.OfUser user ->
                json.put("user", user.name().value()).put("userId", user.id().value());
        }
    }

    private static @Nullable ObjectNode lastUse(LastUse use) {
        return switch (use) {
            case LastUse.Used(Instant at, String service, String region) ->
                NODES.objectNode()
                        .put("state", "used")
                        .put("at", time(at))
                        .put("service", service)
                        .put("region", region);
            case LastUse.NeverUsed() -> NODES.objectNode().put("state", "never");
            case LastUse.Unknown unknown ->
                unknown.equals(LastUse.NOT_READ)
                        ? null
                        : NODES.objectNode().put("state", "unknown").put("why", unknown.why());
        };
    }

    /** Null where nobody was asked. */
    private static @Nullable ObjectNode uses(Fact<KeyUses> uses) {
        return switch (uses) {
            case Fact.NotRead<KeyUses>() -> null;
            case Fact.Unknown<KeyUses>(String why) ->
                NODES.objectNode().put("state", "unknown").put("why", why);
            case Fact.Known<KeyUses>(KeyUses known, Instant asOf) -> {
                ObjectNode json = NODES.objectNode()
                        .put("state", "known")
                        .put("since", time(known.since()))
                        .put("region", known.region().isEmpty() ? null : known.region())
                        .put("events", known.events())
                        .put("whole", known.whole());
                ArrayNode places = json.putArray("places");
                known.origins().forEach(origin -> places.add(origin(origin)));
                yield json.put("otherPlaces", known.otherPlaces());
            }
        };
    }

    private static ObjectNode origin(KeyUses.Origin origin) {
        ObjectNode json = NODES.objectNode()
                .put("kind", origin.place().kind().label())
                .put("name", origin.place().name())
                .put("events", origin.events())
                .put("last", time(origin.last()));
        origin.tools().forEach(json.putArray("tools")::add);
        origin.addresses().forEach(json.putArray("addresses")::add);
        return json.put("otherAddresses", origin.otherAddresses());
    }

    private static ObjectNode deadline(Deadline deadline) {
        return NODES.objectNode()
                .put("step", deadline.step().label())
                .put("limit", deadline.limit())
                .put("at", time(deadline.at()));
    }

    private static ObjectNode words(Item item) {
        ObjectNode words = NODES.objectNode()
                .put("state", item.state())
                .put("name", item.name())
                .put("happens", item.happens().plain());
        ArrayNode facts = words.putArray("facts");
        item.facts()
                .forEach(fact -> facts.addObject()
                        .put("name", fact.name())
                        .put("text", fact.value().plain()));
        texts(words.putArray("steps"), item.steps());
        words.put("moreTime", plain(item.moreTime())).put("better", plain(item.better()));
        ArrayNode links = words.putArray("links");
        item.links()
                .forEach(link -> links.addObject()
                        .put("label", link.label())
                        .put("target", link.target().toString()));
        return words;
    }

    private static void texts(ArrayNode array, List<Text> texts) {
        texts.forEach(text -> array.add(text.plain()));
    }

    private static @Nullable String plain(@Nullable Text text) {
        return text == null ? null : text.plain();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** To the second, as AWS tells it. */
    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
