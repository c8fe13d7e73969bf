package io.keyturn.proof.simulation;

import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.port.Channel;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a life is about: the keys there are, what the policy says of them, and when runs come. */
enum Scenario {
    /** From the first notice over the rotation to the last deletion. */
    ROTATION(List.of(new Kept("ann", 100, 0)), rotating(), 0, 1, 2, 1, 1, 2, 14, 1, 3, 1, 1, 4),
    /** The user has a second key, which nobody uses: no successor can be made. */
    TWO_KEYS(List.of(new Kept("ann", 100, 0), new Kept("ann", 50, 40)), rotating(), 0, 1, 2, 1, 1),
    /** A key nobody uses is announced and switched off. */
    DEACTIVATE_ONLY(List.of(new Kept("ann", 100, 60)), idle(Step.REMIND, Step.DEACTIVATE), 0, 1, 2, 1, 1),
    /** One that was switched off is announced once more and deleted; what led there is calm. */
    DELETE_ONLY(
            List.of(new Kept("ann", 100, 60)), idle(Step.REMIND, Step.DEACTIVATE, Step.DELETE), 3, 1, 2, 1, 1, 3, 1, 1),
    /** Somebody exempts the user when the successor is there, and withdraws that again. */
    POLICY_CHANGED(List.of(new Kept("ann", 100, 0)), rotating(), 0, 1, 2, 1, 1, 2, 14, 1, 3, 1, 1, 4),
    /** Two users with idle keys, a cap of one a day, and several runs on the day on which both are due. */
    CAPPED(List.of(new Kept("ann", 100, 60), new Kept("bob", 100, 70)), capped(), 0, 1, 2, 0, 1),
    /** A key in daily use, under a policy that switches idle ones off. */
    IN_USE(List.of(new Kept("ann", 100, 0)), idle(Step.REMIND, Step.DEACTIVATE), 0, 1, 2, 1, 1),
    /** One of the user's two keys lies idle. */
    ONE_OF_TWO(
            List.of(new Kept("ann", 100, 0), new Kept("ann", 90, 60)),
            idle(Step.REMIND, Step.DEACTIVATE),
            0,
            1,
            2,
            1,
            1),
    /** A key nobody uses is switched off for a while before it is for good; the notice is calm. */
    BROWNOUT(List.of(new Kept("ann", 100, 60)), brownout(), 1, 1, 2, 1, 1, 1, 1),
    /** An overdue key has a ticket until a person deletes the key. */
    TICKET(List.of(new Kept("ann", 100, 0)), ticketed(), 0, 0, 1, 1, 1),
    /** It is added to, closed while the user is exempt, opened again, and closed when a person deletes the key. */
    TICKET_AGAIN(List.of(new Kept("ann", 100, 0)), ticketed(), 0, 0, 7, 1, 1, 1, 1, 1, 1),
    /** Two keys in one ticket of their owner; a person deletes one, and later the other. */
    TICKET_OF_TWO(List.of(new Kept("ann", 100, 0), new Kept("ann", 95, 0)), ticketed(), 0, 0, 1, 1, 1, 1, 1, 1),
    /** The ticket is all that announces that an idle key is switched off, and is closed with that. */
    TICKET_ALONE(List.of(new Kept("ann", 100, 60)), idle(Step.TICKET, Step.DEACTIVATE), 0, 0, 2, 1, 1, 1),
    /** An idle key is announced to its owner and on a board, long before it is switched off. */
    BOARDED(List.of(new Kept("ann", 100, 60)), noticed(Duration.ofDays(10)), 0, 1, 1, 1, 5, 1, 2, 1, 1),
    /** AWS found the key leaked, and somebody is woken until a person deletes it. */
    LEAKED(List.of(new Kept("ann", 20, 0)), idle(Step.REMIND, Step.DEACTIVATE), 0, 0, 1, 1, 1),
    /** Two users of one account with idle keys; AWS throttles every call about one of them. */
    FAILING_USER(
            List.of(new Kept("ann", 100, 90), new Kept("bob", 100, 60)),
            idle(Step.REMIND, Step.DEACTIVATE),
            0,
            1,
            2,
            1,
            1,
            1),
    /** Two accounts of an organization with idle keys; AWS denies every call in one of them. */
    FAILING_ACCOUNT(
            List.of(new Kept("ann", 100, 60), new Kept("bob", 100, 90)),
            idle(Step.REMIND, Step.DEACTIVATE),
            0,
            1,
            2,
            1,
            1,
            1),
    /** Long random life, see {@link Year}: its users come by chance, and so does what they do. */
    YEAR(List.of(), year(), 0);

