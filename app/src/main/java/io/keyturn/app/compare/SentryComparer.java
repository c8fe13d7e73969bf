package io.keyturn.app.compare;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Principal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** serverless-iam-key-sentry leaves no trace in AWS: only a list that it published can be compared, if somebody has it. */
final class SentryComparer implements Comparer {
    private final int days;
    private final Map<String, List<Long>> published;
    private final boolean known;
    private int listed;

    /**
     * @param days from this age on a key is in the list
     * @param published the ages in the tool's list, by user
     * @param known whether there is such a list
     */
    SentryComparer(int days, Map<String, List<Long>> published, boolean known) {
        this.days = days;
        this.published = Map.copyOf(published);
        this.known = known;
    }

    @Override
    public List<Compared> compare(AccountOutcome.Surveyed found, List<Entry> past, Instant now) {
        Map<String, List<Finding>> ours = new TreeMap<>();
        for (Finding finding : found.findings()) {
            Long age = finding.ageDays();
            if (age != null && age >= days && finding.credential().principal() instanceof Principal.OfUser user) {
                ours.computeIfAbsent(user.name().value(), name -> new ArrayList<>())
                        .add(finding);
                listed++;
            }
        }
        List<Compared> rows = new ArrayList<>();
        if (known) {
            Map<String, List<Long>> theirs = new HashMap<>(published);
            ours.forEach((user, findings) -> rows.addAll(user(findings, theirs.remove(user))));
            theirs.forEach((user, ages) -> ages.forEach(age -> rows.add(gone(user, age))));
        }
        return rows;
    }

    /** A user's keys, oldest first on both sides: the list has no IDs. */
    private List<Compared> user(List<Finding> findings, @Nullable List<Long> named) {
        List<Compared> rows = new ArrayList<>();
        List<Long> ages = named == null
                ? List.of()
                : named.stream().sorted(Comparator.reverseOrder()).toList();
        findings.sort(Comparator.comparing(Finding::ageDays, Comparator.nullsLast(Comparator.reverseOrder())));
        for (int i = 0; i < Math.max(findings.size(), ages.size()); i++) {
            if (i >= findings.size()) {
                rows.add(gone(findings.getFirst().credential().principal().display(), ages.get(i)));
                continue;
            }
            Finding finding = findings.get(i);
            long age = finding.ageDays() == null ? 0 : finding.ageDays();
            String lists = "lists it: " + age + " days old, limit " + days;
            if (i < ages.size()) {
                rows.add(Compared.of(
                        finding.credential(),
                        Act.LIST,
                        Verdict.SAME,
                        "listed it with " + ages.get(i) + " days",
                        lists));
            } else {
                // On its first day over the limit the tool may not have run yet.
                Verdict verdict = age > days ? Verdict.DIFFERENT : Verdict.NOT_YET;
                rows.add(Compared.of(finding.credential(), Act.LIST, verdict, "did not list it", lists));
            }
        }
        return rows;
    }

    private static Compared gone(String user, long age) {
        return new Compared(
                user,
                null,
                Act.LIST,
                Verdict.DIFFERENT,
                "listed a key of " + age + " days",
                "lists none: the user has no such key now, or it was deleted since");
    }

    @Override
    public List<String> notKnown() {
        return known
                ? List.of("whether the topic's subscribers got the list")
                : List.of(
                        "what sentry published: neither SNS nor IAM keeps it, so nothing can be compared by itself; Keyturn"
                                + " would publish " + listed + (listed == 1 ? " key" : " keys") + " today",
                        "give what sentry returned or mailed: --compare-with FILE");
    }
}
