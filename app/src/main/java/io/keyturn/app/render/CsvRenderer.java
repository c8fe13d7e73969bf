package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.report.Words;
import io.keyturn.engine.run.AccountOutcome;
import java.io.Writer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one line for each finding; what could not be read is a line of its own, so that no file looks whole that is not. */
public final class CsvRenderer implements Renderer {
    private static final List<String> HEAD = List.of(
            "account",
            "accountName",
            "kind",
            "user",
            "userId",
            "reportSlot",
            "keyId",
            "active",
            "created",
            "ageDays",
            "lastUse",
            "idleDays",
            "standing",
            "governedBy",
            "reasons",
            "owner",
            "controls");

    private final CsvTable rows;

    public CsvRenderer(Writer out) {
        rows = new CsvTable(out, HEAD);
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                String name = found.snapshot().account().name();
                found.findings().stream().filter(view).forEach(finding -> row(finding, name));
                if (found.snapshot().reading() instanceof Reading.Partial(String why)) {
                    unread(found.snapshot().account().id().value(), name, "not everything was read: " + why);
                }
            }
            case AccountOutcome.Skipped skipped -> {
                // It is left out on purpose and has nothing to list.
            }
            case AccountOutcome.Failed failed ->
                unread(failed.id(), failed.label(), failed.problem().sentence());
        }
    }

    private void unread(String id, String name, String why) {
        write(id, name, "account", "", "", "", "", "", "", "", "", "", "unknown", "", why, "", "");
    }

    private void row(Finding finding, String accountName) {
        CredentialId id = finding.credential();
        write(
                id.account().value(),
                accountName,
                id.kind().label(),
                FindingJson.user(id),
                id.principal() instanceof Principal.OfUser user ? user.id().value() : "",
                said(id.slot()),
                said(id.keyId()),
                said(finding.active()),
                said(id.created()),
                said(finding.ageDays()),
                lastUse(finding.lastUse()),
                said(finding.idleDays()),
                finding.standing().label(),
                said(finding.governedBy()),
                finding.reasons().stream().map(Words::sentence).collect(Collectors.joining("; ")),
                finding.owner().map(Owner::name).orElse(""),
                String.join("; ", finding.controls()));
    }

    private static String said(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String lastUse(LastUse use) {
        return switch (use) {
            case LastUse.Used used -> used.at().toString();
            case LastUse.NeverUsed() -> "never";
            case LastUse.Unknown unknown -> unknown.equals(LastUse.NOT_READ) ? "" : "unknown";
        };
    }

    private void write(String... cells) {
        rows.row(List.of(cells));
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        rows.close();
    }
}
