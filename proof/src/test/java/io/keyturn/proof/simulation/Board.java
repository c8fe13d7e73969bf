package io.keyturn.proof.simulation;

import io.keyturn.core.model.Placement;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.sandbox.world.SimKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges tickets, and what is said when a key needs nobody any more, by the world's own keys. */
final class Board {
    private final Life life;
    private final Verdict verdict;
    private Map<String, SimulatedJira.Issue> before = new HashMap<>();
    private Set<String> overdue = Set.of();
    private int ends;
    /** How many letters had arrived when this run began. */
    private int arrivedBefore;

    /** Takes in what was found. */
    interface Verdict {
        void expect(boolean holds, String promise, String about);
    }

    Board(Life life, Verdict verdict) {
        this.life = life;
        this.verdict = verdict;
    }

    /** What another life's judge has seen so far. */
    Board(Board other, Life life, Verdict verdict) {
        this(life, verdict);
        before.putAll(other.before);
        overdue = other.overdue;
        ends = other.ends;
        arrivedBefore = other.arrivedBefore;
    }

    /** A run begins. */
    void beforeRun() {
        arrivedBefore = life.letters.arrived.size();
        if (life.scenario().tickets() != null) {
            overdue =
                    life.keys().stream().map(SimKey::id).filter(this::isOverdue).collect(Collectors.toSet());
        }
    }

    /** Looks at what changed since the last look. */
    void observe() {
        while (ends < life.letters.ends.size()) {
            ended(life.letters.ends.get(ends++));
        }
        List<SimulatedJira.Issue> issues = life.jira.issues;
        if (isAsBefore(issues)) {
            return;
        }
        Set<String> open = new HashSet<>();
        Map<String, SimulatedJira.Issue> now = new HashMap<>();
        for (SimulatedJira.Issue issue : issues) {
            now.put(issue.name(), issue);
            verdict.expect(
                    issue.done() || open.add(issue.marker()), "19: a second ticket of the same is open", issue.name());
            SimulatedJira.Issue was = before.get(issue.name());
            if (was != null && !was.done() && issue.done()) {
                issue.keys()
                        .forEach(key -> verdict.expect(
                                !isOverdue(key), "8: the ticket of a key that is overdue was closed", key));
            }
        }
        before = now;
    }

    private boolean isAsBefore(List<SimulatedJira.Issue> issues) {
        if (issues.size() != before.size()) {
            return false;
        }
        for (SimulatedJira.Issue issue : issues) {
            if (!issue.equals(before.get(issue.name()))) {
                return false;
            }
        }
        return true;
    }

    /** Somebody heard that a key needs nobody any more. */
    private void ended(SimulatedLetters.Letter end) {
        String key = keyOf(end);
        verdict.expect(!isOverdue(key), "8: it was said that an overdue key needs nobody", key);
        Instant told = life.letters.arrived.stream()
                .filter(letter -> keyOf(letter).equals(key))
                .map(SimulatedLetters.Letter::at)
                .max(Instant::compareTo)
                .orElse(Instant.MAX);
        verdict.expect(told != Instant.MAX, "19: somebody heard of the end who had not heard of the key", key);
        long often = life.letters.ends.stream()
                .filter(other -> keyOf(other).equals(key) && !other.at().isBefore(told))
                .count();
        verdict.expect(often <= 1, "19: the end was said more than once", key);
    }

    static String keyOf(SimulatedLetters.Letter letter) {
        return String.valueOf(letter.notice().finding().credential().keyId());
    }

    private boolean isOverdue(String id) {
        SimKey key = life.keys().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(null);
        if (key == null || !key.active()) {
            return false;
        }
        String arn = life.arnOfKey(id);
        if (life.rules().exemptions().stream()
                .anyMatch(exemption -> exemption.user().matches(arn))) {
            return false;
        }
        Policy policy = life.rules().policies().getFirst();
        Instant used = key.lastUsed() == null ? key.created() : key.lastUsed();
        return isOver(policy.age(), key.created()) || isOver(policy.idle(), used);
    }

    private boolean isOver(@Nullable Limit limit, Instant since) {
        return limit != null && !since.plus(limit.expire()).isAfter(life.clock.instant());
    }

