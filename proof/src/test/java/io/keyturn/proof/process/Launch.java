package io.keyturn.proof.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How Keyturn is started as a process: as its users start it, from the jar and with a start-up cache, where the build that
 * these tests belong to has made the jar; else from the classes, which takes half as long again.
 */
final class Launch {
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTReplayTraining",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** The command up to the arguments, found once for all tests of this JVM. */
    static final List<String> COMMAND = command();

    private Launch() {}

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xms32m", "-Xmx128m"));
        command.addAll(FLAGS);
        try {
            Optional<Path> jar = jar();
            if (jar.isPresent()) {
                command.addAll(List.of("-XX:AOTCache=" + cache(jar.get()), "-Xlog:aot=off", "-Xlog:aot*=off"));
                command.addAll(List.of("-jar", jar.get().toString()));
            } else {
                command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.keyturn.app.cli.Keyturn"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the start-up cache was made", e);
        }
        return List.copyOf(command);
    }

    /** The product's jar where nothing was compiled since it was made. */
    private static Optional<Path> jar() throws IOException {
        Path home = Path.of("..").toRealPath();
        Path jar = home.resolve("app/target/keyturn-app-0.1.0.jar");
        if (!Files.exists(jar) || !Files.isDirectory(home.resolve("app/target/lib"))) {
            return Optional.empty();
        }
        FileTime made = Files.getLastModifiedTime(jar);
        for (String module : List.of("core", "engine", "sandbox", "adapters", "app")) {
            try (Stream<Path> classes = Files.walk(home.resolve(module).resolve("target/classes"))) {
                for (Path one : classes.filter(Files::isRegularFile).toList()) {
                    if (Files.getLastModifiedTime(one).compareTo(made) > 0) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(jar);
    }

    /** Makes the cache once for all JVMs of this build; the JVM itself refuses one that does not fit the jars. */
    private static Path cache(Path jar) throws IOException, InterruptedException {
        Path target = Path.of("target").toAbsolutePath();
        Path cache =
                target.resolve("keyturn-" + Files.getLastModifiedTime(jar).toMillis() + "-" + Files.size(jar) + ".aot");
        try (FileChannel lock = FileChannel.open(
                        target.resolve("keyturn.aot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!Files.exists(cache)) {
                Path half = target.resolve("keyturn.aot.half");
                List<String> training = new ArrayList<>(List.of(JAVA, "-XX:AOTCacheOutput=" + half, "-Xmx512m"));
                training.addAll(FLAGS);
                training.addAll(List.of("-cp", jar.toString(), "io.keyturn.app.cli.Training"));
                Path log = target.resolve("keyturn.aot.log");
                int exit = new ProcessBuilder(training)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
                if (exit != 0) {
                    throw new IllegalStateException("no start-up cache: exit " + exit + ", see " + log);
                }
                Files.move(half, cache, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return cache;
    }
}
