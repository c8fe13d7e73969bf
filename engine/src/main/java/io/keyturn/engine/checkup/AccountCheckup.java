package io.keyturn.engine.checkup;

import io.keyturn.core.policy.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was tried in one account.
 *
 * @param id its number; empty where even that is not known
 * @param label how people know it
 * @param stage how far the configuration lets Keyturn go there; null where the account could not be entered
 */
public record AccountCheckup(
        String id, String label, @Nullable Stage stage, List<Check> checks) {
    public AccountCheckup {
        checks = List.copyOf(checks);
    }

    /** Whether all that is needed works. */
    public boolean works() {
        return checks.stream().noneMatch(Check::inTheWay);
    }

    /** What accounts are alike in: the same results, whatever their own numbers are. */
    Object likeness() {
        List<Check> numberless = checks.stream()
                .map(check -> new Check(
                        check.role(),
                        check.name(),
                        check.result(),
                        check.needed(),
                        id.isEmpty() ? check.said() : check.said().replace(id, "#"),
                        check.missing()))
                .toList();
        return new Likeness(stage, numberless);
    }

    private record Likeness(@Nullable Stage stage, List<Check> checks) {}
}
