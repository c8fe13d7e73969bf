package io.keyturn.app.cli;

import io.keyturn.app.wiring.Demo;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.http.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job on a simulated organization. */
@Command(
        name = "demo",
        description = "Read, judge and plan a simulated organization. Needs no AWS account and changes nothing.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  keyturn demo", "  keyturn demo --all", "  keyturn demo --output json"})
final class DemoCommand implements Callable<Integer> {
    private static final List<String> NEXT = List.of(
            "Nothing was changed: this is a simulated organization, and the stage is observe. Try next:",
            "  ./keyturn demo --all              every key, the healthy ones too",
            "  ./keyturn sandbox --users 1250    the same AWS on a port, for any client",
            "  ./keyturn scan                    your own account, with the credentials you have");

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException, StoreFailure {
        InstantSource clock = InstantSource.system();
        Path folder = Files.createTempDirectory("keyturn-demo");
        try (SandboxServer server = Demo.start(clock)) {
            SurveyOptions everything = new SurveyOptions();
            return new Runs(keyturn.environment, spec.commandLine())
                    .run(
                            Demo.settings(folder.resolve("keyturn.db"), clock),
                            Demo.environment(server),
                            everything.view(),
                            everything,
                            output,
                            false,
                            NEXT);
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