    /** Those that are gone through call by call. */
    static final Set<Scenario> SHORT = EnumSet.complementOf(EnumSet.of(YEAR));

    /** Those with tickets, whose readers hear of the end as well. */
    static final Set<Scenario> TICKETS = EnumSet.range(TICKET, TICKET_ALONE);

    /** A key that is there at the beginning: its age, and how long it was not used, in days; 0 is in use. */
    record Kept(String user, int age, int idle) {}

    private final List<Kept> kept;
    private final Rules rules;
    private final int calm;
    private final int[] runs;

    /** @param calm how many of the first runs nothing befalls */
    Scenario(List<Kept> kept, Rules rules, int calm, int... runs) {
        this.kept = kept;
        this.rules = rules;
        this.calm = calm;
        this.runs = runs;
    }

    List<Kept> kept() {
        return kept;
    }

    int calm() {
        return calm;
    }

    /** Days before each run. */
    int[] runs() {
        return runs.clone();
    }

    /** How many accounts there are. */
    int accounts() {
        return this == FAILING_ACCOUNT ? 2 : 1;
    }

    /** In which of them a user lives. */
    int accountOf(String user) {
        return this == FAILING_ACCOUNT && user.equals("bob") ? 1 : 0;
    }

    /** What every such call meets. */
    Fate.Kind always(Life life, Operation operation) {
        return switch (this) {
            case FAILING_USER -> Life.ANN.equals(operation.user()) ? Fate.Kind.THROTTLED : Fate.Kind.OK;
            case FAILING_ACCOUNT ->
                operation.account().equals(life.account("bob").id()) ? Fate.Kind.ACCESS_DENIED : Fate.Kind.OK;
            default -> Fate.Kind.OK;
        };
    }

    /** Whose key is due whatever fails for others; null where nothing does. */
    @Nullable
    String served() {
        return this == FAILING_USER ? "bob" : this == FAILING_ACCOUNT ? Life.ANN : null;
    }

    /** Whether one process makes all runs, until it dies; else each is made by its own. */
    boolean stays() {
        return this == YEAR;
    }

    /** Whether a tag spares a user. */
    boolean spares() {
        return rules.policies().getFirst().when() == Spared.NOT;
    }

    /** Whether somebody is woken for leaked keys, and for what Keyturn cannot do. */
    boolean alarms() {
        return this == LEAKED;
    }

    /** Whether somebody hears of all that owners hear of. */
    boolean boarded() {
        return this == BOARDED;
    }

    /** The managed policies of the users. */
    List<String> attached() {
        return this == LEAKED ? List.of("AWSCompromisedKeyQuarantineV3") : List.of();
    }

    /** What has a ticket of its own; null where none are filed. */
    TicketTools.@Nullable Each tickets() {
        return !TICKETS.contains(this) ? null : this == TICKET_OF_TWO ? TicketTools.Each.OWNER : TicketTools.Each.KEY;
    }

    /** When whoever was told of a key hears of the end as well. */
    Channel.Closing closing() {
        return TICKETS.contains(this) ? Channel.Closing.ALWAYS : Channel.Closing.NEVER;
    }

