package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameKeepingTest {
    @Test
    void it_keeps_in_everything_as_the_other_does() {
        List<String> all = Arrays.stream(Keeping.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .toList();

        assertThat(Arrays.stream(SameKeeping.class.getDeclaredMethods()).map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(all);
    }
}
