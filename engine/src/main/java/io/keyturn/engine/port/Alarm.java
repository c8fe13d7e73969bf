package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;
import java.util.Map;

/**
 * Wakes somebody: for leaked keys, and for what Keyturn itself could not do; never for age. An alarm has a key, so that
 * raising it again makes no second one, and doing so after a doubt is safe.
 */
public interface Alarm extends AutoCloseable {
    /** How loud. */
    enum Severity {
        /** A key is out. */
        CRITICAL,
        /** Keyturn did not do its work. */
        ERROR
    }

    /** What came of it. */
    sealed interface Ringing {
        /** The service took it. */
        record Taken() implements Ringing {}

        /** The service did not take it. */
        record Refused(Problem problem) implements Ringing {}

        /** Nobody knows; asking again is safe. */
        record InDoubt(Problem problem) implements Ringing {}
    }

    /**
     * Raises the alarm, or says more of the one that is raised.
     *
     * @param key names what it is about, such as {@code leaked/111122223333/AIDA…}
     * @param summary one line
     * @param details facts by their names
     */
    Ringing raise(String key, Severity severity, String summary, Map<String, String> details)
            throws InterruptedException;

    /** Exactly what {@link #raise} would hand over, for people to look at; without secrets. */
    String preview(String key, Severity severity, String summary, Map<String, String> details);

    /** Ends it; nothing where none is raised. */
    Ringing resolve(String key) throws InterruptedException;

    @Override
    void close();
}
