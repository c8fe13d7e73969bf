package io.keyturn.app.cli;

import io.keyturn.app.presets.Translation;
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
import picocli.CommandLine.Parameters;
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

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "What `keyturn run --preset NAME` takes, in one policy, from that tool's own environment: keycheck, rotator, sentry or"
                            + " sleuth.")
    @Nullable
    private String preset;

    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", hidden = true)
    private List<String> arguments = List.of();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() {
        PrintWriter errors = spec.commandLine().getErr();
        if (preset != null) {
            return ofPreset(preset, errors);
        }
        if (!arguments.isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(spec.commandLine(), arguments);
        }
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
            print(shown);
            return 0;
        }
    }

    private int ofPreset(String name, PrintWriter errors) {
        for (CommandLine.Model.OptionSpec option :
                spec.commandLine().getParseResult().matchedOptions()) {
            if (!option.longestName().equals("--preset")) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        option.longestName()
                                + " means nothing beside --preset: such a run has one role, and its settings"
                                + " are in the tool's own environment");
            }
        }
        Translation translation = PresetRuns.translation(name, arguments, keyturn.environment);
        errors.println("keyturn: all that a run in the place of " + name + " does, in one policy");
        print(PolicyJson.document(
                new IamPolicies(translation.settings(), keyturn.environment).inPlaceOf(translation.state())));
        return 0;
    }

    private void print(Map<String, @Nullable Object> shown) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(shown));
        out.flush();
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
