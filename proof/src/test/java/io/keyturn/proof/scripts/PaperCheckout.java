package io.keyturn.proof.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small checkout with scripts of this project, whose Maven and Java only write down what they are asked. */
record PaperCheckout(Path folder) {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** The programs that the scripts call or look for. */
    private static final List<String> CALLED = List.of(
            ("age cat chmod chromium cksum cp date dirname env faketime find git go gpg grep head id influxd kill ls mkdir"
                            + " mv mvn prometheus python3 readlink rm sed sh sleep systemd-analyze tr")
                    .split(" "));

    /** Makes one with a script of the project's and a JDK. */
    static PaperCheckout of(Path folder, String script) throws IOException {
        PaperCheckout checkout = new PaperCheckout(folder);
        Files.createDirectories(folder.resolve("build"));
        Files.copy(ROOT.resolve(script), folder.resolve(script));
        Files.copy(ROOT.resolve("build/find-jdk.sh"), folder.resolve("build/find-jdk.sh"));
        checkout.write("jdk/release", "JAVA_VERSION=\"25.0.1\"");
        checkout.program("jdk/bin/javac", "");
        checkout.program("jdk/bin/java", "");
        return checkout;
    }

    Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    void program(String path, String text) throws IOException {
        assertThat(write(path, "#!/bin/sh\n" + text + "\n").toFile().setExecutable(true))
                .isTrue();
    }

    /** A command that finds the programs of the checkout before those of the machine. */
    ProcessBuilder command(String... words) {
        ProcessBuilder command = new ProcessBuilder(words).directory(folder.toFile());
        command.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        command.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return command;
    }

    /** A command on a machine that has the programs of the checkout and what scripts call, but for one of them. */
    ProcessBuilder bare(String lacking, String... words) throws IOException {
        for (String name : CALLED) {
            if (!name.equals(lacking)) {
                program("machine/" + name, "PATH='" + System.getenv("PATH") + "'; exec " + name + " \"$@\"");
            }
        }
        Files.deleteIfExists(folder.resolve("bin").resolve(lacking));
        ProcessBuilder command = command(words);
        command.environment().put("PATH", folder.resolve("bin") + ":" + folder.resolve("machine"));
        return command;
    }

    /** What it says on both ways. */
    static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
