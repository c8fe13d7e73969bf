package io.keyturn.app.config;

/** A condition that cannot be used. */
public final class ConditionError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** {@code line} and {@code column} count within the condition, from 1. */
    public ConditionError(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
