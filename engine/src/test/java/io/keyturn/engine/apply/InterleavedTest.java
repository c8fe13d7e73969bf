package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTest {
    @Test
    void everybodysFirstComesBeforeAnybodysSecond() {
        assertThat(Interleaved.of(List.of("a1", "a2", "a3", "b1", "c1", "c2"), word -> word.substring(0, 1)))
                .containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
        assertThat(Interleaved.of(List.<String>of(), word -> word)).isEmpty();
    }
}
