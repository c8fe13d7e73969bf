package io.keyturn.bench;

import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds that a new process takes to open a SQLite file of five million entries, a thousand accounts of five
 * thousand. The file (4 GB) is made once, in minutes, and kept for the next time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 5,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"})
public class JournalOpenBenchmark {
    private static final int ACCOUNTS = 1_000;
    private static final int ENTRIES = 5_000;
    private static final int ONE = 500;

    private final Path file = JournalWorld.disk().resolve("journal-5m.db");

    @Setup(Level.Trial)
    public void fill() throws StoreFailure {
        if (file.toFile().exists()) {
            return;
        }
        Path unfinished = Path.of(file + ".part");
        try (SqliteJournal store = SqliteJournal.open(unfinished)) {
            for (int account = 0; account < ACCOUNTS; account++) {
                AccountJournal.open(store, Streams.of(JournalWorld.account(account)), entry -> {})
                        .record(JournalWorld.intents(account, 0, ENTRIES));
            }
        }
        if (!unfinished.toFile().renameTo(file.toFile())) {
            throw new IllegalStateException("could not rename " + unfinished);
        }
    }

    /** The file and the heads of all accounts. */
    @Benchmark
    public int openAllHeads() throws StoreFailure {
        try (SqliteJournal store = SqliteJournal.open(file)) {
            int entries = 0;
            for (String stream : store.streams()) {
                entries += (int) store.head(stream).sequence();
            }
            return entries;
        }
    }

    /** The file and one account, every line of which is read and verified. */
    @Benchmark
    public Head openAccount() throws StoreFailure {
        try (SqliteJournal store = SqliteJournal.open(file)) {
            return AccountJournal.open(store, Streams.of(JournalWorld.account(ONE)), entry -> {})
                    .head();
        }
    }

    /** The file and what it holds about one key. */
    @Benchmark
    public int openAndFindKey() throws StoreFailure {
        AtomicInteger found = new AtomicInteger();
        try (SqliteJournal store = SqliteJournal.open(file)) {
            store.find(new Query(null, null, JournalWorld.key(ONE, 7).value(), null), line -> found.incrementAndGet());
        }
        return found.get();
    }
}
