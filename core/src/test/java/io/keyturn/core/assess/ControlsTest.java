package io.keyturn.core.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlsTest {
    @Test
    void everyFrameworkIsNamedOnce() {
        assertThat(Controls.FRAMEWORKS)
                .containsExactly("CIS-1.4", "CIS-3.0", "CIS-5.0", "CIS-6.0", "CIS-7.0", "SecurityHub")
                .containsAll(Controls.ROOT_KEY.stream()
                        .map(control -> control.split(" ")[0])
                        .toList());
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
