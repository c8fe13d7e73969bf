package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;

/** One account of a run, or why it is none. */
public sealed interface AccountEntry {
    /** How people know it: name and number as far as they are known. */
    String label();

    /** Its number, or empty where even that is not known. */
    String id();

    /** It can be read; {@code id} is its number, or empty where even that is not known yet. */
    record Readable(String label, String id, AccountReader reader) implements AccountEntry {}

    /** It is left out on purpose: suspended, closed, or excluded by configuration; {@code id} is its number. */
    record Skipped(String label, String id, String why) implements AccountEntry {}

    /** It should be read and cannot be; {@code id} is its number, or empty where even that is not known. */
    record Unreachable(String label, String id, Problem problem) implements AccountEntry {}
}
