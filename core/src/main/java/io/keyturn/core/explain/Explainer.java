package io.keyturn.core.explain;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Clue;
import io.keyturn.core.assess.Clues;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Maker;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.OwnerChain;
import io.keyturn.core.assess.OwnerZone;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.plan.SwitchedOnAgain;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.core.policy.Subject;
import io.keyturn.core.policy.UserClass;
import io.keyturn.core.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells why a user's keys stand as they do, by the same judgement and plan as every run: pure. */
public final class Explainer {
    private final Rules rules;
    private final History history;
    private final Habits habits;
    private final Clues clues;

    public Explainer(Rules rules, History history) {
        this(rules, history, Habits.NONE);
    }

    /** @param habits what runs saw of the uses of keys */
    public Explainer(Rules rules, History history, Habits habits) {
        this(rules, history, habits, Clues.NONE);
    }

    /** @param clues what was asked for of owners beside their users */
    public Explainer(Rules rules, History history, Habits habits, Clues clues) {
        this.clues = clues;
        this.rules = rules;
        this.history = history;
        this.habits = habits;
    }

    /** The story of each user in the Snapshot, in its order. */
    public List<UserStory> explain(Snapshot snapshot, Instant now) {
        List<Finding> findings = new Assessor(rules, habits, clues).assess(snapshot, history, now);
        AccountPlan plan = new Planner(rules, history).plan(snapshot.account(), findings, now);
        return snapshot.users().stream()
                .map(user -> story(snapshot.account(), user, findings, plan, now))
                .toList();
    }

    private UserStory story(Account account, User user, List<Finding> findings, AccountPlan plan, Instant now) {
        List<KeyStory> keys = new ArrayList<>();
        for (AccessKey key : user.keys().orElse(List.of())) {
            for (Finding finding : findings) {
                if (isOf(finding, key, user)) {
                    keys.add(key(finding, key, new Subject(account, user, key, now), plan));
                }
            }
        }
        return new UserStory(
                account,
                user,
                now,
                plan.stage(),
                Stages.lowering(account, rules, now),
                UserFacts.of(account, user),
                UserClass.judge(user),
                clues.of(user.id()),
                owners(user, now),
                rules.exemptions().stream()
                        .filter(exemption -> exemption.user().matches(user.arn()))
                        .toList(),
                history.holds(asAWhole(account, user), now),
                keys);
    }

