package io.keyturn.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerbTest {
    @Test
    void onlyWhatIsSaidOrFiledChangesNoKey() {
        assertThat(Stream.of(Verb.values()).filter(Verb::speaks))
                .containsExactlyInAnyOrder(Verb.REMIND, Verb.CLOSE_NOTICE, Verb.OPEN_TICKET, Verb.CLOSE_TICKET);
    }

    @Test
    void aWordHasDashes() {
        assertThat(Verb.CREATE_KEY.label()).isEqualTo("create-key");
    }
}
