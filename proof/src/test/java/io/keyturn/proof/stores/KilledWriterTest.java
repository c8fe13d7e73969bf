package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes the journal on disk is killed with SIGKILL, again and again, and never loses what it reported. */
class KilledWriterTest {
    private static final int KILLS = 8;
    private static final int MOST_BATCHES = 60;
    private static final long SEED = 20261123;
    private static final Pattern REPORT = Pattern.compile("\\d+ [0-9a-f]{64}");

    @TempDir
    Path folder;

    @Test
    void whatWasReportedAsWrittenIsThereAfterEveryKillAndNoBatchIsTorn() throws Exception {
        Random random = new Random(SEED);
        Path file = folder.resolve("journal.db");
        Head reported = Head.EMPTY;
        for (int round = 0; round < KILLS; round++) {
            reported = killAfter(random.nextInt(MOST_BATCHES), file, round, reported);
            try (SqliteJournal store = SqliteJournal.open(file)) {
                // Opening follows the chain from its first line and refuses the first that does not fit.
                Head head =
                        AccountJournal.open(store, Intents.STREAM, entry -> {}).head();
                assertThat(head.sequence())
                        .as("round %d of seed %d", round, SEED)
                        .isGreaterThanOrEqualTo(reported.sequence());
                assertThat(head.sequence() % AppendingProcess.BATCH).isZero();
                assertThat(store.read(Intents.STREAM, reported.sequence() - 1, 1))
                        .extracting(Line::hash)
                        .containsExactly(reported.hash());
            }
        }
        assertThat(reported.sequence()).isGreaterThan(KILLS * AppendingProcess.BATCH);
    }

    /** Kills a writer once it has reported so many batches, wherever it is by then; what it reported last of all. */
    private static Head killAfter(int batches, Path file, int round, Head before)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        file.toString(),
                        "round-" + round)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Head last = before;
        try (BufferedReader reports = writer.inputReader(StandardCharsets.UTF_8)) {
            String line;
            for (int seen = 0; (line = reports.readLine()) != null; seen++) {
                if (seen == batches) {
                    // Through its handle: the process itself would close its stream, and lose its last reports.
                    writer.toHandle().destroyForcibly();
                }
                // The last one may have been cut off.
                if (REPORT.matcher(line).matches()) {
                    String[] report = line.split(" ");
                    last = new Head(Long.parseLong(report[0]), report[1]);
                }
            }
        }
        assertThat(writer.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
        return last;
    }
}
