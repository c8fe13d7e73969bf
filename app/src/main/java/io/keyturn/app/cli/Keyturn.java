package io.keyturn.app.cli;

import io.keyturn.app.presets.Presets;
import io.keyturn.app.render.Safe;
import io.keyturn.engine.apply.Tools;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. Exit codes: 0 done, 1 findings as asked with --fail-on, 2 usage or configuration, 3 not everything was read. */
@Command(
        name = "keyturn",
        description = "Keeps every AWS IAM user access key fresh, owned and accounted for.",
        mixinStandardHelpOptions = true,
        versionProvider = Keyturn.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  keyturn demo                     the whole way on a simulated organization",
            "  keyturn scan                     the account of your current AWS credentials",
            "  keyturn scan --profile NAME      the account of a profile",
            "  keyturn explain NAME             the whole story of one user's keys",
            "  keyturn plan --output json       what would be done today, for machines",
            "",
            "Exit codes: 0 done, 1 findings as asked with --fail-on, 2 usage or configuration,",
            "3 some accounts or facts could not be read or acted on, 4 stopped by a limit, 130 interrupted."
        })
public final class Keyturn implements Runnable {
    static final int USAGE = 2;
    static final int NOT_READ = 3;
    static final int STOPPED = 4;

    final Map<String, String> environment;
    /** Waits where a command has to. */
    final Tools.Pause pause;

    Keyturn(Map<String, String> environment) {
        this(environment, time -> Thread.sleep(time));
    }

    private Keyturn(Map<String, String> environment, Tools.Pause pause) {
        this.environment = Map.copyOf(environment);
        this.pause = pause;
    }

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"keyturn " + text()};
        }

        /** The version alone. */
        static String text() {
            String version = Keyturn.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }

    public static void main(String[] given) {
        // A container without a command line, started in the place of an earlier tool.
        boolean asTool = given.length == 0 && Presets.selected(System.getenv()).isPresent();
        String[] arguments = asTool ? new String[] {"run"} : given;
        StandardOutput output = new StandardOutput();
        CommandLine line = commandLine(System.getenv(), arguments).setOut(OutputOptions.stdout(output));
        int exit = line.execute(arguments);
        line.getOut().flush();
        Optional<String> failure = output.failure();
        if (failure.isPresent()) {
            line.getErr()
                    .println("keyturn: could not write the whole result: " + failure.get()
                            + "; free some space, or write it elsewhere");
            line.getErr().flush();
            exit = NOT_READ;
        }
        System.exit(exit);
    }

    /** The commands that these arguments can reach, or all, in that environment. */
    static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        return commandLine(new Keyturn(environment), arguments);
    }

    /** The same on another clock. */
    static CommandLine commandLine(Map<String, String> environment, Tools.Pause pause, String... arguments) {
        return commandLine(new Keyturn(environment, pause), arguments);
    }

    private static CommandLine commandLine(Keyturn keyturn, String... arguments) {
        CommandLine line = new CommandLine(keyturn);
        Commands.addTo(line, arguments);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.registerConverter(LocalDate.class, new Day());
        line.setParameterExceptionHandler(Keyturn::misused);
        line.setExecutionExceptionHandler((exception, command, result) -> {
            if (exception instanceof BadConfiguration) {
                String.valueOf(exception.getMessage())
                        .lines()
                        .forEach(problem -> command.getErr().println("keyturn: " + Safe.text(problem)));
                return USAGE;
            }
            if (exception instanceof Refused) {
                command.getErr().println("keyturn: not decided: " + Safe.text(String.valueOf(exception.getMessage())));
                return USAGE;
            }
            if (exception instanceof StoreFailure failure) {
                command.getErr()
                        .println("keyturn: " + Safe.text(failure.problem().sentence()));
                return NOT_READ;
            }
            command.getErr().println("keyturn: an internal error: " + exception + "; please report it");
            return USAGE;
        });
        return line;
    }

    private static int misused(CommandLine.ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println("keyturn: " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr().println(command.getHelp().synopsis(0).strip());
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("See " + name + " --help");
        return USAGE;
    }
}
