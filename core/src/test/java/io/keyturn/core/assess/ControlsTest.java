package io.keyturn.core.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlsTest {
    @Test
    void everyFrameworkIsNamedOnceAndSpeaksOfRootAndOfUnusedKeys() {
        List<String> unused = Controls.ofActiveKey(Duration.ofDays(90), Duration.ofDays(90), 1);

        assertThat(Controls.FRAMEWORKS).doesNotHaveDuplicates().hasSize(12).allSatisfy(framework -> {
            assertThat(Controls.within(Controls.ROOT_KEY, framework)).isNotEmpty();
            assertThat(Controls.within(unused, framework)).isNotEmpty();
        });
        assertThat(Controls.ROOT_KEY).allMatch(control -> Controls.FRAMEWORKS.contains(control.split(" ")[0]));
    }

    @Test
    void aControlOnBothAgeAndUseIsBrokenOnce() {
        List<String> broken = Controls.ofActiveKey(Duration.ofDays(200), Duration.ofDays(100), 2);

        assertThat(broken).doesNotHaveDuplicates().hasSize(28);
        assertThat(Controls.within(broken, "NIST-800-53r5"))
                .containsExactly("NIST-800-53r5 AC-2(1)", "NIST-800-53r5 AC-2(3)", "NIST-800-53r5 AC-3(15)");
        assertThat(Controls.within(broken, "PCI-DSS-4.0.1"))
                .containsExactly("PCI-DSS-4.0.1 8.2.6", "PCI-DSS-4.0.1 8.3.9", "PCI-DSS-4.0.1 8.6.3");
        assertThat(Controls.within(broken, "SOC-2")).containsExactly("SOC-2 CC6.2", "SOC-2 CC6.1");
        assertThat(Controls.within(Controls.ofActiveKey(Duration.ofDays(200), Duration.ZERO, 1), "NIST-800-171r2"))
                .isEmpty();
    }

    @Test
    void theControlsOfAFrameworkAreItsOwnAlone() {
        List<String> broken = Controls.ofActiveKey(Duration.ofDays(200), Duration.ofDays(100), 2);

        assertThat(Controls.within(broken, "SecurityHub"))
                .containsExactly("SecurityHub IAM.22", "SecurityHub IAM.8", "SecurityHub IAM.3");
        assertThat(Controls.within(broken, "CIS-7.0")).containsExactly("CIS-7.0 2.11", "CIS-7.0 2.12");
        assertThat(Controls.within(List.of(), "CIS-7.0")).isEmpty();
    }
}
