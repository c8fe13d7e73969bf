package io.keyturn.core.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one account held at one instant, and how fresh and complete the reading is.
 *
 * @param asOf the age of the oldest thing in it: a report's generation time, or the start of a live reading
 * @param notes what a person should know of how it was read, such as the permission that made it live
 * @param users in order of their names
 */
public record Snapshot(
        Account account,
        ReadVia via,
        Instant asOf,
        Reading reading,
        List<String> notes,
        Fact<RootKeys> root,
        List<User> users) {
    public Snapshot {
        notes = List.copyOf(notes);
        users = List.copyOf(users);
    }

    /** The same account with these users alone. */
    public Snapshot with(List<User> others) {
        return new Snapshot(account, via, asOf, reading, notes, root, others);
    }

    /** The same account with more that a person should know of how it was read. */
    public Snapshot noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return more.isEmpty() ? this : new Snapshot(account, via, asOf, reading, all, root, users);
    }

    /** The same account, known in part only because of {@code why} too, a sentence for people. */
    public Snapshot lacking(String why) {
        String all = reading instanceof Reading.Partial(String earlier) ? earlier + "; " + why : why;
        return new Snapshot(account, via, asOf, new Reading.Partial(all), notes, root, users);
    }

    /** The number of keys read, of users and root. */
    public int keyCount() {
        int count = root.map(keys -> keys.present() ? Math.max(1, keys.details().size()) : 0)
                .orElse(0);
        for (User user : users) {
            count += user.keys().orElse(List.of()).size();
        }
        return count;
    }
}
