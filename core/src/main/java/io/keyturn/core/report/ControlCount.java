package io.keyturn.core.report;

import io.keyturn.core.model.Standing;
import java.util.Collection;
import java.util.List;

/**
 * A control that auditors ask for, and how many keys break it.
 *
 * @param says what it asks
 * @param cis its number in the CIS AWS Foundations Benchmark 7.0; where that has none, the last version that had one
 * @param hub its number in AWS Security Hub; empty where it has none
 */
public record ControlCount(String says, String cis, String hub, int broken) {
    private static final String OLDER_THAN_90_DAYS = "SecurityHub IAM.3";

    /** The controls, each with the name by which findings tell that it is broken. */
    private static final List<Known> KNOWN = List.of(
            new Known("No root access key", "2.4", "IAM.4", "SecurityHub IAM.4"),
            new Known("Rotated within 90 days", "2.12", "IAM.3", OLDER_THAN_90_DAYS),
            new Known("Unused for 45 days: off", "2.11", "IAM.22", "SecurityHub IAM.22"),
            new Known("Unused for 90 days: off", "", "IAM.8", "SecurityHub IAM.8"),
            new Known("One active key a user", "6.0: 2.12", "", "CIS-6.0 2.12"));

    private record Known(String says, String cis, String hub, String control) {}

    /** All controls that are judged, with the keys of these that break them. */
    public static List<ControlCount> of(Collection<Attention> keys) {
        return KNOWN.stream()
                .map(known -> new ControlCount(known.says, known.cis, known.hub, (int) keys.stream()
                        .filter(key -> key.finding().controls().contains(known.control))
                        .count()))
                .toList();
    }

    /** Keys that are older than 90 days, which auditors do not accept, and not overdue, since their policies allow it. */
    public static int tolerated(Collection<Attention> keys) {
        return (int) keys.stream()
                .map(Attention::finding)
                .filter(finding -> finding.controls().contains(OLDER_THAN_90_DAYS))
                .filter(finding -> finding.standing() == Standing.HEALTHY
                        || finding.standing() == Standing.WARNED
                        || finding.standing() == Standing.EXEMPT)
                .count();
    }
}
