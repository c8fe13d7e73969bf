package io.keyturn.engine.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where journals are kept: streams of lines that only ever grow, and registers that change by compare-and-set. A store
 * knows nothing of what lines and registers mean, so that every adapter is small and all pass one suite of tests.
 * What a method has returned from is durable. Implementations are safe for use by several threads and processes.
 */
public interface JournalStore extends AutoCloseable {
    /**
     * One line of a stream.
     *
     * @param sequence from 1, without gaps
     * @param text one line of JSON, kept to the byte
     * @param hash SHA-256 of the text, in hexadecimal
     * @param user the ID of the user it is about, to be found by; null where it is about none
     * @param key the ID of the key it is about, to be found by; null where it is about none
     */
    record Line(
            String stream,
            long sequence,
            Instant at,
            String text,
            String hash,
            @Nullable String user,
            @Nullable String key) {}

    /** The last line of a stream: sequence 0 and {@link #EMPTY_HASH} where there is none. */
    record Head(long sequence, String hash) {
        public static final Head EMPTY = new Head(0, EMPTY_HASH);
    }

    /** What the first line of a stream follows. */
    String EMPTY_HASH = "0".repeat(64);

    /** A small named value; every change raises the version by one, from 1. */
    record Register(String name, long version, String value) {}

    /** Which lines are looked for; null is any. */
    record Query(
            @Nullable String stream,
            @Nullable String user,
            @Nullable String key,
            @Nullable Instant since) {
        public static final Query ALL = new Query(null, null, null, null);

        /** Whether the line is looked for. */
        public boolean matches(Line line) {
            return (stream == null || stream.equals(line.stream()))
                    && (user == null || user.equals(line.user()))
                    && (key == null || key.equals(line.key()))
                    && (since == null || !line.at().isBefore(since));
        }
    }

    /** The last line of a stream. */
    Head head(String stream) throws StoreFailure;

    /**
     * Appends lines of one stream, all or none.
     *
     * @param expected the head they follow; another one is a {@code CONFLICT}
     * @param fence the register that must still stand at its version, else it is {@code FENCED}; null asks for none
     * @throws StoreFailure {@code IN_DOUBT} where the store did not say whether the lines are in
     */
    void append(String stream, Head expected, @Nullable Register fence, List<Line> lines) throws StoreFailure;

    /** Up to {@code limit} lines after a sequence, in order. */
    List<Line> read(String stream, long after, int limit) throws StoreFailure;

    /** Every line that matches, stream by stream, each in order. */
    void find(Query query, Consumer<Line> sink) throws StoreFailure;

    /** Names of all streams that have a line, in order. */
    List<String> streams() throws StoreFailure;

    /** A register, empty where it was never written. */
    Optional<Register> register(String name) throws StoreFailure;

    /**
     * Writes a register that stands at a version, 0 where it was never written.
     *
     * @return the register as it stands now
     * @throws StoreFailure {@code CONFLICT} where it stands at another version
     */
    Register write(String name, long version, String value) throws StoreFailure;

    /** Where it is, for people: a file, a table. */
    String place();

    @Override
    void close();
}
