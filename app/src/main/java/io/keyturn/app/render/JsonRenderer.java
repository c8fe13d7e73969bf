package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
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
    private final FindingJson findings;
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
        findings = new FindingJson(json);
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
                        .forEach(finding -> findings.write(finding, next.get(finding.credential())));
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
        findings.credential(action.credential());
        findings.reasons(action.reasons());
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
        findings.credential(next.credential());
        json.writeStringProperty("at", UtcText.of(next.at()));
        findings.text("why", hold == null ? null : hold.why());
        findings.text("until", hold == null ? null : hold.until());
        json.writeEndObject();
    }

    private void account(AccountEnd account) {
        json.writeStartObject();
        findings.text("id", account.id());
        json.writeStringProperty("name", account.name());
        findings.text("partition", account.partition());
        findings.text("readVia", account.readVia());
        findings.text("asOf", account.asOf());
        json.writeBooleanProperty("complete", account.complete());
        findings.text("problem", account.problem());
        findings.text("skipped", account.skipped());
        json.writeArrayPropertyStart("notes");
        account.notes().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }
}
