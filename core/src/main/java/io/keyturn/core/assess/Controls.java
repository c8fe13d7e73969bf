package io.keyturn.core.assess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Controls of compliance frameworks that a key can break: CIS AWS Foundations 1.4 to 7.0 and AWS Security Hub. */
public final class Controls {
    /** No root access key. */
    public static final List<String> ROOT_KEY =
            List.of("CIS-1.4 1.4", "CIS-3.0 1.4", "CIS-5.0 1.3", "CIS-6.0 2.3", "CIS-7.0 2.4", "SecurityHub IAM.4");

    private static final List<String> UNUSED_45 = List.of(
            "CIS-1.4 1.12", "CIS-3.0 1.12", "CIS-5.0 1.11", "CIS-6.0 2.11", "CIS-7.0 2.11", "SecurityHub IAM.22");
    private static final List<String> UNUSED_90 = List.of("SecurityHub IAM.8");
    private static final List<String> TWO_ACTIVE =
            List.of("CIS-1.4 1.13", "CIS-3.0 1.13", "CIS-5.0 1.12", "CIS-6.0 2.12");
    private static final List<String> OLDER_90 = List.of(
            "CIS-1.4 1.14", "CIS-3.0 1.14", "CIS-5.0 1.13", "CIS-6.0 2.13", "CIS-7.0 2.12", "SecurityHub IAM.3");
    private static final List<List<String>> GROUPS = List.of(UNUSED_45, UNUSED_90, TWO_ACTIVE, OLDER_90);
    private static final List<List<String>> COMBINED = combine();

    private static final Duration DAYS_45 = Duration.ofDays(45);
    private static final Duration DAYS_90 = Duration.ofDays(90);

    /** The frameworks that have controls here, as their names stand before those of the controls. */
    public static final List<String> FRAMEWORKS =
            OLDER_90.stream().map(Controls::framework).toList();

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
            all.add(List.copyOf(controls));
        }
        return List.copyOf(all);
    }
}
