package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.engine.checkup.AccountCheckup;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Checkup;
import io.keyturn.engine.checkup.Remedy;
import io.keyturn.engine.checkup.Role;
import io.keyturn.engine.checkup.Statement;
import io.keyturn.engine.port.AccountSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The statements that would mend what does not work: of what `keyturn iam-policy` prints, only what was missing. */
final class Remedies {
    private static final List<String> OF_THE_CREDENTIALS = List.of("sts:", "organizations:", "ses:");

    private final Settings settings;
    private final IamPolicies policies;

    Remedies(Settings settings, IamPolicies policies) {
        this.settings = settings;
        this.policies = policies;
    }

    /** Whose policy lacks what. */
    private record Lack(String to, Role role, Set<String> actions) {}

    List<Remedy> of(Checkup checkup) {
        Map<Lack, List<String>> lacks = new LinkedHashMap<>();
        lacks(checkup.here()).forEach(lack -> lacks.put(lack, new ArrayList<>()));
        for (AccountCheckup account : checkup.accounts()) {
            lacks(account.checks())
                    .forEach(lack -> lacks.computeIfAbsent(lack, any -> new ArrayList<>())
                            .add(account.label()));
        }
        return lacks.entrySet().stream()
                .map(lack -> new Remedy(lack.getKey().to(), lack.getValue(), statements(lack.getKey())))
                .sorted(Comparator.comparing(Remedy::to))
                .toList();
    }

    private List<Lack> lacks(List<Check> checks) {
        Map<String, Lack> lacks = new LinkedHashMap<>();
        for (Check check : checks) {
            Role role = check.role();
            for (String action : check.missing()) {
                if (role != null) {
                    boolean base = OF_THE_CREDENTIALS.stream().anyMatch(action::startsWith);
                    // What roles are assumed with is told among the permissions of reading.
                    String to = base ? "the credentials that Keyturn starts with" : to(role);
                    lacks.computeIfAbsent(to, any -> new Lack(to, base ? Role.READ : role, new TreeSet<>()))
                            .actions()
                            .add(action);
                }
            }
        }
        return List.copyOf(lacks.values());
    }

    /** The role's name, where the configuration names one. */
    private String to(Role role) {
        for (AccountSource source : settings.accounts()) {
            if (source instanceof AccountSource.Organization organization) {
                String name = switch (role) {
                    case READ -> organization.role();
                    case ACT -> organization.actRole();
                    case CREATE -> organization.createRole();
                };
                if (name != null) {
                    return "the role " + name;
                }
            }
            if (source instanceof AccountSource.Role(String arn, String externalId, boolean dr)) {
                return "the role " + arn.substring(arn.lastIndexOf('/') + 1);
            }
        }
        return "the credentials at hand";
    }

    private List<Statement> statements(Lack lack) {
        List<Statement> statements = new ArrayList<>();
        Set<String> left = new TreeSet<>(lack.actions());
        for (Statement whole : policies.of(lack.role())) {
            Set<String> actions = new TreeSet<>(whole.actions());
            actions.retainAll(lack.actions());
            if (!actions.isEmpty()) {
                statements.add(new Statement(whole.sid(), actions, whole.resources()));
                left.removeAll(actions);
            }
        }
        if (!left.isEmpty()) {
            // What only this looking takes, and mail: it is about no user.
            statements.add(new Statement("Checkup", left, List.of("*")));
        }
        return statements;
    }
}
