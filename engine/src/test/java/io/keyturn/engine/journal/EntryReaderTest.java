package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryReaderTest {
    @Test
    void everyEntryComesBackAsItWas() throws EntryReader.Unreadable {
        for (Entry entry : JournalSamples.oneOfEach()) {
            Line line = EntryWriter.line("s", Head.EMPTY, entry);

            EntryReader.Read read = EntryReader.read(line.text());

            assertThat(read.entry()).isEqualTo(entry);
            assertThat(read.stream()).isEqualTo("s");
            assertThat(read.sequence()).isEqualTo(1);
            assertThat(read.previous()).isEqualTo(Head.EMPTY.hash());
        }
    }

    @Test
    void everyKindOfEntryIsAmongTheSamples() {
        assertThat(JournalSamples.oneOfEach())
                .extracting(Object::getClass)
                .containsAll(Arrays.asList(Entry.class.getPermittedSubclasses()));
    }

    @Test
    void aLineIsOneLineWhateverIsInIt() {
        JournalSamples.oneOfEach()
                .forEach(entry -> assertThat(
                                EntryWriter.line("s", Head.EMPTY, entry).text())
                        .doesNotContain("\n", "\r", "\u001b"));
    }

    @Test
    void aSingleLineOfANewerVersionIsNotTakenForADamagedOne() throws Exception {
        Line line = EntryWriter.line("s", Head.EMPTY, JournalSamples.intent("i"));
        assertThat(Entries.of(line)).isEqualTo(JournalSamples.intent("i"));
        for (StoreFailure.Kind kind : List.of(StoreFailure.Kind.NEWER, StoreFailure.Kind.DAMAGED)) {
            String text = kind == StoreFailure.Kind.NEWER
                    ? line.text().replaceFirst("\"v\":\\d+", "\"v\":99")
                    : line.text().substring(1);
            Line other =
                    new Line(line.stream(), line.sequence(), line.at(), text, line.hash(), line.user(), line.key());
            assertThatExceptionOfType(StoreFailure.class)
                    .isThrownBy(() -> Entries.of(other))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
        }
    }

    @Test
    void linesAreFoundByUserAndKey() {
        Line line = EntryWriter.line("s", Head.EMPTY, JournalSamples.intent("i"));

        assertThat(line.user()).isEqualTo("AIDAEXAMPLE1");
        assertThat(line.key()).isEqualTo("AKIAEXAMPLE000000001");
    }

    @Test
    void aLineOfALaterVersionIsToldFromADamagedOne() {
        String line =
                EntryWriter.line("s", Head.EMPTY, JournalSamples.intent("i")).text();

        assertThatThrownBy(() -> EntryReader.read(line.replace("\"v\":1", "\"v\":2")))
                .isInstanceOfSatisfying(
                        EntryReader.Unreadable.class,
                        unreadable -> assertThat(unreadable.newer).isTrue())
                .hasMessage("it is of version 2, this Keyturn knows 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "v":1                            | "w":1                  | it names no version
                    "kind":"intent"                  | "kind":"guess"         | no kind of entry is called "guess"
                    "verb":"create-key"              | "verb":"burn"          | "burn" is no verb
                    "id":"i"                         | "di":"i"               | it lacks "id"
                    "at":"2026-11-23T12:00:00.123Z"  | "at":"noon"            | could not be parsed
                    "account":"111122223333"         | "account":"1"          | an AWS account ID is twelve digits
                    {"v"                             | {{"v"                  | it is no JSON
                    """)
    void aDamagedLineSaysWhatIsWrongWithIt(String good, String bad, String why) {
        String line =
                EntryWriter.line("s", Head.EMPTY, JournalSamples.intent("i")).text();
        assertThat(line).contains(good);

        assertThatThrownBy(() -> EntryReader.read(line.replace(good, bad)))
                .isInstanceOf(EntryReader.Unreadable.class)
                .hasMessageContaining(why);
    }
}
