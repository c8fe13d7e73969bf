package io.keyturn.core.assess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Controls of compliance frameworks that a key can break. Sources: CIS AWS Foundations Benchmark 1.4 to 7.0; AWS Security Hub's
 * controls IAM.3, IAM.4, IAM.8 and IAM.22 with the requirements of PCI DSS 4.0.1, NIST 800-53r5 and 800-171r2 that it relates to
 * them. Frameworks that name no days (NIST CSF 2.0, SOC 2, ISO 27001:2022, and all but CIS and NIST of the root user's key) are
 * read with those of the others.
 */
public final class Controls {
    /** The frameworks that have controls here, as their names stand before those of the controls. */
    public static final List<String> FRAMEWORKS = List.of(
            "CIS-1.4",
            "CIS-3.0",
            "CIS-5.0",
            "CIS-6.0",
            "CIS-7.0",
            "SecurityHub",
            "PCI-DSS-4.0.1",
            "NIST-800-53r5",
            "NIST-800-171r2",
            "NIST-CSF-2.0",
            "SOC-2",
            "ISO-27001-2022");

    /** No root access key. */
    public static final List<String> ROOT_KEY = List.of(
            "CIS-1.4 1.4",
            "CIS-3.0 1.4",
            "CIS-5.0 1.3",
            "CIS-6.0 2.3",
            "CIS-7.0 2.4",
            "SecurityHub IAM.4",
            "PCI-DSS-4.0.1 8.2.2",
            "NIST-800-53r5 AC-2(1)",
            "NIST-800-53r5 AC-3(15)",
            "NIST-800-53r5 AC-6",
            "NIST-800-171r2 3.1.5",
            "NIST-CSF-2.0 PR.AA-05",
            "SOC-2 CC6.1",
            "ISO-27001-2022 A.5.15");

    private static final List<String> UNUSED_45 = List.of(
            "CIS-1.4 1.12",
            "CIS-3.0 1.12",
            "CIS-5.0 1.11",
            "CIS-6.0 2.11",
            "CIS-7.0 2.11",
            "SecurityHub IAM.22",
            "NIST-800-171r2 3.1.2");
    private static final List<String> UNUSED_90 = List.of(
            "SecurityHub IAM.8",
            "PCI-DSS-4.0.1 8.2.6",
            "NIST-800-53r5 AC-2(1)",
            "NIST-800-53r5 AC-2(3)",
            "NIST-800-53r5 AC-3(15)",
            "NIST-CSF-2.0 PR.AA-01",
            "SOC-2 CC6.2",
            "ISO-27001-2022 A.5.15");
    private static final List<String> TWO_ACTIVE =
            List.of("CIS-1.4 1.13", "CIS-3.0 1.13", "CIS-5.0 1.12", "CIS-6.0 2.12");
    private static final List<String> OLDER_90 = List.of(
            "CIS-1.4 1.14",
            "CIS-3.0 1.14",
            "CIS-5.0 1.13",
            "CIS-6.0 2.13",
            "CIS-7.0 2.12",
            "SecurityHub IAM.3",
            "PCI-DSS-4.0.1 8.3.9",
            "PCI-DSS-4.0.1 8.6.3",
            "NIST-800-53r5 AC-2(1)",
            "NIST-800-53r5 AC-2(3)",
            "NIST-800-53r5 AC-3(15)",
            "NIST-CSF-2.0 PR.AA-01",
            "SOC-2 CC6.1",
            "ISO-27001-2022 A.5.15");
    private static final List<List<String>> GROUPS = List.of(UNUSED_45, UNUSED_90, TWO_ACTIVE, OLDER_90);
    private static final List<List<String>> COMBINED = combine();

    private static final Duration DAYS_45 = Duration.ofDays(45);
    private static final Duration DAYS_90 = Duration.ofDays(90);

    private Controls() {}

    /** Those of the controls that belong to the framework. */
    public static List<String> within(List<String> controls, String framework) {
        return controls.stream()
                .filter(control -> framework(control).equals(framework))
                .toList();
    }

    private static String framework(String control) {
        return control.substring(0, control.indexOf(' '));
    }

    /**
     * What an active key of a user breaks.
     *
     * @param idle null where not known: then nothing is said of use
     * @param activeKeys how many active keys its user has
     */
    public static List<String> ofActiveKey(Duration age, @Nullable Duration idle, int activeKeys) {
        int broken = 0;
        if (idle != null && idle.compareTo(DAYS_45) >= 0) {
            broken |= 1;
        }
        if (idle != null && idle.compareTo(DAYS_90) >= 0) {
            broken |= 2;
        }
        if (activeKeys > 1) {
            broken |= 4;
        }
        if (age.compareTo(DAYS_90) > 0) {
            broken |= 8;
        }
        return COMBINED.get(broken);
    }

    /** The lists of every combination, made once: this is asked for every key. */
    private static List<List<String>> combine() {
        List<List<String>> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << GROUPS.size(); bits++) {
            List<String> controls = new ArrayList<>();
            for (int group = 0; group < GROUPS.size(); group++) {
                if ((bits & 1 << group) != 0) {
                    controls.addAll(GROUPS.get(group));
                }
            }
            // A control may ask for both, freshness and use.
            all.add(controls.stream().distinct().toList());
        }
        return List.copyOf(all);
    }
}
