package io.keyturn.engine.catalog;

import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Day;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as the last run saw it.
 *
 * @param counts its keys by standing
 * @param stage how far Keyturn may go in it; null where it was not read
 * @param days the steps of the coming days, if owners do nothing
 * @param notes what a person should know of how it was read
 * @param at when the run looked
 */
public record SeenAccount(
        AccountRow row,
        Map<Standing, Integer> counts,
        @Nullable Stage stage,
        List<Day> days,
        List<String> notes,
        Instant at) {
    /** By name without regard to case. */
    public static final Comparator<SeenAccount> BY_NAME = Comparator.comparing(
                    (SeenAccount account) -> account.row().name().toLowerCase(Locale.ROOT))
            .thenComparing(SeenAccount::id);

    public SeenAccount {
        counts = Map.copyOf(counts);
        days = List.copyOf(days);
        notes = List.copyOf(notes);
    }

    /** Its number, or how people know it where even that is not known. */
    public String id() {
        return row.id().isEmpty() ? row.name() : row.id();
    }

    /** How many of its keys stand so. */
    public int count(Standing standing) {
        return counts.getOrDefault(standing, 0);
    }

    /** Whether it was to be read, and was not read whole. */
    public boolean notWhole() {
        return row.state() == AccountRow.State.FAILED || row.state() == AccountRow.State.PARTLY;
    }

    /** The same account that could not be read at that time: what is known of its keys is of an earlier one. */
    public SeenAccount missed(String why, Instant when) {
        AccountRow earlier = row;
        AccountRow failed = new AccountRow(
                earlier.name(),
                earlier.id(),
                earlier.users(),
                earlier.keys(),
                earlier.healthy(),
                earlier.ages(),
                earlier.decisions(),
                AccountRow.State.FAILED,
                why,
                earlier.via(),
                earlier.asOf());
        return new SeenAccount(failed, counts, stage, days, notes, when);
    }
}