    /** What people do right before a run, counted from 1. */
    void befall(Life life, int run) {
        boolean deletes = switch (this) {
            case TICKET -> run == 2;
            case LEAKED -> run == 3;
            case TICKET_AGAIN -> run == 6;
            case TICKET_OF_TWO -> run == 3 || run == 5;
            default -> false;
        };
        if (deletes) {
            SimKey oldest = life.keys().stream()
                    .min(Comparator.comparing(SimKey::created))
                    .orElseThrow();
            life.forget(oldest.id());
            new AccessKeys(life.world).delete(life.account(), Life.ANN, oldest.id(), life.clock.instant());
        }
    }

    private boolean isExempt(int run) {
        return (this == POLICY_CHANGED && run >= 5 && run <= 7) || (this == TICKET_AGAIN && (run == 3 || run == 4));
    }

    /** What holds in a run, counted from 1. */
    Rules rules(int run) {
        if (!isExempt(run)) {
            return rules;
        }
        Exemption exemption =
                new Exemption(new ArnPattern("arn:aws:iam::*:user/ann"), "sec", "quarter end", LocalDate.MAX);
        return new Rules(
                rules.policies(),
                List.of(exemption),
                rules.stages(),
                rules.owners(),
                rules.caps(),
                rules.firstNotice(),
                rules.leaks());
    }

    private static Rotation days() {
        return new Rotation(List.of(), false, Duration.ofDays(2), Duration.ofDays(8), Duration.ofDays(3));
    }

    private static Rules rules(
            @Nullable Limit age, @Nullable Limit idle, Map<Capped, Caps> caps, Duration... brownout) {
        return new Rules(
                List.of(new Policy(
                        "people",
                        Condition.ALWAYS,
                        age,
                        idle,
                        Duration.ofDays(7),
                        days(),
                        Duration.ofDays(30),
                        false,
                        Duration.ofDays(30),
                        List.of(brownout))),
                List.of(),
                List.of(new StageRule(null, null, Stage.ENFORCE)),
                List.of(new OwnerRule.Tag("Owner")),
                caps,
                Duration.ofDays(2),
                true);
    }

    private static Rules rotating() {
        return Story.RULES;
    }

    private static Rules year() {
        Rules old = rotating();
        Policy people = old.policies().getFirst();
        Policy all = new Policy(
                people.name(),
                people.when(),
                people.age(),
                limit(Step.REMIND, Step.DEACTIVATE, Step.DELETE),
                people.remindEvery(),
                people.rotation(),
                people.inUseWindow(),
                false);
        return new Rules(
                List.of(all), List.of(), old.stages(), old.owners(), old.caps(), old.firstNotice(), old.leaks());
    }

    private static Limit limit(Step... steps) {
        List<Step> warned = steps[0] == Step.REMIND ? List.of(Step.REMIND) : List.of();
        return new Limit(Duration.ofDays(30), Duration.ofDays(45), warned, List.of(steps));
    }

    private static Rules idle(Step... steps) {
        return rules(null, limit(steps), Map.of());
    }

    private static Rules noticed(Duration before) {
        Rules rules = idle(Step.REMIND, Step.DEACTIVATE);
        return new Rules(
                rules.policies(),
                rules.exemptions(),
                rules.stages(),
                rules.owners(),
                rules.caps(),
                before,
                rules.leaks());
    }

    private static Rules ticketed() {
        Limit age = new Limit(
                Duration.ofDays(75), Duration.ofDays(90), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET));
        return rules(age, null, Map.of());
    }

    private static Rules brownout() {
        return rules(null, limit(Step.REMIND, Step.DEACTIVATE), Map.of(), Duration.ofHours(4));
    }

    private static Rules capped() {
        Caps one = new Caps(new Caps.Cap(1, Duration.ofDays(1)), null, null);
        return rules(null, limit(Step.REMIND, Step.DEACTIVATE), Map.of(Capped.DEACTIVATE, one));
    }
}
