package io.keyturn.core.policy;

/** A condition that cannot be used: where it is wrong, in what way, and what would be right. */
public final class ConditionProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String advice;

    ConditionProblem(String message, int line, int column, String advice) {
        super(message);
        this.line = line;
        this.column = column;
        this.advice = advice;
    }

    /** The line of the expression, from 1. */
    public int line() {
        return line;
    }

    /** The column in that line, from 1. */
    public int column() {
        return column;
    }

    /** What would be right. */
    public String advice() {
        return advice;
    }
}
