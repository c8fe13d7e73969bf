package io.keyturn.adapters.aws;

import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Role;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names everyone else who may assume the roles of Keyturn: whoever may make keys may become every user. */
final class TrustProbes {
    private static final String GET_ROLE = "iam:GetRole";

    /** As many as a line of a table bears. */
    private static final int NAMED = 8;

    private final Access access;
    private final Login login;
    private final ChangeLogin changes;

    TrustProbes(Access access, Login login, ChangeLogin changes) {
        this.access = access;
        this.login = login;
        this.changes = changes;
    }

    List<Check> checks(CallerRole caller) throws InterruptedException {
        Map<String, Role> roles = new LinkedHashMap<>();
        add(roles, Role.READ, login.assume());
        if (changes instanceof ChangeLogin.ByRole byRole) {
            add(roles, Role.ACT, byRole.act());
            add(roles, Role.CREATE, byRole.create());
        }
        String session = CallerRole.sessionRole(caller.arn());
        if (login.assume() == null && !session.isEmpty()) {
            roles.put(session, Role.READ);
        }
        List<Check> checks = new ArrayList<>();
        for (Map.Entry<String, Role> role : roles.entrySet()) {
            checks.add(check(role.getValue(), role.getKey(), caller.arn()));
        }
        return checks;
    }

    private static void add(Map<String, Role> roles, Role role, Login.@Nullable Assume assume) {
        if (assume != null) {
            roles.putIfAbsent(CallerRole.nameOf(assume.arn()), role);
        }
    }

    private Check check(Role role, String name, String caller) throws InterruptedException {
        String what = "who may assume " + name;
        try {
            String document = access.calls()
                    .call(() -> access.iam()
                            .getRole(r -> r.roleName(name).overrideConfiguration(access.as()))
                            .role()
                            .assumeRolePolicyDocument());
            return judged(
                    role, what, TrustedPrincipals.read(URLDecoder.decode(document, StandardCharsets.UTF_8)), caller);
        } catch (CallFailure failure) {
            // The one who asks lacks it, whatever the role that is asked about.
            Check unknown = Check.unknown(Role.READ, what, "not known: " + AwsProbe.brief(failure))
                    .optional();
            return failure.denied() ? unknown.lacking(GET_ROLE) : unknown;
        } catch (IllegalArgumentException e) {
            return Check.unknown(role, what, "not known: " + e.getMessage()).optional();
        }
    }

    private static Check judged(Role role, String what, TrustedPrincipals trusted, String caller) {
        List<String> others = trusted.allowed().stream()
                .filter(one -> !one.is(caller))
                .map(TrustedPrincipals.Trusted::words)
                .distinct()
                .toList();
        if (others.isEmpty()) {
            return Check.works(role, what, "nobody else");
        }
        String named = String.join("; ", others.subList(0, Math.min(NAMED, others.size())));
        String more = others.size() > NAMED ? "; and " + (others.size() - NAMED) + " more" : "";
        String less = trusted.denies() ? "; a statement denies some of them" : "";
        boolean open = !trusted.denies()
                && trusted.allowed().stream()
                        .anyMatch(one -> one.anybody() && one.conditions().isEmpty());
        return open
                ? Check.fails(role, what, named + more + "; narrow the role's trust policy")
                : Check.note(role, what, "besides Keyturn: " + named + more + less);
    }
}
