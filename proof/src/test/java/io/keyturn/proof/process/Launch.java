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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final Optional<Path> JAR = jar();
    /** The commands that the launcher starts with the cache of what acts. */
    private static final Set<String> ACTING = Set.of("run", "apply");

    /** The start-up caches by what they were trained with, each made once for all tests of this build. */
    private static final Map<Boolean, Path> CACHES = new ConcurrentHashMap<>();

    private Launch() {}

    /** The whole command line of a process of Keyturn with these arguments. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xms32m", "-Xmx128m"));
        command.addAll(FLAGS);
        if (JAR.isPresent()) {
            Path jar = JAR.get();
            Path cache = CACHES.computeIfAbsent(
                    arguments.length > 0 && ACTING.contains(arguments[0]), acting -> cache(jar, acting));
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:aot*=off", "-jar", jar.toString()));
        } else {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.keyturn.app.cli.Keyturn"));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** The product's jar where nothing was compiled since it was made. */
    private static Optional<Path> jar() {
        try {
            return builtJar();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> builtJar() throws IOException {
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

    private static Path cache(Path jar, boolean acting) {
        try {
            return trained(jar, acting);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the start-up cache was made", e);
        }
    }

    /** Makes a cache once for all JVMs of this build; the JVM itself refuses one that does not fit the jars. */
    private static Path trained(Path jar, boolean acting) throws IOException, InterruptedException {
        Path target = Path.of("target").toAbsolutePath();
        Path cache = target.resolve("keyturn-" + Files.getLastModifiedTime(jar).toMillis() + "-" + Files.size(jar)
                + (acting ? "-acting.aot" : ".aot"));
        try (FileChannel lock = FileChannel.open(
                        target.resolve("keyturn.aot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!Files.exists(cache)) {
                Path half = target.resolve("keyturn.aot.half");
                List<String> training = new ArrayList<>(List.of(JAVA, "-XX:AOTCacheOutput=" + half, "-Xmx512m"));
                training.addAll(FLAGS);
                training.addAll(List.of("-cp", jar.toString(), "io.keyturn.app.cli.Training"));
                if (acting) {
                    training.add("acting");
                }
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
