package io.keyturn.app.compare;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.Words;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lacework's keycheck leaves two traces: when it told somebody, in its table, and keys that are switched off. */
final class KeycheckComparer implements Comparer {
    /** It runs every five minutes; an hour spares what a run or two left out. */
    private static final Duration CADENCE = Duration.ofHours(1);

    private final Rules rules;
    private int tickets;

    KeycheckComparer(Rules rules) {
        this.rules = rules;
    }

    @Override
    public List<Compared> compare(AccountOutcome.Surveyed found, List<Entry> past, Instant now) {
        Map<KeyId, Instant> told = new HashMap<>();
        for (Entry entry : past) {
            if (entry instanceof Entry.Notice notice && notice.target().key() != null) {
                told.merge(notice.target().key(), notice.stamp().at(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        List<Compared> rows = new ArrayList<>();
        for (Finding finding : found.findings()) {
            Policy policy = finding.governedBy() == null ? null : rules.policy(finding.governedBy());
            Limit limit = policy == null ? null : policy.age();
            KeyId key = finding.credential().keyId();
            if (policy == null || limit == null) {
                continue;
            }
            if (finding.age() == null || finding.active() == null) {
                String why = finding.reasons().stream().map(Words::sentence).collect(Collectors.joining("; "));
                rows.add(Compared.of(
                        finding.credential(), Act.TELL, Verdict.UNKNOWN, "not known", "leaves it as it is: " + why));
                continue;
            }
            Duration age = finding.age();
            if (limit.onWarn().contains(Step.REMIND) && finding.active()) {
                addIfAny(
                        rows, told(finding, limit, age, key == null ? null : told.get(key), policy.remindEvery(), now));
            }
            if (limit.onExpire().contains(Step.DEACTIVATE)) {
                addIfAny(rows, off(finding, limit, age));
            }
            if (limit.onWarn().contains(Step.TICKET) && finding.active() && age.compareTo(limit.warn()) >= 0) {
                tickets++;
            }
        }
        return rows;
    }

    private static void addIfAny(List<Compared> rows, @Nullable Compared row) {
        if (row != null) {
            rows.add(row);
        }
    }

    private static @Nullable Compared told(
            Finding finding, Limit limit, Duration age, @Nullable Instant last, Duration every, Instant now) {
        boolean due = age.compareTo(limit.warn()) >= 0;
        Duration since = last == null ? null : Duration.between(last, now);
        boolean recent = since != null && since.compareTo(every) < 0;
        String tool = last == null || since == null
                ? "no row tells that it told anybody"
                : "told its owner "
                        + (recent ? since.toHours() + " hours ago" : "last at " + last.truncatedTo(ChronoUnit.SECONDS));
        if (!due) {
            return recent
                    ? row(
                            finding,
                            Act.TELL,
                            Verdict.DIFFERENT,
                            tool,
                            "says nothing: " + age.toDays() + " days old, told of from "
                                    + limit.warn().toDays())
                    : null;
        }
        String why = age.toDays() + " days old, told of from " + limit.warn().toDays();
        if (recent) {
            return row(finding, Act.TELL, Verdict.SAME, tool, "tells its owner once in 24 hours: " + why);
        }
        Duration late = since == null ? age.minus(limit.warn()) : since.minus(every);
        return row(
                finding,
                Act.TELL,
                late.compareTo(CADENCE) < 0 ? Verdict.NOT_YET : Verdict.DIFFERENT,
                tool,
                "tells its owner: " + why);
    }

    private static @Nullable Compared off(Finding finding, Limit limit, Duration age) {
        Past past = Past.of(age, limit, "days old");
        boolean active = Boolean.TRUE.equals(finding.active());
        if (past != null) {
            return row(
                    finding,
                    Act.DEACTIVATE,
                    active ? past.verdict(CADENCE) : Verdict.SAME,
                    active ? "left it on" : "it is off",
                    "switches it off: " + past.why());
        }
        return active
                ? null
                : row(
                        finding,
                        Act.DEACTIVATE,
                        Verdict.DIFFERENT,
                        "it is off",
                        "leaves it on: " + age.toDays() + " days old, limit "
                                + limit.expire().toDays());
    }

    private static Compared row(Finding finding, Act act, Verdict verdict, String tool, String keyturn) {
        return Compared.of(finding.credential(), act, verdict, tool, keyturn);
    }

    @Override
    public List<String> notKnown() {
        List<String> sentences = new ArrayList<>();
        if (rules.policies().stream().anyMatch(policy -> tells(policy, Step.TICKET))) {
            sentences.add("which tickets keycheck filed: Jira is not asked here; Keyturn would see to it that "
                    + (tickets == 1 ? "one key has" : tickets + " keys have") + " an open one");
        }
        if (rules.policies().stream().anyMatch(policy -> tells(policy, Step.REMIND))) {
            sentences.add("whether Slack took the messages: keycheck writes its row where it did not, too");
        }
        sentences.add("who switched a key off: a key that a person switched off looks the same");
        sentences.add("what was told of keys that are gone or off now");
        return sentences;
    }

    private static boolean tells(Policy policy, Step step) {
        return policy.age() != null && policy.age().onWarn().contains(step);
    }
}
