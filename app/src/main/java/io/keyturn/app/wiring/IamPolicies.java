package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.ReadPermissions;
import io.keyturn.adapters.aws.deliver.DeliveryNeeds;
import io.keyturn.adapters.aws.journal.DynamoJournal;
import io.keyturn.adapters.aws.keycheck.KeycheckTable;
import io.keyturn.app.config.Settings;
import io.keyturn.app.config.StorePlace;
import io.keyturn.app.presets.Translation;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.Action;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.checkup.Role;
import io.keyturn.engine.checkup.Statement;
import io.keyturn.engine.port.AccountSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The least-privilege policies that a configuration needs, one for each role it acts in. */
public final class IamPolicies {
    private static final String OTHERS = "SeeOthersChanges";
    private static final String BELONGINGS = "LookAfterCompromise";

    private final Settings settings;
    private final String partition;

    /** @param environment its Region tells the partition */
    public IamPolicies(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.partition = ReadPermissions.partition(environment);
    }

    /** What the role must be allowed; empty where the configuration never uses it. */
    public List<Statement> of(Role role) {
        return switch (role) {
            case READ -> read();
            case ACT -> act();
            case CREATE -> create();
        };
    }

    /**
     * All that a run in the place of an earlier tool must be allowed, in one policy: such a tool has one role. What it never
     * looks at is left out.
     *
     * @param state where the tool keeps what it remembers
     */
    public List<Statement> inPlaceOf(Translation.State state) {
        List<Statement> all = new ArrayList<>();
        Stream.of(read(), act(), create())
                .flatMap(List::stream)
                .filter(one -> !one.sid().equals(OTHERS) && !one.sid().equals(BELONGINGS))
                .forEach(one -> add(all, one));
        switch (state) {
            case Translation.State.Nothing() -> {
                // It remembers nothing.
            }
            case Translation.State.RotatorTags tags ->
                add(all, new Statement("KeepRotations", Set.of("iam:TagUser", "iam:UntagUser"), users()));
            case Translation.State.KeycheckTable table -> {
                String region = table.region() == null ? "*" : table.region();
                String tables = "arn:" + partition + ":dynamodb:" + region + ":*:table/";
                add(all, new Statement("FindTable", Set.of("dynamodb:ListTables"), List.of("*")));
                add(
                        all,
                        new Statement(
                                "KeepPings",
                                KeycheckTable.PERMISSIONS,
                                KeycheckTable.NAMES.stream()
                                        .map(name -> tables + name)
                                        .toList()));
            }
        }
        return all;
    }

    private List<Statement> read() {
        // Whoever may be told of a key is told what only a look at its user shows.
        Needs needs = highest().allows(Step.REMIND) ? Surveys.whole(settings) : Surveys.needs(settings);
        List<Statement> statements = new ArrayList<>();
        boolean single = settings.accounts().stream().anyMatch(s -> !(s instanceof AccountSource.Organization));
        statements.add(
                new Statement("ReadAccount", ReadPermissions.ofAccount(settings.read(), needs, single), List.of("*")));
        statements.add(new Statement("ReadUsers", ReadPermissions.ofUsers(needs), users()));
        if (highest().allows(Step.ROTATE) && !needs.has(FactName.TRAIL)) {
            statements.add(new Statement(OTHERS, ReadPermissions.ofOthersDeeds(), List.of("*")));
        }
        if (highest() == Stage.ENFORCE) {
            statements.add(new Statement(BELONGINGS, ReadPermissions.ofBelongings(), users()));
        }
        for (AccountSource source : settings.accounts()) {
            switch (source) {
                case AccountSource.Organization organization -> {
                    Set<String> actions = ReadPermissions.ofOrganization(organization, needs);
                    add(statements, new Statement("ListOrganization", actions, List.of("*")));
                    add(statements, assume(organization.role()));
                    if (organization.actRole() != null && !acts(highest()).isEmpty()) {
                        add(statements, assume(organization.actRole()));
                    }
                    if (organization.createRole() != null && !creates(highest()).isEmpty()) {
                        add(statements, assume(organization.createRole()));
                    }
                }
                case AccountSource.Role role -> add(statements, assumeArn(role.arn()));
                case AccountSource.Ambient ambient -> {
                    // reads with the credentials that are there
                }
                case AccountSource.Profile profile -> {
                    // the profile says what it assumes
                }
            }
        }
        if (settings.store() instanceof StorePlace.Table table) {
            add(statements, keepJournal(table));
        }
        new SpeakPermissions(settings, partition).statements().forEach(one -> add(statements, one));
        return statements;
    }

    private Statement keepJournal(StorePlace.Table table) {
        String region = table.region() == null ? "*" : table.region();
        String arn = "arn:" + partition + ":dynamodb:" + region + ":*:table/" + table.name();
        return new Statement("KeepJournal", DynamoJournal.PERMISSIONS, List.of(arn));
    }

