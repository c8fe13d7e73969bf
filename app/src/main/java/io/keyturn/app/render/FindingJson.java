package io.keyturn.app.render;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Findings as {@code findings.schema.json} describes them. */
public final class FindingJson {
    private final JsonGenerator json;

    public FindingJson(JsonGenerator json) {
        this.json = json;
    }

    /** An object with all of it; {@code next} is the next step of the key, null where none is to come. */
    public void write(Finding finding, @Nullable Scheduled next) {
        json.writeStartObject();
        members(finding, next);
        json.writeEndObject();
    }

    /** The members of such an object, for one that has others besides. */
    public void members(Finding finding, @Nullable Scheduled next) {
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
    }

    void credential(CredentialId id) {
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

    void reasons(List<Reason> reasons) {
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

    void text(String name, @Nullable Object value) {
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
}
