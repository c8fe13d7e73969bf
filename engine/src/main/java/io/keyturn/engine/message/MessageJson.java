package io.keyturn.engine.message;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.report.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A message for machines. Its schema is {@code docs/reference/message.schema.json}. */
public final class MessageJson {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/message/1";

    private MessageJson() {}

    /**
     * The JSON, on one line.
     *
     * @param shown how many of its keys; the number of the others is in it
     */
    public static String of(Message message, int shown) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("schema", SCHEMA);
        json.put("id", message.id());
        json.put("headline", message.headline());
        json.put("opening", message.opening().plain());
        ArrayNode keys = json.putArray("keys");
        message.items().stream().limit(shown).forEach(item -> key(keys.addObject(), item));
        json.put("keysLeftOut", Math.max(0, message.items().size() - shown));
        json.put("closing", message.closing().plain());
        return json.toString();
    }

    private static void key(ObjectNode json, Item item) {
        Notice notice = item.notice();
        Finding finding = notice.finding();
        CredentialId credential = finding.credential();
        KeyId key = credential.keyId();
        json.put("notice", notice.id());
        json.put("account", notice.account().id().value());
        json.put("accountName", notice.account().name());
        json.put("user", credential.principal().display());
        json.put(
                "userId",
                credential.principal() instanceof Principal.OfUser user
                        ? user.id().value()
                        : null);
        json.put("keyId", key == null ? null : key.value());
        json.put("created", text(credential.created()));
        json.put("ageDays", finding.ageDays());
        json.put("idleDays", finding.idleDays());
        json.put("standing", finding.standing().label());
        ArrayNode reasons = json.putArray("reasons");
        finding.reasons()
                .forEach(
                        reason -> reasons.addObject().put("rule", reason.rule()).put("text", Words.sentence(reason)));
        json.putObject("owner")
                .put("name", notice.owner().name())
                .put("source", notice.owner().source());
        announced(json, notice.announced());
        words(json, item);
    }

    private static void announced(ObjectNode json, @Nullable Deadline announced) {
        if (announced == null) {
            json.putNull("announced");
        } else {
            json.putObject("announced")
                    .put("step", announced.step().label())
                    .put("at", announced.at().toString());
        }
    }

    private static void words(ObjectNode json, Item item) {
        json.put("state", item.state());
        json.put("name", item.name());
        json.put("happens", item.happens().plain());
        ArrayNode facts = json.putArray("facts");
        item.facts()
                .forEach(fact -> facts.addObject()
                        .put("name", fact.name())
                        .put("value", fact.value().plain()));
        ArrayNode steps = json.putArray("steps");
        item.steps().forEach(step -> steps.add(step.plain()));
        json.put("moreTime", plain(item.moreTime()));
        json.put("better", plain(item.better()));
        ArrayNode links = json.putArray("links");
        item.links()
                .forEach(link -> links.addObject()
                        .put("label", link.label())
                        .put("url", link.target().toString()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable String plain(@Nullable Text text) {
        return text == null ? null : text.plain();
    }
}
