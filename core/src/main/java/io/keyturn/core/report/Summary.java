package io.keyturn.core.report;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Preview;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The sums of a run, collected account by account; of the findings only those that will be shown are kept. */
public final class Summary {
    private final Instant now;
    private final boolean all;
    private final boolean narrowed;
    private final Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
    private final List<AccountRow> accounts = new ArrayList<>();
    private final List<Attention> shown = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Days days;
    private Preview preview = Preview.NONE;
    private int decisions;
    private boolean enforced;

    /**
     * Nothing yet.
     *
     * @param now the instant of the run
     * @param all whether to keep every finding for the list, not only those that need a decision
     * @param narrowed whether what is shown of an account may be less than all of it: then only users who have a key
     *     that is shown are counted
     */
    public Summary(Instant now, boolean all, boolean narrowed) {
        this.now = now;
        this.all = all;
        this.narrowed = narrowed;
        this.days = new Days(now);
    }

    /** Takes in what was found in an account; of it, only findings that pass {@code view}. */
    public void surveyed(Snapshot snapshot, List<Finding> findings, AccountPlan plan, Predicate<Finding> view) {
        Map<CredentialId, Scheduled> next = HashMap.newHashMap(plan.next().size());
        plan.next().forEach(step -> next.put(step.credential(), step));
        int[] ages = new int[AccountRow.BARS + 1];
        int keys = 0;
        int healthy = 0;
        int here = 0;
        Set<Principal> users = new HashSet<>();
        for (Finding finding : findings) {
            if (!view.test(finding)) {
                continue;
            }
            keys++;
            if (narrowed) {
                users.add(finding.credential().principal());
            }
            healthy += finding.standing() == Standing.HEALTHY ? 1 : 0;
            counts.merge(finding.standing(), 1, Integer::sum);
            Long age = finding.ageDays();
            if (age != null) {
                ages[(int) Math.clamp(age / AccountRow.DAYS_A_BAR, 0, AccountRow.BARS)]++;
            }
            Scheduled step = next.get(finding.credential());
            Attention row = new Attention(finding, snapshot.account().name(), step);
            boolean decide = row.needsDecision(now);
            here += decide ? 1 : 0;
            if (all || decide) {
                shown.add(row);
            }
            days.add(finding, step);
            preview = preview.plus(plan.ifEnforced().getOrDefault(finding.credential(), Preview.NONE));
        }
        decisions += here;
        enforced |= plan.stage() == Stage.ENFORCE;
        add(snapshot, narrowed ? users.size() : snapshot.users().size(), keys, healthy, ages, here);
    }

    private void add(Snapshot snapshot, int users, int keys, int healthy, int[] ages, int here) {
        Account account = snapshot.account();
        AccountRow.State state = AccountRow.State.WHOLE;
        String read = snapshot.via() == ReadVia.LIVE ? "whole, live" : "whole, " + old(snapshot.asOf());
        if (snapshot.reading() instanceof Reading.Partial(String why)) {
            state = AccountRow.State.PARTLY;
            read = why;
            unread.add(account.name() + " (" + account.id() + "): " + why);
        }
        snapshot.notes().forEach(note -> notes.add(account.name() + ": " + note));
        List<Integer> bars = new ArrayList<>();
        for (int count : ages) {
            bars.add(count);
        }
        accounts.add(new AccountRow(
                account.name(),
                account.id().value(),
                users,
                keys,
                healthy,
                bars,
                here,
                state,
                read,
                snapshot.via(),
                snapshot.asOf()));
    }

    private String old(Instant asOf) {
        Duration age = Duration.between(asOf, now);
        if (age.toMinutes() < 1) {
            return "just now";
        }
        return age.toMinutes() < 120 ? age.toMinutes() + " min old" : age.toHours() + " h old";
    }

    /** An account that could not be read. */
    public void failed(String label, String id, Problem problem) {
        unread.add(label + ": " + problem.sentence());
        accounts.add(empty(label, id, AccountRow.State.FAILED, problem.why()));
    }

    /** An account that is left out on purpose. */
    public void skipped(String label, String id, String why) {
        accounts.add(empty(label, id, AccountRow.State.SKIPPED, why));
    }

    private static AccountRow empty(String label, String id, AccountRow.State state, String why) {
        return new AccountRow(
                label, id, 0, 0, 0, Collections.nCopies(AccountRow.BARS + 1, 0), 0, state, why, null, null);
    }

    public Instant now() {
        return now;
    }

    public int count(Standing standing) {
        return counts.getOrDefault(standing, 0);
    }

    /** Keys of all standings. */
    public int keys() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Keys that need a decision within a week. */
    public int decisions() {
        return decisions;
    }

    /** Accounts by name, without regard to case. */
    public List<AccountRow> accounts() {
        return accounts.stream()
                .sorted(Comparator.comparing((AccountRow row) -> row.name().toLowerCase(Locale.ROOT))
                        .thenComparing(AccountRow::id))
                .toList();
    }

    /** The keys to show, in order; {@code zone} is that of the days they are ordered by. */
    public List<Attention> shown(ZoneId zone) {
        return shown.stream().sorted(Attention.order(zone)).toList();
    }

    /** Sentences of what could not be read, in order. */
    public List<String> unread() {
        return unread.stream().sorted().toList();
    }

    /** What a person should know of how accounts were read. */
    public List<String> notes() {
        return notes.stream().sorted().toList();
    }

    /** Whether every account that should be read was read whole. */
    public boolean complete() {
        return unread.isEmpty();
    }

    /** What enforcing today would do. */
    public Preview preview() {
        return preview;
    }

    /** Whether the stage of any account lets Keyturn switch keys off. */
    public boolean enforced() {
        return enforced;
    }

    /** The steps of the coming weeks. */
    public List<Week> weeks() {
        return days.weeks();
    }

    /** The same, day by day. */
    public List<Day> days() {
        return days.list();
    }
}