    private static void add(List<Statement> statements, Statement more) {
        for (int i = 0; i < statements.size(); i++) {
            Statement known = statements.get(i);
            if (known.sid().equals(more.sid())) {
                statements.set(
                        i,
                        new Statement(
                                known.sid(),
                                both(known.actions(), more.actions()),
                                List.copyOf(both(known.resources(), more.resources()))));
                return;
            }
        }
        statements.add(more);
    }

    private static Set<String> both(Collection<String> a, Collection<String> b) {
        Set<String> all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }

    private Statement assume(String role) {
        return assumeArn("arn:" + partition + ":iam::*:role/" + role);
    }

    private static Statement assumeArn(String arn) {
        return new Statement("AssumeRoles", Set.of("sts:AssumeRole"), List.of(arn));
    }

    private List<Statement> act() {
        Set<String> actions = acts(highest());
        return actions.isEmpty() ? List.of() : List.of(new Statement("ActOnKeys", actions, users()));
    }

    /** The actions of the acting role in an account of that stage. */
    Set<String> acts(Stage stage) {
        Set<String> actions = new TreeSet<>();
        if (stage.allows(Step.DEACTIVATE)) {
            // Whatever the policies say, a key that is declared compromised is switched off.
            actions.addAll(Action.permissions(Step.DEACTIVATE));
        }
        for (Step step : steps(stage)) {
            switch (step) {
                case REMIND, TICKET -> {
                    // speaks only
                }
                case DEACTIVATE, DELETE -> actions.addAll(Action.permissions(step));
                case ROTATE -> {
                    // A key is made only where it could be taken back.
                    actions.addAll(Action.permissions(Step.DEACTIVATE));
                    actions.addAll(Action.permissions(Step.DELETE));
                }
            }
        }
        return actions;
    }

    private List<Statement> create() {
        List<Statement> statements = new ArrayList<>();
        Set<String> actions = creates(highest());
        if (!actions.isEmpty()) {
            statements.add(new Statement("MakeKeys", actions, users()));
            settings.rules().policies().stream()
                    .map(Policy::rotation)
                    .flatMap(rotation ->
                            rotation == null ? Stream.empty() : DeliveryNeeds.of(rotation.deliver()).stream())
                    .forEach(needs -> needs.statements().forEach(one -> add(statements, deliver(one))));
        }
        return statements;
    }

    /** What a sink needs, in each account that keys are made in. */
    private Statement deliver(DeliveryNeeds.Allow allow) {
        List<String> resources = allow.resources().stream()
                .flatMap(arn -> accounts().stream()
                        .map(account -> arn.replace("${partition}", partition).replace("${account}", account)))
                .distinct()
                .toList();
        return new Statement(allow.sid(), Set.copyOf(allow.actions()), resources);
    }

    /** The actions of the role that makes keys in an account of that stage. */
    Set<String> creates(Stage stage) {
        return steps(stage).contains(Step.ROTATE) ? Action.permissions(Step.ROTATE) : Set.of();
    }

    /** Every step that some policy has and the stage allows. */
    private Set<Step> steps(Stage stage) {
        Set<Step> steps = EnumSet.noneOf(Step.class);
        for (Policy policy : settings.rules().policies()) {
            Stream.of(policy.age(), policy.idle()).forEach(limit -> steps.addAll(steps(limit)));
        }
        steps.removeIf(step -> !stage.allows(step));
        return steps;
    }

    private static Set<Step> steps(@Nullable Limit limit) {
        Set<Step> steps = EnumSet.noneOf(Step.class);
        if (limit != null) {
            steps.addAll(limit.onWarn());
            steps.addAll(limit.onExpire());
        }
        return steps;
    }

    private Stage highest() {
        Stage highest = Stage.OBSERVE;
        for (StageRule rule : settings.rules().stages()) {
            highest = rule.stage().compareTo(highest) > 0 ? rule.stage() : highest;
        }
        return highest;
    }

    /** The users of each account that is known by its number, else of whichever account the role is in. */
    private List<String> users() {
        return accounts().stream()
                .map(account -> "arn:" + partition + ":iam::" + account + ":user/*")
                .toList();
    }

    private Set<String> accounts() {
        Set<String> numbers = new TreeSet<>();
        for (AccountSource source : settings.accounts()) {
            numbers.add(
                    switch (source) {
                        case AccountSource.Role role -> role.arn().split(":", -1)[4];
                        case AccountSource.Ambient ambient ->
                            ambient.expected() == null
                                    ? "*"
                                    : ambient.expected().value();
                        case AccountSource.Profile profile ->
                            profile.expected() == null
                                    ? "*"
                                    : profile.expected().value();
                        case AccountSource.Organization organization -> "*";
                    });
        }
        return numbers;
    }
}
