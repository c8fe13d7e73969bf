package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.Look;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.ShortIds;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Target;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan of the last run: looked at, narrowed, approved. */
final class PlanPage {
    /** As long as a plan in a file is valid. */
    private static final Duration HOLDS = Duration.ofDays(3);

    private static final int MOST = 500;

    private final Site site;

    PlanPage(Site site) {
        this.site = site;
    }

    /** A step of the plan; {@code number} is its place in it. */
    record Row(int number, String address, String user, String four, String account, String why, String more) {}

    /** All of one kind of step. */
    record Group(String look, String label, String note, List<Row> rows) {}

    Reply answer(Call call) throws StoreFailure {
        Optional<SeenPlan> made = site.catalog().plan();
        Frame frame = new Frame(site, call);
        frame.with("missing", made.isEmpty());
        if (made.isPresent()) {
            put(frame, made.get());
        }
        WorkValues.put(frame, site);
        frame.withOrEmpty("applied", AppliedPlan.of(site).orElse(null));
        return frame.page("plan", "plan", "Approvals");
    }

    private void put(Frame frame, SeenPlan plan) throws StoreFailure {
        List<SeenPlan.Row> changes = plan.changes();
        Approval approval = site.settings().acting().approval();
        SeenPlan.Brief brief = plan.brief();
        PlanVerdict said = site.verdict(brief);
        frame.with("changes", changes.size());
        frame.with("groups", groups(plan));
        frame.with("hash", PlanWords.hash(plan.hash()));
        frame.with("whole", PlanWords.whole(plan.hash()));
        frame.with("raw", plan.hash());
        frame.with("made", ReportDates.minute(plan.at()));
        frame.with("age", Rows.age(plan.at(), site.now()));
        frame.with("complete", plan.complete());
        frame.with("needed", approval.needed());
        List<String> approvers = PlanWords.approvers(said);
        frame.with("people", PlanWords.people(said));
        frame.with("approvers", approvers.stream().map(Safe::text).toList());
        frame.with("refused", PlanWords.refused(said));
        frame.with("brief", PlanWords.brief(brief));
        frame.with("deletions", brief.count(Step.DELETE));
        frame.with("messages", count(plan, "remind"));
        frame.with("tickets", count(plan, "open-ticket"));
        frame.with("others", others(plan));
        frame.with("more", Math.max(0, changes.size() - MOST));
        List<SeenPlan.Row> approved = site.approved(plan);
        frame.with("approved", approved.size());
        frame.with("approvedSteps", numbers(changes, approved));
    }

    /** The places in the plan of those that may be carried out: what somebody saw when they had it done. */
    private static String numbers(List<SeenPlan.Row> changes, List<SeenPlan.Row> approved) {
        return approved.stream()
                .map(row -> Integer.toString(changes.indexOf(row)))
                .collect(Collectors.joining(" "));
    }

    private static long count(SeenPlan plan, String verb) {
        return plan.rows().stream()
                .filter(row -> row.state() == SeenPlan.State.DUE && row.verb().equals(verb))
                .count();
    }

    private static List<Group> groups(SeenPlan plan) {
        Map<Step, Group> groups = new LinkedHashMap<>();
        for (Step step : List.of(Step.DEACTIVATE, Step.ROTATE, Step.DELETE)) {
            groups.put(
                    step,
                    new Group(
                            Look.of(step),
                            Look.capital(step.label()),
                            switch (step) {
                                case DEACTIVATE -> "reversible with keyturn undo";
                                case ROTATE -> "makes a key, delivers it, and waits";
                                case DELETE -> "not reversible";
                                case REMIND, TICKET -> "";
                            },
                            new ArrayList<>()));
        }
        int number = 0;
        for (SeenPlan.Row row : plan.changes()) {
            Group group = groups.get(row.step());
            if (group != null && number < MOST) {
                group.rows().add(row(number, row));
            }
            number++;
        }
        return groups.values().stream().filter(group -> !group.rows().isEmpty()).toList();
    }

    private static Row row(int number, SeenPlan.Row row) {
        KeyName name = KeyName.of(row);
        return new Row(
                number,
                name.address(),
                name.user(),
                name.four(),
                Safe.text(row.account()),
                ShortIds.of(Safe.text(row.why())),
                Safe.text(row.more() == null ? "" : row.more()));
    }

    /** What is due and waits for something else than approval. */
    private static List<Row> others(SeenPlan plan) {
        return plan.rows().stream()
                .filter(row -> row.state() != SeenPlan.State.DUE && !row.step().speaksOnly())
                .limit(MOST)
                .map(row -> row(0, row))
                .toList();
    }

