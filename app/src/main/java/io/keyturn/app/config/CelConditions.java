package io.keyturn.app.config;

import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.UserNames;
import java.util.Optional;

/** Conditions in CEL. */
public final class CelConditions implements ConditionCompiler {
    @Override
    public Condition compile(String source) throws ConditionError {
        try {
            // Where only names are listed, there is no need to load CEL.
            Optional<UserNames> names = UserNames.read(source);
            return names.isPresent() ? names.get() : CelCondition.compile(source);
        } catch (ConditionProblem e) {
            throw new ConditionError(String.valueOf(e.getMessage()), e.advice(), e.line(), e.column());
        }
    }
}
