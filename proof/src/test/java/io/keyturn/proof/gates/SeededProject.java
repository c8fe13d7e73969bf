package io.keyturn.proof.gates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of this project's build files, with one fault put in, that Maven builds in a process of its own. */
final class SeededProject {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private final Path folder;

    SeededProject(Path folder) throws IOException {
        this.folder = folder;
        copy(Path.of("pom.xml"));
        copy(Path.of(".mvn/jvm.config"));
        for (String module :
                List.of("core", "engine", "sandbox", "adapters", "app", "proof/dynamodb-local", "proof", "bench")) {
            copy(Path.of(module, "pom.xml"));
        }
    }

    private void copy(Path file) throws IOException {
        Path to = folder.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(ROOT.resolve(file), to);
    }

    /** Puts a source file into a module. */
    SeededProject source(String module, String name, String text) throws IOException {
        return put(module, "src/main/java/io/keyturn/seeded/" + name + ".java", text);
    }

    /** Puts a test into a module. */
    SeededProject test(String module, String name, String text) throws IOException {
        return put(module, "src/test/java/io/keyturn/seeded/" + name + ".java", text);
    }

    private SeededProject put(String module, String path, String text) throws IOException {
        Path file = folder.resolve(module).resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Adds a dependency to a module. */
    SeededProject dependency(String module, String group, String artifact) throws IOException {
        Path pom = folder.resolve(module).resolve("pom.xml");
        String line =
                "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId></dependency>";
        Files.writeString(pom, Files.readString(pom).replaceFirst("</dependencies>", line + "</dependencies>"));
        return this;
    }

    /** Replaces text in the build file of a module. */
    SeededProject edit(String module, String text, String by) throws IOException {
        Path pom = folder.resolve(module).resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace(text, by));
        return this;
    }

    record Build(int exit, String output) {}

    /** Builds one module and what it stands on, offline: the build that runs this test has already fetched everything. */
    Build build(String module, String phase) throws IOException, InterruptedException {
        List<String> command = List.of("mvn", "-B", "-o", "-q", "-pl", module, "-am", phase);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Build(process.waitFor(), output);
    }
}
