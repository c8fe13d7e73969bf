package io.keyturn.app.cli;

import io.keyturn.app.render.PolicyJson;
import io.keyturn.app.wiring.IamPolicies;
import io.keyturn.engine.checkup.Role;
import io.keyturn.engine.checkup.Statement;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Prints the least that Keyturn's roles must be allowed. */
@Command(
        name = "iam-policy",
        description = "Print the least-privilege IAM policy of a role, from what the configuration can cause."
                + " Nothing is asked of AWS.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn iam-policy --demo",
            "  keyturn iam-policy --demo --role act",
            "  keyturn iam-policy --demo --output json",
            "",
            "Exit codes: 0 done, 2 usage or configuration."
        })
final class IamPolicyCommand implements Callable<Integer> {
    /** Forms of the result. */
    enum Form {
        POLICY,
        JSON
    }

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "read, act or create (default: ${DEFAULT-VALUE}).",
            defaultValue = "read")
    private Role role = Role.READ;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "policy (that of the role) or json (those of all roles, by name; default: ${DEFAULT-VALUE}).",
            defaultValue = "policy")
    private Form form = Form.POLICY;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() {
        PrintWriter errors = spec.commandLine().getErr();
        try (Ground ground = source.ground(keyturn.environment, errors)) {
            IamPolicies policies = new IamPolicies(ground.settings(), ground.environment());
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            switch (form) {
                case POLICY -> shown.putAll(PolicyJson.document(policies.of(role)));
                case JSON -> {
                    for (Role each : Role.values()) {
                        List<Statement> statements = policies.of(each);
                        shown.put(each.label(), statements.isEmpty() ? null : PolicyJson.document(statements));
                    }
                }
            }
            if (form == Form.POLICY && policies.of(role).isEmpty()) {
                errors.println("keyturn: the configuration never uses the role " + role.label()
                        + ": no stage allows a step that would; so there is no policy to print");
                return 0;
            }
            comment(errors);
            spec.commandLine()
                    .getOut()
                    .println(JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(shown));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    private void comment(PrintWriter errors) {
        if (form == Form.JSON) {
            return;
        }
        errors.println(
                switch (role) {
                    case READ -> "keyturn: reads only; sts:GetCallerIdentity needs no permission";
                    case ACT -> "keyturn: each change is made in a session that may do one action to one user";
                    case CREATE ->
                        "keyturn: whoever may make keys for any user may become every user;"
                                + " narrow the resource to a path or tag that reviewers control";
                });
    }
}
