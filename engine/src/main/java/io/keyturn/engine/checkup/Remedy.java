package io.keyturn.engine.checkup;

import java.util.List;

/**
 * What to add to a policy.
 *
 * @param to whose policy, in words
 * @param accounts labels of the accounts where; empty where it is of no single account
 */
public record Remedy(String to, List<String> accounts, List<Statement> statements) {
    public Remedy {
        accounts = List.copyOf(accounts);
        statements = List.copyOf(statements);
    }
}
