package io.keyturn.app.findings;

import io.keyturn.core.assess.Controls;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a key counts in systems that know only passed and failed.
 *
 * @param controls what it breaks, such as {@code CIS-5.0 1.13}; empty where it passes
 */
record Grade(Result result, Severity severity, List<String> controls) {
    /** Whether a check passed. */
    enum Result {
        PASSED,
        /** Soon to fail. */
        WARNING,
        FAILED,
        /** Something needed to judge it was not read: neither passed nor failed. */
        UNKNOWN
    }

    /** How bad it is, by those words of AWS Security Hub that are used. */
    enum Severity {
        INFORMATIONAL,
        LOW,
        MEDIUM,
        CRITICAL
    }

    /**
     * By Keyturn's own policies, or by the controls of a framework where one is chosen: a key may be within its policy and
     * yet break a control, and the other way round.
     */
    static Grade of(Finding finding, @Nullable String framework) {
        Result result = framework == null ? ofStanding(finding.standing()) : ofControls(finding, framework);
        List<String> broken = framework == null ? finding.controls() : Controls.within(finding.controls(), framework);
        return new Grade(result, severity(finding, result), result == Result.PASSED ? List.of() : broken);
    }

    private static Result ofStanding(Standing standing) {
        return switch (standing) {
            case LEAKED, EXPIRED -> Result.FAILED;
            case WARNED, ROTATING -> Result.WARNING;
            case UNKNOWN -> Result.UNKNOWN;
            case INACTIVE, EXEMPT, HEALTHY -> Result.PASSED;
        };
    }

    private static Result ofControls(Finding finding, String framework) {
        if (finding.standing() == Standing.LEAKED
                || !Controls.within(finding.controls(), framework).isEmpty()) {
            return Result.FAILED;
        }
        // Every framework here has a control on unused keys, which nobody can say where the last use is not known.
        boolean undecided = finding.standing() == Standing.UNKNOWN
                || !Boolean.FALSE.equals(finding.active()) && finding.idle() == null;
        return undecided ? Result.UNKNOWN : Result.PASSED;
    }

    private static Severity severity(Finding finding, Result result) {
        return switch (result) {
            case PASSED -> Severity.INFORMATIONAL;
            case WARNING -> Severity.LOW;
            case UNKNOWN -> Severity.MEDIUM;
            case FAILED ->
                finding.standing() == Standing.LEAKED
                                || finding.reasons().stream().anyMatch(Reason.RootKey.class::isInstance)
                        ? Severity.CRITICAL
                        : Severity.MEDIUM;
        };
    }
}
