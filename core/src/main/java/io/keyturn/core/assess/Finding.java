package io.keyturn.core.assess;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One credential's standing with its reasons.
 *
 * @param active null where the user's keys could not be read
 * @param age null where the creation is not known
 * @param idle time since the last use, or since creation where it was never used; null where not known
 * @param governedBy the policy that governs it; null where none does
 * @param owner known and {@code null}-free: {@code Unknown} where nobody is named or the tags were not readable
 * @param deadlines in order of time
 * @param controls of compliance frameworks it breaks, such as {@code CIS-5.0 1.13}
 * @param observed what runs saw of its uses; null where nothing was, or the rules do not ask
 */
public record Finding(
        CredentialId credential,
        @Nullable Boolean active,
        @Nullable Duration age,
        LastUse lastUse,
        @Nullable Duration idle,
        Standing standing,
        @Nullable String governedBy,
        List<Reason> reasons,
        Fact<Owner> owner,
        List<Deadline> deadlines,
        List<String> controls,
        @Nullable Observed observed) {
    /** Of a key whose uses nobody watched. */
    public Finding(
            CredentialId credential,
            @Nullable Boolean active,
            @Nullable Duration age,
            LastUse lastUse,
            @Nullable Duration idle,
            Standing standing,
            @Nullable String governedBy,
            List<Reason> reasons,
            Fact<Owner> owner,
            List<Deadline> deadlines,
            List<String> controls) {
        this(credential, active, age, lastUse, idle, standing, governedBy, reasons, owner, deadlines, controls, null);
    }

    public Finding {
        reasons = List.copyOf(reasons);
        deadlines = List.copyOf(deadlines);
        controls = List.copyOf(controls);
    }

    /** Who owns the key; null where nobody is known to. */
    public @Nullable Owner knownOwner() {
        return owner instanceof Fact.Known<Owner> known ? known.value() : null;
    }

    /** Whole days since creation, rounded down. */
    public @Nullable Long ageDays() {
        return age == null ? null : age.toDays();
    }

    /** Whole days without use, rounded down. */
    public @Nullable Long idleDays() {
        return idle == null ? null : idle.toDays();
    }
}
