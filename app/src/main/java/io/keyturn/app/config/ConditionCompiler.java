package io.keyturn.app.config;

import io.keyturn.core.policy.Condition;

/** Turns the text of a condition into one that can be tested. */
public interface ConditionCompiler {
    /** Compiles {@code source}. */
    Condition compile(String source) throws ConditionError;
}
