package io.keyturn.bench;

import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Lease;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Intents a second onto a SQLite file, under a lease, in batches of a hundred, each forced to the disk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"})
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first.
public class JournalWriteBenchmark {
    private static final int BATCH = 100;

    private Path folder = Path.of("");
    private SqliteJournal store;
    private AccountJournal journal;
    private Lease lease;
    private int written;

    @Setup
    public void open() throws IOException, StoreFailure {
        folder = Files.createTempDirectory(JournalWorld.disk(), "journal");
        store = SqliteJournal.open(folder.resolve("journal.db"));
        String stream = Streams.of(JournalWorld.account(1));
        journal = AccountJournal.open(store, stream, entry -> {});
        if (!(new Leases(store, InstantSource.system(), "bench").acquire(stream)
                instanceof Leases.Answer.Granted(Lease granted))) {
            throw new IllegalStateException("a new file has no other worker");
        }
        lease = granted;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void intend() throws StoreFailure {
        journal.intend(lease, JournalWorld.intents(1, written, BATCH));
        written += BATCH;
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
