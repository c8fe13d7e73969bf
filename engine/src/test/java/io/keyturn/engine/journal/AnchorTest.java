package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.ACCOUNT;
import static io.keyturn.engine.journal.JournalSamples.NOON;
import static io.keyturn.engine.journal.JournalSamples.intent;
import static io.keyturn.engine.journal.JournalSamples.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of a journal, kept elsewhere. */
class AnchorTest {
    private static MemoryJournalStore journal(String... intents) throws StoreFailure {
        MemoryJournalStore store = new MemoryJournalStore();
        AccountJournal journal = AccountJournal.open(store, ACCOUNT.value(), entry -> {});
        for (String id : intents) {
            journal.record(List.of(intent(id), outcome(id)));
        }
        return store;
    }

    @Test
    void aJournalThatGrewSinceAgreesWithWhatWasAnchored() throws Exception {
        MemoryJournalStore store = journal("i-1", "i-2");
        Anchor anchor = Anchor.of(store, NOON);
        AccountJournal.open(store, ACCOUNT.value(), entry -> {}).record(List.of(intent("i-3")));

        assertThat(anchor.lines()).isEqualTo(4);
        assertThat(Anchor.parse(anchor.json())).contains(anchor);
        anchor.check(store, "s3://anchors/a.json");
    }

    @Test
    void aJournalThatWasWrittenAnewDoesNotThoughItsOwnChainHolds() throws Exception {
        Anchor anchor = Anchor.of(journal("i-1", "i-2"), NOON);

        assertThatThrownBy(() -> anchor.check(journal("i-1", "i-other", "i-3"), "s3://anchors/a.json"))
                .hasMessage(
                        "could not trust line 4 of the journal of 111122223333: the anchor s3://anchors/a.json names"
                                + " another: it, or a line before it, was written anew; the journal was changed after that anchor was made:"
                                + " find out by whom, and restore it from a copy of before");
        assertThatThrownBy(() -> anchor.check(journal("i-1"), "s3://anchors/a.json"))
                .hasMessageContaining("it is not there any more");
        assertThatThrownBy(() -> anchor.check(null, "s3://anchors/a.json"))
                .hasMessageContaining("it is not there any more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"schema\":\"https://keyturn.io/schema/anchor/1\"}",
                "{\"at\":\"2026-11-23T12:00:00Z\"}"
            })
    void whatIsNoAnchorIsNone(String text) {
        assertThat(Anchor.parse(text)).isEmpty();
    }
}
