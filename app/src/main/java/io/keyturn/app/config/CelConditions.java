package io.keyturn.app.config;

import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.ConditionProblem;

/** Conditions in CEL. */
public final class CelConditions implements ConditionCompiler {
    @Override
    public Condition compile(String source) throws ConditionError {
        try {
            return CelCondition.compile(source);
        } catch (ConditionProblem e) {
            throw new ConditionError(String.valueOf(e.getMessage()), e.advice(), e.line(), e.column());
        }
    }
}
