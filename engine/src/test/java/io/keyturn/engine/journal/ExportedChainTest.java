package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportedChainTest {
    private static final String STREAM = Streams.of(JournalSamples.ACCOUNT);

    private final MemoryJournalStore store = new MemoryJournalStore();
    private List<String> lines = List.of();

    @BeforeEach
    void write() throws Exception {
        AccountJournal.open(store, STREAM, entry -> {})
                .record(List.of(
                        JournalSamples.intent("i-1"), JournalSamples.outcome("i-1"), JournalSamples.intent("i-2")));
        lines = store.read(STREAM, 0, 10).stream().map(Line::text).toList();
    }

    private static ExportedChain follow(List<String> lines) throws StoreFailure {
        ExportedChain chain = new ExportedChain(STREAM, "evidence.zip");
        for (String line : lines) {
            chain.follow(line);
        }
        return chain;
    }

    @Test
    void the_lines_alone_lead_to_the_head_of_the_store_and_hold_what_was_written() throws Exception {
        assertThat(follow(lines).head()).isEqualTo(store.head(STREAM));
        assertThat(new ExportedChain(STREAM, "evidence.zip").follow(lines.getFirst()))
                .isEqualTo(JournalSamples.intent("i-1"));
    }

    @Test
    void a_changed_line_shows_at_the_next_one_and_of_the_last_line_at_the_head() throws Exception {
        List<String> changed = new ArrayList<>(lines);
        changed.set(1, lines.get(1).replace("done", "failed"));
        assertThatThrownBy(() -> follow(changed))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("trust line 3")
                .hasMessageContaining("it does not follow line 2 as that one now stands");

        changed.set(1, lines.get(1));
        changed.set(2, lines.get(2).replace("i-2", "i-3"));
        assertThat(follow(changed).head()).isNotEqualTo(store.head(STREAM));
    }

    @Test
    void a_line_that_is_gone_and_one_that_is_no_line_are_named() {
        assertThatThrownBy(() -> follow(List.of(lines.get(0), lines.get(2))))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("trust line 2");
        assertThatThrownBy(() -> follow(List.of("{}")))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("it names no version");
    }
}
