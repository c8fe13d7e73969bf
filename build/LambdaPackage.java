import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes the package of the Lambda function: {@code java LambdaPackage.java OUT.zip KEYTURN.JAR LIBFOLDER [KEYTURN.YAML]}.
 * The jars in it hold their classes unpacked, so that the package is compressed across them and is half as large, and classes
 * load without being unpacked once more. What no function needs is left out: SQLite for other systems than Lambda's, the
 * asynchronous half of the SDK's clients, and jars' signatures, which nobody asks for and nothing compresses.
 */
class LambdaPackage {
    /** The same bytes from the same sources: 1980-01-01, the first day a zip can tell, in any zone. */
    private static final long EPOCH = 315_619_200_000L;

    /** Only asynchronous clients lead to these; but a cache that all of S3's clients have asks which kind it serves. */
    private static final Predicate<String> ASYNCHRONOUS = Pattern.compile(
                    "software/amazon/awssdk/services/(?!s3/S3AsyncClient\\.class).*/(\\w*Async(Client|Waiter)[\\w$]*|paginators/\\w+Publisher[\\w$]*)\\.class")
            .asMatchPredicate();

    private static final Predicate<String> SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)").asMatchPredicate();

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("usage: java LambdaPackage.java OUT.zip KEYTURN.JAR LIBFOLDER [KEYTURN.YAML]");
            System.exit(2);
        }
        List<Path> jars = jars(Path.of(arguments[1]), Path.of(arguments[2]));
        Path out = Path.of(arguments[0]);
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(out)))) {
            zip.setLevel(9);
            for (Path jar : jars) {
                put(zip, "lib/" + jar.getFileName(), unpacked(jar));
            }
            if (arguments.length > 3) {
                put(zip, "keyturn.yaml", Files.readAllBytes(Path.of(arguments[3])));
            }
        }
        System.out.printf("%s: %.1f MB%n", out, Files.size(out) / 1e6);
    }

    /** Keyturn's, and those that it names: an earlier build's may lie beside them. */
    private static List<Path> jars(Path keyturn, Path lib) throws IOException {
        List<Path> jars = new ArrayList<>(List.of(keyturn));
        try (JarFile jar = new JarFile(keyturn.toFile())) {
            String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String one : named.split(" ")) {
                jars.add(lib.resolve(Path.of(one).getFileName()));
            }
        }
        jars.sort(Comparator.comparing(Path::getFileName));
        return jars;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(EPOCH);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] unpacked(Path jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(bytes)) {
            to.setMethod(ZipOutputStream.STORED);
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (!entry.isDirectory() && isWanted(jar, entry.getName())) {
                    byte[] content = content(from, entry);
                    CRC32 crc = new CRC32();
                    crc.update(content);
                    ZipEntry stored = new ZipEntry(entry.getName());
                    stored.setTime(EPOCH);
                    stored.setSize(content.length);
                    stored.setCompressedSize(content.length);
                    stored.setCrc(crc.getValue());
                    to.putNextEntry(stored);
                    to.write(content);
                    to.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Of a manifest the part before its first empty line: the others are digests of single files, for signatures. */
    private static byte[] content(ZipFile from, ZipEntry entry) throws IOException {
        byte[] content = from.getInputStream(entry).readAllBytes();
        return entry.getName().equals("META-INF/MANIFEST.MF")
                ? (new String(content, UTF_8).split("\\R\\R", 2)[0].stripTrailing() + "\n").getBytes(UTF_8)
                : content;
    }

    private static boolean isWanted(Path jar, String name) {
        if (name.startsWith("META-INF/maven/")
                || name.startsWith("codegen-resources/")
                || ASYNCHRONOUS.test(name)
                || SIGNATURE.test(name)) {
            return false;
        }
        return !jar.getFileName().toString().startsWith("sqlite-jdbc")
                || !name.contains("/native/")
                || name.contains("/native/Linux/aarch64/")
                || name.contains("/native/Linux/x86_64/");
    }
}
