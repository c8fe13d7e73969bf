package io.keyturn.app.cli;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What the launcher runs once after a build so that the JVM's start-up cache holds every class that an ordinary run needs,
 * loaded and linked: each way of reading, each rendering, conditions, the help; and with the argument {@code acting} what
 * tells and acts too, which is a cache of its own: a reading would only pay for its memory. It prints nothing that anyone
 * should read.
 */
final class Training {
    private static final String CONFIGURATION = """
            accounts:
              - organization: {role: keyturn-read}
            policies:
              - {name: machines, when: 'user.class == "machine" || tag("kind") == "ci"', age: {warn: 300d, expire: 365d}}
              - {name: people, when: 'user.groups.exists(g, g.startsWith("x")) || key.age > duration("1h")', age: {warn: 75d, expire: 90d}, idle: {warn: 30d, expire: 45d}}
            """;

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        InstantSource clock = InstantSource.system();
        Path folder = Files.createTempDirectory("keyturn-training");
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), CONFIGURATION);
        World world = World.generate(new WorldSpec(1, 4, 200, 0.1, clock.instant()));
        DoorOptions door = new DoorOptions(0, Duration.ofMillis(1), Duration.ofMillis(300), 0, true);
        int failures = 0;
        try (SandboxServer server = SandboxServer.start(world, door, clock)) {
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL", server.endpoint().toString(),
                    "AWS_ACCESS_KEY_ID", server.accessKeyId(),
                    "AWS_SECRET_ACCESS_KEY", server.secretAccessKey(),
                    "AWS_REGION", "us-east-1",
                    "HOME", folder.toString());
            for (List<String> run : runs(file.toString(), folder)) {
                failures += run(environment, run);
            }
            if (List.of(arguments).contains("acting")) {
                failures += ActingTraining.run(world, environment, folder);
            }
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
        System.exit(failures);
    }

    private static List<List<String>> runs(String configuration, Path folder) {
        String store = folder.resolve("keyturn.db").toString();
        return List.of(
                List.of("--help"),
                List.of("--version"),
                List.of("scan", "--help"),
                List.of("scan", "--read", "live", "--output", "json", "--store", store + "1"),
                List.of("scan", "--read", "report", "--output", "json", "--store", store),
                List.of("scan", "--read", "report", "--output", "json", "--store", store),
                List.of("scan", "--store", store),
                List.of("scan", "--config", configuration, "--output", "json", "--store", store),
                List.of("plan", "--config", configuration, "--store", store),
                List.of("demo"));
    }

    /** Runs a command; how many failed. */
    static int run(Map<String, String> environment, List<String> arguments) {
        String[] words = arguments.toArray(String[]::new);
        int exit = Keyturn.commandLine(environment, words)
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute(words);
        return exit == 0 ? 0 : 1;
    }
}
