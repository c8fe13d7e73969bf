package io.keyturn.app.compare;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Principal;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.Words;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** aws-iam-sleuth leaves one trace: keys that are switched off. */
final class SleuthComparer implements Comparer {
    /** Its schedule runs on weekdays: from Friday to Monday. */
    private static final Duration CADENCE = Duration.ofDays(3);

    private final Rules rules;
    private final boolean acts;
    private int told;

    SleuthComparer(Rules rules) {
        this.rules = rules;
        this.acts = rules.policies().stream().anyMatch(SleuthComparer::switchesOff);
    }

    private static boolean switchesOff(Policy policy) {
        return policy.age() != null && policy.age().onExpire().contains(Step.DEACTIVATE);
    }

    @Override
    public List<Compared> compare(AccountOutcome.Surveyed found, List<Entry> past, Instant now) {
        List<Compared> rows = new ArrayList<>();
        for (Finding finding : found.findings()) {
            if (finding.credential().principal() instanceof Principal.OfUser) {
                key(finding).ifPresent(rows::add);
            }
        }
        return rows;
    }

    private Optional<Compared> key(Finding finding) {
        Boolean active = finding.active();
        String state = Boolean.TRUE.equals(active) ? "left it on" : "it is off";
        Policy policy = finding.governedBy() == null ? null : rules.policy(finding.governedBy());
        if (policy == null || active == null) {
            String why = finding.reasons().stream().map(Words::sentence).collect(Collectors.joining("; "));
            return row(finding, Verdict.UNKNOWN, active == null ? "not known" : state, "leaves it as it is: " + why);
        }
        Past past = Past.limits(finding, policy);
        if (Boolean.TRUE.equals(active) && past != null) {
            told++;
        }
        if (!acts) {
            return Optional.empty();
        }
        if (past != null) {
            return active
                    ? row(finding, past.verdict(CADENCE), state, "switches it off: " + past.why())
                    : row(finding, Verdict.SAME, state, "switches it off: " + past.why());
        }
        if (Past.undecided(finding, policy)) {
            return row(finding, Verdict.UNKNOWN, state, "leaves it as it is: its last use is not known");
        }
        return active ? Optional.empty() : row(finding, Verdict.DIFFERENT, state, leaves(policy));
    }

    private static String leaves(Policy policy) {
        return policy.age() == null
                ? "leaves it on: its user is exempt by the tag KeyAutoExpire"
                : "leaves it on: it is past neither limit";
    }

    private static Optional<Compared> row(Finding finding, Verdict verdict, String tool, String keyturn) {
        return Optional.of(Compared.of(finding.credential(), Act.DEACTIVATE, verdict, tool, keyturn));
    }

    @Override
    public List<String> notKnown() {
        List<String> sentences = new ArrayList<>();
        sentences.add("what sleuth posted to Slack and SNS: neither keeps it where Keyturn could read it");
        if (acts) {
            sentences.add("who switched a key off: a key that a person switched off looks the same");
        } else {
            sentences.add(
                    "sleuth switches nothing off as it is set (ENABLE_AUTO_EXPIRE), so its keys bear no trace of it;"
                            + " Keyturn would tell of " + told + (told == 1 ? " key" : " keys")
                            + " past a limit today");
        }
        return sentences;
    }
}
