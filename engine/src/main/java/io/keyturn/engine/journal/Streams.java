package io.keyturn.engine.journal;

import io.keyturn.core.model.AccountId;

/** Names of the journal's streams: one an account, so that accounts never wait for each other, and one for all of them. */
public final class Streams {
    /** Decisions that hold for more than one account. */
    public static final String ORGANIZATION = "organization";

    private Streams() {}

    /** The stream of an account. */
    public static String of(AccountId account) {
        return account.value();
    }

    /** The stream that an entry belongs to. */
    public static String of(Entry entry) {
        return switch (entry) {
            case Entry.Intent intent -> of(intent.target().account());
            case Entry.Outcome outcome -> of(outcome.target().account());
            case Entry.Notice notice -> of(notice.target().account());
            case Entry.Decision decision ->
                decision.kind() == Entry.Decision.Kind.LOWER_STAGE ? ORGANIZATION : of(decision.scope());
        };
    }

    private static String of(Scope scope) {
        return switch (scope) {
            case Scope.All all -> ORGANIZATION;
            case Scope.OfUnit unit -> ORGANIZATION;
            case Scope.OfPlan plan -> ORGANIZATION;
            case Scope.OfAccount account -> of(account.account());
            case Scope.OfTarget target -> of(target.target().account());
        };
    }
}
