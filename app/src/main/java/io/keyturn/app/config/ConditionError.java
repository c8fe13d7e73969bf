package io.keyturn.app.config;

/** A condition that cannot be used. */
public final class ConditionError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String right;
    private final int line;
    private final int column;

    /** {@code line} and {@code column} count within the condition, from 1; {@code right} may be empty. */
    public ConditionError(String message, String right, int line, int column) {
        super(message);
        this.right = right;
        this.line = line;
        this.column = column;
    }

    /** What would be right. */
    public String right() {
        return right;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