    /** Whether a ticket named the key and the step, a day that has come, and came early enough before it. */
    boolean announced(SimKey key, Step step, Duration time) {
        Instant now = life.clock.instant();
        return life.jira.issues.stream()
                .flatMap(issue -> issue.words().stream())
                .anyMatch(word -> word.key().equals(key.id())
                        && word.step().equals(step.name())
                        && !Instant.parse(word.due()).isAfter(now)
                        && !word.at().plus(time).isAfter(now.plusSeconds(1)));
    }

    /** What is said was written down before. */
    void beforeSending(List<Notice> notices, Written written) {
        notices.forEach(notice ->
                verdict.expect(written.isMeant(notice.id()), "15: something was said without an intent", notice.id()));
    }

    /** What is filed was written down before, and has no end yet. */
    void beforeFiling(String worker, Written written) {
        verdict.expect(written.isFiling(), "15: something was filed without an intent", worker);
    }

    /** What holds after a run that nothing befell. */
    void afterCalmRun() {
        heardOfAll();
        if (life.scenario().tickets() == null || !life.truth.stop().isEmpty()) {
            return;
        }
        for (SimKey key : life.keys()) {
            verdict.expect(
                    !isOverdue(key.id())
                            || life.jira.issues.stream()
                                    .anyMatch(issue ->
                                            !issue.done() && issue.keys().contains(key.id())),
                    "17: an overdue key has no ticket",
                    key.id());
        }
        for (SimulatedJira.Issue issue : life.jira.issues) {
            verdict.expect(
                    // What the run itself ended, the next one finds.
                    issue.done() || issue.keys().stream().anyMatch(key -> overdue.contains(key) || isOverdue(key)),
                    "17: the ticket of keys that need nobody is open still",
                    issue.name());
        }
    }

    /** Whatever an owner was told before this run, of a key that still needs them, the board has heard of by now. */
    private void heardOfAll() {
        if (!life.scenario().boarded() || !life.truth.stop().isEmpty()) {
            return;
        }
        for (SimulatedLetters.Letter letter : life.letters.arrived.subList(0, arrivedBefore)) {
            String id = letter.notice().id();
            String key = keyOf(letter);
            verdict.expect(
                    !isOverdue(key)
                            || life.letters.doubted.contains(id)
                            || life.letters.posted.stream()
                                    .anyMatch(post -> post.notice().id().equals(id)
                                            || (keyOf(post).equals(key)
                                                    && !post.at().isBefore(letter.at()))),
                    "13: a board never heard what an owner heard",
                    id);
        }
    }

    /** What is written at the end of a life is what was said. */
    void end(List<Entry> entries) {
        life.letters.posted.stream()
                .collect(Collectors.groupingBy(post -> post.notice().id(), Collectors.counting()))
                .forEach((id, often) -> verdict.expect(often <= 2, "19: a board heard the same more than twice", id));
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Notice notice
                when notice.placement() != Placement.FAILED && notice.placement() != Placement.DOUBTFUL ->
                    verdict.expect(wasSaid(notice), "15: what was not said is recorded as said", notice.id());
                case Entry.Outcome outcome
                when outcome.verb() == Verb.CLOSE_NOTICE
                        && outcome.result() == Entry.Result.DONE
                        && outcome.why().isEmpty() ->
                    verdict.expect(
                            life.letters.ends.stream()
                                    .anyMatch(end -> end.notice().id().equals(outcome.intent())),
                            "15: an end that was not said is recorded as said",
                            outcome.intent());
                default -> {
                    // It says nothing of what was said.
                }
            }
        }
    }

    private boolean wasSaid(Entry.Notice notice) {
        if (notice.channel().equals("board")) {
            return life.letters.posted.stream()
                    .anyMatch(post -> notice.id().equals(post.notice().id() + "/board"));
        }
        return notice.channel().equals("jira")
                ? life.jira.issues.stream()
                        .anyMatch(issue -> issue.name().equals(notice.reference())
                                && issue.marker().equals(notice.recipient())
                                && issue.keys()
                                        .contains(String.valueOf(notice.target().key())))
                : life.letters.arrived.stream()
                        .anyMatch(letter -> letter.notice().id().equals(notice.id()));
    }
}