    /** Approves what is ticked: the whole plan by its hash, or else each step by its key. */
    Reply approve(Call call) throws StoreFailure, Refused, Denied, InterruptedException {
        String why = Why.of(call);
        SeenPlan plan = shown(call, "approve", "approved");
        List<SeenPlan.Row> changes = plan.changes();
        List<SeenPlan.Row> ticked = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (call.form().all("step").contains(Integer.toString(i))) {
                ticked.add(changes.get(i));
            }
        }
        if (ticked.isEmpty()) {
            throw Denied.bad("No step is ticked, so nothing was approved.");
        }
        approve(plan, ticked, call, why);
        return Reply.to("/plan?done=approved");
    }

    /**
     * Each step by itself, so that it counts in the plan of the next run too, which tells nobody again what was told by
     * now; and last the plan, where that is all of it. An account's steps are approved together or not at all, and where
     * the journal fails between two accounts it is said how far it got.
     */
    private void approve(SeenPlan plan, List<SeenPlan.Row> steps, Call call, String why)
            throws StoreFailure, Refused, Denied, InterruptedException {
        String who = site.vouched(call.person());
        Instant until = site.now().plus(HOLDS);
        Map<AccountId, List<Decisions.KeyStep>> accounts = new LinkedHashMap<>();
        for (SeenPlan.Row row : steps) {
            Target target = Targets.of(row.credential());
            accounts.computeIfAbsent(target.account(), any -> new ArrayList<>())
                    .add(new Decisions.KeyStep(target, row.step()));
        }
        int approved = 0;
        try {
            for (List<Decisions.KeyStep> some : accounts.values()) {
                site.decide(decisions -> decisions.approve(some, who, why, until));
                approved += some.size();
            }
            if (steps.size() == plan.changes().size()) {
                site.decide(decisions -> decisions.approve(plan.hash(), plan.fingerprint(), who, why, until));
            }
        } catch (StoreFailure e) {
            if (approved == 0) {
                throw e;
            }
            throw new Denied(
                    503,
                    "Not all of it was approved",
                    approved + " of " + steps.size() + " steps are approved, each by itself, and nothing else: "
                            + e.problem().sentence() + ". Approve again: what is approved stays so.");
        }
    }

    /** Approves all of it, for programs. */
    Reply approveWhole(Call call) throws StoreFailure, Refused, Denied, InterruptedException {
        String why = Why.of(call);
        SeenPlan plan = shown(call, "approve", "approved");
        approve(plan, plan.changes(), call, why);
        return Reply.to("/plan?done=approved");
    }

    /** Refuses what it changes, all of it. */
    Reply refuse(Call call) throws StoreFailure, Refused, Denied {
        String why = Why.of(call);
        SeenPlan plan = shown(call, "refuse", "refused");
        if (plan.changes().isEmpty()) {
            throw new Denied(409, "Nothing waits", "That plan changes no key, so nothing was refused.");
        }
        String changes = plan.fingerprint() == null ? "" : plan.fingerprint();
        site.decide(decisions ->
                decisions.refuse(plan.hash(), changes, call.person().name(), why));
        return Reply.to("/plan?done=refused");
    }

    /** Has what was approved carried out at once, and nothing else. */
    Reply apply(Call call) throws StoreFailure, Refused, Denied {
        SeenPlan plan = shown(call, "apply", "applied");
        List<SeenPlan.Row> approved = site.approved(plan);
        if (approved.isEmpty()) {
            throw new Denied(
                    409,
                    "Nothing is approved",
                    "Nothing was applied: no change of that plan is approved by as many people as it takes.");
        }
        String seen = call.form().first("approved");
        if (!seen.isEmpty() && !seen.equals(numbers(plan.changes(), approved))) {
            throw new Denied(
                    409,
                    "Something else is approved by now",
                    "Nothing was applied: since that page was opened somebody approved more, or refused. Look at the plan"
                            + " again and apply it.");
        }
        if (site.work().running() != null) {
            throw new Denied(409, "Not begun", "A run is under way; wait for its end.");
        }
        Set<Decisions.KeyStep> steps = new HashSet<>();
        for (SeenPlan.Row row : approved) {
            steps.add(new Decisions.KeyStep(Targets.of(row.credential()), row.step()));
        }
        String by = call.person().name();
        Optional<String> why = site.apply(plan.hash(), steps, by);
        if (why.isPresent()) {
            throw new Denied(409, "Not begun", ErrorPage.sentence(why.get()));
        }
        return Reply.to("/plan?done=applying");
    }

    /** The plan that was shown to whoever decides; nobody decides about another. */
    private SeenPlan shown(Call call, String verb, String done) throws StoreFailure, Denied {
        String hash = call.form().first("hash");
        if (hash.isEmpty()) {
            throw Denied.bad(
                    "No plan is named, so nothing was " + done + ": \"hash\" is that of the plan you looked at.");
        }
        SeenPlan plan = site.catalog()
                .plan()
                .orElseThrow(() ->
                        new Denied(409, "No plan", "There is no plan to " + verb + ". Have accounts read first."));
        if (!plan.hash().equals(hash)) {
            throw new Denied(
                    409,
                    "The plan is outdated",
                    "Nothing was " + done + ": since that page was opened a run made another plan, "
                            + PlanWords.hash(plan.hash()) + ". Look at that one and " + verb + " it.");
        }
        return plan;
    }
}
