package io.keyturn.app.cli;

import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.fault.FaultText;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a simulated AWS on a port, for any AWS client. */
@Command(
        name = "sandbox",
        description =
                "Serve a simulated AWS (IAM, STS, Organizations, Secrets Manager, SSM parameters, S3) and print how to point any AWS client at it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn sandbox --users 1250",
            "  keyturn sandbox --accounts 30 --users 6000 --latency 30ms --report-delay 2s --rate 50",
            "  keyturn sandbox --fault CreateAccessKey=late-landing#1 --fault ListUsers=access-denied@111122223334",
            "",
            "Exit codes: 0 done, 2 usage or a port that is taken."
        })
final class SandboxCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--accounts", defaultValue = "4", description = "Accounts (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(names = "--users", defaultValue = "200", description = "Users in all (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--at-risk",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "Share of users with a key that is too old or idle, from 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double atRisk;

    @Option(names = "--seed", defaultValue = "1", description = "The same seed makes the same world.")
    private long seed;

    @Option(names = "--port", defaultValue = "0", description = "Port of the loopback interface; 0 is any free one.")
    private int port;

    @Option(names = "--latency", paramLabel = "TIME", defaultValue = "0ms", description = "Added to each answer: 30ms.")
    private String latency = "0ms";

    @Option(
            names = "--report-delay",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Until a report is ready: 2s.")
    private String reportDelay = "0s";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Calls a second and account; 0 is no limit.")
    private double rate;

    @Option(
            names = "--partition",
            defaultValue = "aws",
            description = "aws, aws-cn, aws-us-gov or aws-eusc (default: ${DEFAULT-VALUE}).")
    private String partition = "aws";

    @Option(
            names = "--immediate",
            description = "Every change is known everywhere at once; else some seconds late, as in AWS.")
    private boolean immediate;

    @Option(names = "--ragged-pages", description = "Pages of lists are shorter than asked for, and some are empty.")
    private boolean ragged;

    @Option(
            names = "--fault",
            paramLabel = "ACTION=KIND[#N][@ACCOUNT]",
            description = "What goes wrong, at the Nth call or at every one: ListUsers=throttled. Repeatable.")
    private List<String> faults = List.of();

    @Override
    public Integer call() throws InterruptedException {
        InstantSource clock = InstantSource.system();
        try {
            World world =
                    World.generate(new WorldSpec(seed, accounts, users, atRisk, clock.instant()).with(behaviour()));
            DoorOptions door = new DoorOptions(
                            port, time("--latency", latency), time("--report-delay", reportDelay), rate, true)
                    .paging(ragged ? Page.Style.RAGGED : Page.Style.WHOLE)
                    .with(faults.stream().map(FaultText::parse).toArray(Fault[]::new));
            serve(SandboxServer.start(world, door, clock));
            return 0;
        } catch (IllegalArgumentException problem) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(problem.getMessage()));
        } catch (IOException problem) {
            spec.commandLine()
                    .getErr()
                    .println("keyturn: could not listen on port " + port + " of 127.0.0.1: " + problem.getMessage()
                            + "; choose another with --port, or 0 for any free one");
            return Keyturn.USAGE;
        }
    }

    private WorldOptions behaviour() {
        WorldOptions there = WorldOptions.DEFAULT.inPartition(partition);
        return immediate ? there.with(Consistency.IMMEDIATE) : there;
    }

    private void serve(SandboxServer server) throws InterruptedException {
        try (server) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("export AWS_ENDPOINT_URL=" + server.endpoint());
            out.println("export AWS_ACCESS_KEY_ID=" + server.accessKeyId());
            out.println("export AWS_SECRET_ACCESS_KEY=" + server.secretAccessKey());
            out.flush();
            spec.commandLine().getErr().println("keyturn: serving until you press Ctrl-C");
            new CountDownLatch(1).await();
        }
    }

    /** 30ms, 2s or ISO 8601. */
    private Duration time(String option, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            if (lower.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)));
            }
            return Duration.parse(lower.startsWith("p") ? text : "PT" + text);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    option + ": \"" + text + "\" is no time; write for example 30ms or 2s", e);
        }
    }
}
