package io.keyturn.app.evidence;

import io.keyturn.core.model.Target;
import io.keyturn.engine.journal.Scope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as the cells of a table say them. */
final class Cells {
    private Cells() {}

    /** Nothing where there is none. */
    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String key(@Nullable Target target) {
        return target == null ? "" : text(target.key());
    }

    /** What a decision holds for. */
    static String scope(Scope scope) {
        return switch (scope) {
            case Scope.All all -> "everything";
            case Scope.OfAccount account -> "account " + account.account();
            case Scope.OfUnit unit -> "unit " + unit.path();
            case Scope.OfPlan plan -> "plan " + plan.hash();
            case Scope.OfTarget(Target target) ->
                (target.key() == null ? "user " : "key of user ") + target.name() + " in account " + target.account();
        };
    }
}
