package io.keyturn.app.findings;

import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.report.Words;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of a key in other systems, and by what it is known there from run to run. */
final class KeyText {
    private KeyText() {}

    /** The key, its user and its standing, in a few words. */
    static String title(Finding finding) {
        KeyId key = finding.credential().keyId();
        return Safe.text("Access key of " + finding.credential().principal().display()
                + (key == null ? "" : " · " + key.lastFour()) + " is " + Words.of(finding.standing()));
    }

    /** Why it stands so, and whose it is. */
    static String description(Finding finding) {
        String why = finding.reasons().isEmpty()
                ? "within its limits"
                : finding.reasons().stream().map(Words::sentence).collect(Collectors.joining("; "));
        String owner = switch (finding.owner()) {
            case Fact.Known<Owner>(Owner known, var asOf) -> ". Owner: " + known.name();
            case Fact.NotRead<Owner>() -> "";
            case Fact.Unknown<Owner>(String unknown) -> ". Owner not known: " + unknown;
        };
        return Safe.text(why + owner + ".");
    }

    /**
     * Names the finding, the same in every run: by user and creation, for the key's ID is not read in each.
     *
     * @param framework by whose controls it is judged; null where by Keyturn's policies
     */
    static String uid(Finding finding, @Nullable String framework) {
        CredentialId id = finding.credential();
        String user = id.principal() instanceof Principal.OfUser of ? of.id().value() : "root";
        String key = id.created() == null
                ? id.slot() == null ? "keys" : "slot-" + id.slot()
                : Long.toString(id.created().getEpochSecond());
        return "keyturn/" + (framework == null ? "policies" : framework) + "/" + id.account() + "/" + user + "/" + key;
    }

    /** The key's ID, or where that was not read the name of its finding. */
    static String key(Finding finding) {
        KeyId key = finding.credential().keyId();
        return key == null ? uid(finding, null) : key.value();
    }

    /** What to do about it. */
    static String advice(Finding finding) {
        return switch (finding.standing()) {
            case LEAKED -> "Deactivate the key now, and find out what was done with it.";
            case EXPIRED, WARNED ->
                "Replace the key by a role where that can be, else rotate it; delete it if nobody needs it.";
            case ROTATING -> "Put the new key in use; the old one is switched off after its grace.";
            case UNKNOWN -> "Give the reading role what it lacks, and read again.";
            case INACTIVE, EXEMPT, HEALTHY -> "Nothing is to be done.";
        };
    }
}
