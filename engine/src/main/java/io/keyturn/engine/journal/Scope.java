package io.keyturn.engine.journal;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Target;

/** What a decision holds for. */
public sealed interface Scope {
    /** Everything this store serves. */
    record All() implements Scope {}

    /** One account. */
    record OfAccount(AccountId account) implements Scope {}

    /** An organizational unit and everything below, by its path. */
    record OfUnit(String path) implements Scope {}

    /** One user, or one key of it. */
    record OfTarget(Target target) implements Scope {}

    /** One plan, by its whole hash. */
    record OfPlan(String hash) implements Scope {}
}
