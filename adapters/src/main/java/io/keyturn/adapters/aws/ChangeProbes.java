package io.keyturn.adapters.aws;

import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Demands;
import io.keyturn.engine.checkup.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows that changes are allowed where the stage needs them, without making one. */
final class ChangeProbes {
    private static final String SIMULATE = "iam:SimulatePrincipalPolicy";

    /** A session that may do nothing with keys: it is opened only to see that it can be. */
    private static final String NOTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:GetCallerIdentity\","
                    + "\"Resource\":\"*\"}]}";

    private final Access access;
    private final ChangeLogin changes;
    private final Demands demands;
    private final SampleUsers sample;
    private final List<Check> checks = new ArrayList<>();

    ChangeProbes(Access access, ChangeLogin changes, Demands demands, SampleUsers sample) {
        this.access = access;
        this.changes = changes;
        this.demands = demands;
        this.sample = sample;
    }

    List<Check> checks(CallerRole caller) throws InterruptedException {
        if (demands.act().isEmpty() && demands.create().isEmpty()) {
            checks.add(Check.unused(
                    null, "changes", "the stage is " + demands.stage().label() + ", so no key is changed"));
        }
        check(Role.ACT, demands.act(), caller);
        check(Role.CREATE, demands.create(), caller);
        return List.copyOf(checks);
    }

    private void check(Role role, Set<String> actions, CallerRole caller) throws InterruptedException {
        if (actions.isEmpty()) {
            return;
        }
        switch (changes) {
            case ChangeLogin.None(String why) -> noRole(role, why);
            case ChangeLogin.AtHand atHand ->
                simulate(role, actions, caller.located(access).policySource());
            case ChangeLogin.ByRole byRole -> {
                Login.Assume assume = role == Role.ACT ? byRole.act() : byRole.create();
                if (assume == null) {
                    noRole(role, "name it as organization.roles." + role.label());
                } else if (entered(role, byRole.login(), assume)) {
                    simulate(role, actions, assume.arn());
                }
            }
        }
    }

    private void noRole(Role role, String why) {
        checks.add(Check.fails(
                role,
                "a role to " + role.label(),
                "the stage " + demands.stage().label() + " needs one, and none is configured: " + why));
    }

    private boolean entered(Role role, Login login, Login.Assume assume) throws InterruptedException {
        Login.Assume reading = login.assume();
        if (reading != null && reading.arn().equals(assume.arn())) {
            return true;
        }
        String name = "role " + CallerRole.nameOf(assume.arn());
        try {
            login.narrowed(access.calls(), assume, NOTHING);
            checks.add(Check.works(role, name, "assumed"));
            return true;
        } catch (CallFailure failure) {
            Check failed = Check.fails(role, name, "could not be assumed: " + AwsProbe.brief(failure));
            // The caller's policy, the role's trust or its external id: AWS does not say which.
            checks.add(failure.denied() ? failed.lacking("sts:AssumeRole") : failed);
            return false;
        }
    }

    private void simulate(Role role, Set<String> actions, String principal) throws InterruptedException {
        if (principal.isEmpty()) {
            checks.add(Check.unknown(role, SIMULATE, "the policies of the credentials at hand cannot be asked for"));
            return;
        }
        try {
            Map<String, Simulation.Allowed> allowed = Simulation.ask(
                    access.calls(), access.iam(), access.as(), principal, actions, sample.arns(access.account()));
            allowed.forEach((action, so) -> checks.add(judged(role, action, so)));
        } catch (CallFailure failure) {
            Check unknown = Check.unknown(
                    Role.READ,
                    SIMULATE,
                    AwsProbe.brief(failure) + ", so it is not known whether the role to " + role.label()
                            + " may do what the stage needs");
            checks.add(failure.denied() ? unknown.lacking(SIMULATE) : unknown);
        }
    }

    private static Check judged(Role role, String action, Simulation.Allowed allowed) {
        if (allowed.everywhere()) {
            return Check.works(role, action, "allowed");
        }
        if (allowed.of() > 0) {
            return Check.note(
                    role, action, "allowed for " + allowed.of() + " of " + allowed.all() + " users asked about");
        }
        return Check.fails(role, action, "not allowed").lacking(action);
    }
}