    /** Names no key, so that only what is about all of the user's keys answers. */
    private static CredentialId asAWhole(Account account, User user) {
        Principal principal = new Principal.OfUser(user.name(), user.id(), user.arn());
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, account.id(), principal, null, null, null);
    }

    private static boolean isOf(Finding finding, AccessKey key, User user) {
        return finding.credential().principal().display().equals(user.name().value())
                && Objects.equals(finding.credential().keyId(), key.id())
                && key.created().equals(finding.credential().created())
                && Objects.equals(finding.credential().slot(), key.slot());
    }

    private List<OwnerLink> owners(User user, Instant now) {
        List<OwnerLink> links = new ArrayList<>();
        boolean ended = false;
        for (OwnerRule rule : rules.owners()) {
            String name = OwnerChain.source(rule);
            if (ended) {
                links.add(new OwnerLink(name, OwnerLink.Answer.NOT_ASKED, "not asked"));
                continue;
            }
            OwnerLink link = link(name, rule, user, now);
            ended = link.answer() != OwnerLink.Answer.NOBODY;
            links.add(link);
        }
        Escalation escalation = rules.escalation();
        if (escalation != null && links.stream().anyMatch(link -> link.answer() == OwnerLink.Answer.NAMED)) {
            links.add(escalated(escalation, user, now));
        }
        return links;
    }

    private OwnerLink escalated(Escalation escalation, User user, Instant now) {
        String name = "escalation after " + escalation.after().toDays() + " days of silence";
        return switch (new OwnerChain(escalation.to(), clues, OwnerZone.tag(rules)).of(user, now)) {
            case Fact.Known<Owner>(Owner owner, Instant asOf) ->
                new OwnerLink(name, OwnerLink.Answer.NAMED, owner.name());
            case Fact.NotRead<Owner>() -> new OwnerLink(name, OwnerLink.Answer.NOBODY, "names nobody");
            case Fact.Unknown<Owner>(String why) -> new OwnerLink(name, OwnerLink.Answer.NOBODY, why);
        };
    }

    /** A chain of one link answers as that link does in the whole chain. */
    private OwnerLink link(String name, OwnerRule rule, User user, Instant now) {
        return switch (new OwnerChain(List.of(rule), clues, OwnerZone.tag(rules)).of(user, now)) {
            case Fact.Known<Owner>(Owner owner, Instant asOf) ->
                new OwnerLink(name, OwnerLink.Answer.NAMED, named(owner, rule, user));
            case Fact.NotRead<Owner>() ->
                new OwnerLink(name, OwnerLink.Answer.NOBODY, rule.takesClue() ? nobody(rule, user) : "names nobody");
            case Fact.Unknown<Owner>(String why) ->
                rule instanceof OwnerRule.Tag && !(user.tags() instanceof Fact.Known<?>)
                        ? new OwnerLink(name, OwnerLink.Answer.UNKNOWN, why)
                        : new OwnerLink(name, OwnerLink.Answer.NOBODY, nobody(rule, user));
        };
    }

    private String named(Owner owner, OwnerRule rule, User user) {
        return rule instanceof OwnerRule.Creator
                        && clues.of(user.id()).maker() instanceof Fact.Known<Maker>(Maker maker, Instant asOf)
                ? owner.name() + ", who " + maker.said()
                : owner.name() + OwnerZone.told(owner, rule, user, OwnerZone.tag(rules));
    }

    private String nobody(OwnerRule rule, User user) {
        Clue clue = clues.of(user.id());
        return switch (rule) {
            case OwnerRule.Tag tag -> "the user has no such tag, or it is empty";
            case OwnerRule.Listed listed -> "does not list the user";
            case OwnerRule.MailName() -> "is no mail address";
            case OwnerRule.Creator() -> unanswered(clue.maker(), Maker::said);
            case OwnerRule.AccountTag tag ->
                unanswered(clue.accountTags(), tags -> "the account has no such tag, or it is empty");
            case OwnerRule.Contact contact ->
                unanswered(
                        clue.contacts().getOrDefault(contact.kind(), Fact.notRead()), mail -> "the account has none");
            case OwnerRule.Default standing -> "names nobody";
        };
    }

    /** Why a clue names nobody; one that could not be had does not end the chain. */
    private static <T> String unanswered(Fact<T> clue, Function<T, String> known) {
        return switch (clue) {
            case Fact.Known<T>(T value, Instant asOf) -> known.apply(value);
            case Fact.NotRead<T>() -> "not looked at";
            case Fact.Unknown<T>(String why) -> "not known, and the chain goes on: " + why;
        };
    }

    private KeyStory key(Finding finding, AccessKey key, Subject subject, AccountPlan plan) {
        Policy governing = finding.governedBy() == null ? null : rules.policy(finding.governedBy());
        return new KeyStory(
                finding,
                facts(finding, key, governing),
                policies(subject),
                governing,
                plan.next().stream()
                        .filter(next -> next.credential().equals(finding.credential()))
                        .findFirst()
                        .orElse(null),
                new Planner(rules, history).waitsForDecision(finding, subject.now()),
                SwitchedOnAgain.holds(history, finding, subject.now()),
                rotation(finding, governing));
    }

    private List<NamedFact> facts(Finding finding, AccessKey key, @Nullable Policy governing) {
        List<NamedFact> facts = new ArrayList<>(UserFacts.of(key));
        Duration enough = rules.ownHistory();
        if (enough != null && governing != null && governing.idle() != null) {
            facts.add(UserFacts.watched(finding.observed(), governing.idle().expire(), enough));
        }
        return facts;
    }

    private List<PolicyLink> policies(Subject subject) {
        List<PolicyLink> links = new ArrayList<>();
        boolean ended = false;
        for (Policy policy : rules.policies()) {
            if (ended) {
                links.add(link(policy, PolicyLink.Answer.NOT_ASKED, "", null));
                continue;
            }
            PolicyLink link = switch (policy.when().test(subject)) {
                case Verdict.Matches() -> link(policy, PolicyLink.Answer.GOVERNS, "", subject);
                case Verdict.DoesNotMatch() -> link(policy, PolicyLink.Answer.DOES_NOT_MATCH, "", subject);
                case Verdict.Undecided(String why, boolean failed) ->
                    link(policy, PolicyLink.Answer.UNDECIDED, why, subject);
            };
            ended = link.answer() != PolicyLink.Answer.DOES_NOT_MATCH;
            links.add(link);
        }
        return links;
    }

    private static PolicyLink link(Policy policy, PolicyLink.Answer answer, String why, @Nullable Subject subject) {
        return new PolicyLink(
                policy.name(),
                policy.when().source(),
                answer,
                why,
                subject == null ? List.of() : policy.when().seen(subject));
    }

    private static List<String> rotation(Finding finding, @Nullable Policy policy) {
        Rotation rotation = policy == null ? null : policy.rotation();
        if (rotation == null) {
            return List.of("its policy does not say how to rotate it");
        }
        List<String> needs = new ArrayList<>();
        needs.add("the secret goes to " + rotation.deliverTo() + ", readable by "
                + (rotation.readers().isEmpty() ? "nobody yet: name readers" : String.join(", ", rotation.readers()))
                + (rotation.selfFetch() ? ", and by the rotated user itself" : ""));
        needs.add("the stage rotate in its account, and "
                + String.join(
                        ", ", Action.permissions(Step.ROTATE).stream().sorted().toList()));
        needs.add("the old key stays for " + rotation.deactivateAfter().toDays()
                + " days from the first use of the new one, and is deleted "
                + rotation.deleteAfter().toDays() + " days later");
        if (finding.reasons().stream().anyMatch(Reason.TwoKeys.class::isInstance)) {
            needs.add("a free slot: the user has two keys already, and none is deleted to make room");
        }
        return needs;
    }
}
