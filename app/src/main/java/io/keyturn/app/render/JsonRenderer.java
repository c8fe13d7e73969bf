package io.keyturn.app.render;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Words;
import io.keyturn.engine.run.AccountOutcome;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes findings as JSON while accounts end: nothing of them is kept. The schema is {@code findings.schema.json};
 * {@code accounts} and {@code complete} come last, so that whoever has read {@code complete} has read everything.
 */
public final class JsonRenderer implements Renderer {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/findings/1";

    private final JsonGenerator json;
    private final List<AccountEnd> accounts = new ArrayList<>();
    private final List<Scheduled> held = new ArrayList<>();

    /** What stays of an account until the end. */
    private record AccountEnd(
            @Nullable String id,
            String name,
            @Nullable String partition,
            @Nullable String readVia,
            @Nullable String asOf,
            boolean complete,
            @Nullable String problem,
            @Nullable String skipped,
            List<String> notes) {}

    public JsonRenderer(Writer out) {
        json = JsonMapper.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .build()
                .writer()
                .with(OnePerLine.printer())
                .createGenerator(out);
        json.writeStartObject();
        json.writeStringProperty("schema", SCHEMA);
        json.writeArrayPropertyStart("findings");
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                Map<CredentialId, Scheduled> next =
                        HashMap.newHashMap(found.plan().next().size());
                found.plan().next().forEach(step -> next.put(step.credential(), step));
                found.findings().stream()
                        .filter(view)
                        .forEach(finding -> finding(finding, next.get(finding.credential())));
                held.addAll(Held.of(found, view));
                accounts.add(end(found.snapshot()));
            }
            case AccountOutcome.Skipped(String label, String id, String why) ->
                accounts.add(new AccountEnd(blank(id), label, null, null, null, true, null, why, List.of()));
            case AccountOutcome.Failed failed ->
                accounts.add(new AccountEnd(
                        blank(failed.id()),
                        failed.label(),
                        null,
                        null,
                        null,
                        false,
                        failed.problem().sentence(),
                        null,
                        List.of()));
        }
    }

    private static AccountEnd end(Snapshot snapshot) {
        Account account = snapshot.account();
        String why = snapshot.reading() instanceof Reading.Partial(String missing) ? missing : null;
        return new AccountEnd(
                account.id().value(),
                account.name(),
                account.partition().id(),
                snapshot.via().name().toLowerCase(Locale.ROOT),
                UtcText.of(snapshot.asOf()),
                why == null,
                why,
                null,
                snapshot.notes());
    }

    private static @Nullable String blank(String id) {
        return id.isEmpty() ? null : id;
    }

    private void finding(Finding finding, @Nullable Scheduled next) {
        json.writeStartObject();
        credential(finding.credential());
        if (finding.active() == null) {
            json.writeNullProperty("active");
        } else {
            json.writeBooleanProperty("active", finding.active());
        }
        text("created", finding.credential().created());
        number("ageDays", finding.ageDays());
        lastUse(finding.lastUse());
        number("idleDays", finding.idleDays());
        json.writeStringProperty("standing", finding.standing().label());
        text("governedBy", finding.governedBy());
        reasons(finding.reasons());
        owner(finding.owner());
        json.writeArrayPropertyStart("deadlines");
        finding.deadlines().forEach(this::deadline);
        json.writeEndArray();
        next(next);
        json.writeArrayPropertyStart("controls");
        finding.controls().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void credential(CredentialId id) {
        json.writeStringProperty("account", id.account().value());
        json.writeStringProperty("kind", id.kind().label());
        json.writeStringProperty("user", user(id));
        text("userId", id.principal() instanceof Principal.OfUser user ? user.id() : null);
        number("reportSlot", id.slot());
        KeyId key = id.keyId();
        text("keyId", key);
    }

    /** The user's name, or AWS's own word for the root user in a credential report. */
    static String user(CredentialId id) {
        return id.principal() instanceof Principal.OfUser user ? user.name().value() : "<root_account>";
    }

    private void lastUse(LastUse use) {
        switch (use) {
            case LastUse.Used used -> {
                json.writeObjectPropertyStart("lastUse");
                json.writeStringProperty("state", "used");
                json.writeStringProperty("at", UtcText.of(used.at()));
                json.writeStringProperty("service", used.service());
                json.writeStringProperty("region", used.region());
                json.writeEndObject();
            }
            case LastUse.NeverUsed() -> {
                json.writeObjectPropertyStart("lastUse");
                json.writeStringProperty("state", "never");
                json.writeEndObject();
            }
            case LastUse.Unknown unknown -> {
                if (unknown.equals(LastUse.NOT_READ)) {
                    json.writeNullProperty("lastUse");
                    return;
                }
                json.writeObjectPropertyStart("lastUse");
                json.writeStringProperty("state", "unknown");
                json.writeStringProperty("why", unknown.why());
                json.writeEndObject();
            }
        }
    }

    private void reasons(List<Reason> reasons) {
        json.writeArrayPropertyStart("reasons");
        for (Reason reason : reasons) {
            json.writeStartObject();
            json.writeStringProperty("rule", reason.rule());
            json.writeStringProperty("text", Words.sentence(reason));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void owner(Fact<Owner> owner) {
        switch (owner) {
            case Fact.Known<Owner>(Owner known, var asOf) -> {
                json.writeObjectPropertyStart("owner");
                json.writeStringProperty("name", known.name());
                json.writeStringProperty("source", known.source());
                json.writeEndObject();
            }
            case Fact.NotRead<Owner>() -> json.writeNullProperty("owner");
            case Fact.Unknown<Owner>(String why) -> {
                json.writeNullProperty("owner");
                json.writeStringProperty("ownerProblem", why);
            }
        }
    }

    private void deadline(Deadline deadline) {
        json.writeStartObject();
        json.writeStringProperty("step", deadline.step().label());
        json.writeStringProperty("limit", deadline.limit());
        json.writeStringProperty("at", UtcText.of(deadline.at()));
        json.writeEndObject();
    }

    private void next(@Nullable Scheduled next) {
        if (next == null) {
            json.writeNullProperty("next");
            return;
        }
        json.writeObjectPropertyStart("next");
        json.writeStringProperty("step", next.step().label());
        json.writeStringProperty("at", UtcText.of(next.at()));
        text("heldBy", next.heldBy() == null ? null : next.heldBy().label());
        json.writeEndObject();
    }

    private void text(String name, @Nullable Object value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value.toString());
        }
    }

    private void number(String name, @Nullable Number value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value.longValue());
        }
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        json.writeEndArray();
        if (planAsked) {
            json.writeArrayPropertyStart("actions");
            plan.actions().forEach(action -> action(action, null));
            json.writeEndArray();
            json.writeArrayPropertyStart("deferred");
            plan.deferred().forEach(deferred -> action(deferred.action(), deferred));
            json.writeEndArray();
            json.writeArrayPropertyStart("held");
            held.forEach(this::held);
            json.writeEndArray();
            json.writeStringProperty("hash", plan.hash());
        }
        json.writeArrayPropertyStart("accounts");
        accounts.forEach(this::account);
        json.writeEndArray();
        json.writeBooleanProperty("complete", accounts.stream().allMatch(AccountEnd::complete));
        json.writeEndObject();
        json.writeRaw("\n");
        json.close();
    }

    private void action(Action action, Plan.@Nullable Deferred deferred) {
        json.writeStartObject();
        json.writeStringProperty("action", action.verb());
        credential(action.credential());
        reasons(action.reasons());
        if (deferred != null) {
            json.writeStringProperty("cap", deferred.cap());
            json.writeNumberProperty("limit", deferred.limit());
            json.writeNumberProperty("selected", deferred.selected());
            json.writeNumberProperty("total", deferred.total());
        }
        json.writeEndObject();
    }

    private void held(Scheduled next) {
        Hold hold = next.hold();
        json.writeStartObject();
        json.writeStringProperty("step", next.step().label());
        credential(next.credential());
        json.writeStringProperty("at", UtcText.of(next.at()));
        text("why", hold == null ? null : hold.why());
        text("until", hold == null ? null : hold.until());
        json.writeEndObject();
    }

    private void account(AccountEnd account) {
        json.writeStartObject();
        text("id", account.id());
        json.writeStringProperty("name", account.name());
        text("partition", account.partition());
        text("readVia", account.readVia());
        text("asOf", account.asOf());
        json.writeBooleanProperty("complete", account.complete());
        text("problem", account.problem());
        text("skipped", account.skipped());
        json.writeArrayPropertyStart("notes");
        account.notes().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }
}
