package io.keyturn.proof.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.keyturn.app.wiring.Demo;
import io.keyturn.proof.deploy.RuntimeApi.Answer;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The package of the function, as {@code deploy/lambda/package.sh} writes it. */
@Timeout(180)
class LambdaPackageTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final long LIMIT = 40_000_000;

    /** What is asynchronous itself, or is called where nobody of ours calls. */
    private static final String ASYNCHRONOUS = ".*(Async|/internal/(warmup|multipart|crt|async)/).*";

    @TempDir
    private static Path folder;

    private static Path zip;

    @BeforeAll
    static void write() throws Exception {
        zip = folder.resolve("keyturn.zip");
        assertThat(HOME.resolve("app/target/lib"))
                .as("what \"mvn package\" puts beside the product's jar")
                .isDirectory();
        Path log = folder.resolve("package.txt");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HOME.resolve("build/LambdaPackage.java").toString(),
                        zip.toString(),
                        HOME.resolve("app/target/keyturn-app-0.1.0.jar").toString(),
                        HOME.resolve("app/target/lib").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
    }

    @Test
    void it_is_under_forty_megabytes_and_its_page_says_how_large_it_is() throws IOException {
        assertThat(Files.size(zip)).isLessThan(LIMIT);
        Matcher told = Pattern.compile("keyturn\\.zip, about (\\d+) MB")
                .matcher(Files.readString(HOME.resolve("deploy/lambda/README.md")));
        assertThat(told.find()).isTrue();
        assertThat(Long.parseLong(told.group(1)) * 1e6).isCloseTo(Files.size(zip), within(1e6));
    }

    @Test
    void nothing_in_it_leads_to_what_was_left_out() throws IOException {
        Set<String> there = new HashSet<>();
        Map<String, Set<String>> asked = new TreeMap<>();
        try (ZipFile jars = new ZipFile(zip.toFile())) {
            for (ZipEntry jar : jars.stream().toList()) {
                try (ZipInputStream classes = new ZipInputStream(
                        new ByteArrayInputStream(jars.getInputStream(jar).readAllBytes()))) {
                    classes(classes, there, asked);
                }
            }
        }
        asked.keySet().removeAll(there);

        assertThat(there).contains("software/amazon/awssdk/services/iam/IamClient");
        assertThat(asked).isEmpty();
    }

    /** Notes which classes are there, and which of AWS's services are asked for by whom. */
    private static void classes(ZipInputStream jar, Set<String> there, Map<String, Set<String>> asked)
            throws IOException {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            String name = entry.getName().replaceAll("\\.class$", "");
            boolean ours = name.startsWith("io/keyturn/") || name.startsWith("software/amazon/awssdk/");
            if (!ours || name.equals(entry.getName())) {
                continue;
            }
            there.add(name);
            ClassFile.of().parse(jar.readAllBytes()).constantPool().forEach(one -> {
                if (one instanceof ClassEntry type
                        && type.asInternalName().startsWith("software/amazon/awssdk/services/")
                        && !name.matches(ASYNCHRONOUS)) {
                    asked.computeIfAbsent(type.asInternalName(), any -> new TreeSet<>())
                            .add(name);
                }
            });
        }
    }

    @Test
    void the_function_in_it_stands_in_for_an_earlier_tool_whatever_the_event() throws Exception {
        World world = World.generate(new WorldSpec(5, 3, 30, 0.3, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Map<String, String> environment = new HashMap<>(Demo.environment(server));
            environment.putAll(Map.of("KEYTURN_PRESET", "sentry", "key_age", "30"));
            try (RuntimeApi lambda = new RuntimeApi(environment, folder.resolve("log.txt"), classPath())) {
                Answer answer = lambda.invoke("{\"any\":\"event\"}", 60);
                assertThat(answer.failed()).as(answer.body()).isFalse();
                JsonNode told = JsonMapper.shared().readTree(answer.body());
                assertThat(told.get("KeyAgeCutOff").intValue()).isEqualTo(30);
                assertThat(told.get("SecOpsEmailed").asString()).isEqualTo("No - SecOpsTopicArn is Incorrect");
            }
        }
    }

    /** What is in the package, and AWS's runtime. */
    private static String classPath() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        try (ZipFile jars = new ZipFile(zip.toFile())) {
            for (ZipEntry jar : jars.stream().toList()) {
                Files.copy(jars.getInputStream(jar), folder.resolve(jar.getName()));
            }
        }
        String runtime = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(one -> one.contains("aws-lambda-java"))
                .collect(Collectors.joining(File.pathSeparator));
        return lib + File.separator + "*" + File.pathSeparator + runtime;
    }
}
