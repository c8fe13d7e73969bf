package io.keyturn.core.explain;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a user's keys is told next, if nothing happens until then: by the same judgement and plan as every
 * run, as if the stage let them be told. Pure.
 *
 * @param at the instant it is due, never before it was asked for
 * @param said one entry a key, in the plan's order; never empty
 */
public record NextNotice(Instant at, List<Said> said) {
    /** Days that are looked at one by one: further off, only deadlines are. */
    private static final int IN_SIGHT = 400;

    /** What is told of one key. */
    public record Said(Finding finding, Action.Remind remind) {}

    public NextNotice {
        said = List.copyOf(said);
    }

    /**
     * The next one.
     *
     * @param key the one key of the story's user that it is asked of; null for all of them
     * @return empty where none is in sight
     */
    public static Optional<NextNotice> of(Rules rules, History history, UserStory story, @Nullable KeyId key) {
        Rules speaking = rules.at(Stage.NOTIFY);
        Instant now = story.now();
        TreeSet<Instant> instants = new TreeSet<>();
        for (int day = 0; day <= IN_SIGHT; day++) {
            instants.add(now.plus(Duration.ofDays(day)));
        }
        for (Finding finding : assess(speaking, history, story, now)) {
            finding.deadlines().stream().map(Deadline::at).forEach(instants::add);
        }
        return instants.tailSet(now).stream()
                .map(at -> new NextNotice(at, at(speaking, history, story, key, at)))
                .filter(next -> !next.said().isEmpty())
                .findFirst();
    }

    private static List<Said> at(Rules rules, History history, UserStory story, @Nullable KeyId key, Instant at) {
        List<Finding> findings = assess(rules, history, story, at);
        List<Said> said = new ArrayList<>();
        for (Action action :
                new Planner(rules, history).plan(story.account(), findings, at).due()) {
            boolean asked = key == null || key.equals(action.credential().keyId());
            if (asked && action instanceof Action.Remind remind) {
                findings.stream()
                        .filter(finding -> finding.credential().equals(remind.credential()))
                        .forEach(finding -> said.add(new Said(finding, remind)));
            }
        }
        return said;
    }

    private static List<Finding> assess(Rules rules, History history, UserStory story, Instant at) {
        Snapshot alone = new Snapshot(
                story.account(),
                ReadVia.LIVE,
                at,
                Reading.COMPLETE,
                List.of(),
                Fact.<RootKeys>notRead(),
                List.of(story.user()));
        return story.assessor(rules).assess(alone, history, at);
    }
}
