package io.keyturn.app.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of Keyturn, in the order its help lists them. Looking at a command's options costs picocli milliseconds,
 * so a run only prepares what its arguments can reach.
 */
final class Commands {
    static final List<Class<?>> ALL = List.of(
            ScanCommand.class,
            PlanCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            IamPolicyCommand.class,
            ApplyCommand.class,
            RunCommand.class,
            ServeCommand.class,
            StagesCommand.class,
            ForecastCommand.class,
            ApproveCommand.class,
            CompromisedCommand.class,
            UndoCommand.class,
            FreezeCommand.class,
            ThawCommand.class,
            SnoozeCommand.class,
            StopCommand.class,
            ResumeCommand.class,
            HistoryCommand.class,
            StoreCommand.class,
            EvidenceCommand.class,
            DemoCommand.class,
            SandboxCommand.class,
            NotifyCommand.class,
            SlackUsersCommand.class,
            ConfigCommand.class,
            CompletionCommand.class);

    private Commands() {}

    /** Adds what these arguments can reach: the command they begin with, its name and description, or every command. */
    static void addTo(CommandLine top, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (arguments.length == 1 && List.of("--help", "-h", "--version", "-V").contains(first)) {
            ALL.forEach(type -> top.addSubcommand(nameOf(type), described(type)));
            return;
        }
        // Completion tells of all the others; a word that is no command is answered with the nearest one.
        List<Class<?>> named = first.equals(nameOf(CompletionCommand.class))
                ? List.of()
                : ALL.stream().filter(type -> nameOf(type).equals(first)).toList();
        (named.isEmpty() ? ALL : named).forEach(top::addSubcommand);
    }

    private static String nameOf(Class<?> type) {
        return type.getAnnotation(Command.class).name();
    }

    private static CommandSpec described(Class<?> type) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(type.getAnnotation(Command.class).description());
        return spec;
    }
}
