import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites jars whose classes are of Java 5 (picocli) as classes of Java 8, without changing what they do: the JVM keeps
 * no class of an older format than Java 6 in its start-up cache, and loading and verifying these took longer than
 * everything else that {@code --help} does. Jars without such classes are left alone.
 *
 * <p>Run by the launcher after each build: {@code java build/NewerClasses.java JAR...}
 */
final class NewerClasses {
    private static final int OLDEST_CACHED = ClassFile.JAVA_6_VERSION;
    private static final int WRITTEN = ClassFile.JAVA_8_VERSION;

    private NewerClasses() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            Path path = Path.of(jar);
            if (hasOld(path)) {
                rewrite(path);
            }
        }
    }

    private static boolean hasOld(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream().anyMatch(entry -> isOld(entry, bytes(jar, entry)));
        }
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOld(JarEntry entry, byte[] bytes) {
        return entry.getName().endsWith(".class") && ((bytes[6] & 0xff) << 8 | bytes[7] & 0xff) < OLDEST_CACHED;
    }

    private static void rewrite(Path path) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".new");
        try (JarFile jar = new JarFile(path.toFile());
                URLClassLoader loader = loader(path);
                OutputStream file = Files.newOutputStream(aside);
                JarOutputStream out = new JarOutputStream(file)) {
            // A frame names the common superclass of two types, which only the classes themselves can tell.
            ClassFile rewriter = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.ofClassLoading(ClassLoader.getPlatformClassLoader()))));
            for (JarEntry entry : jar.stream().toList()) {
                byte[] bytes = bytes(jar, entry);
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(isOld(entry, bytes) ? newer(rewriter, bytes) : bytes);
            }
        }
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static URLClassLoader loader(Path jar) throws MalformedURLException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private static byte[] newer(ClassFile rewriter, byte[] bytes) {
        // Going through every instruction makes the frames that the newer format asks for.
        ClassTransform everyBody = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        return rewriter.transformClass(rewriter.parse(bytes), everyBody.andThen((builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(WRITTEN, 0);
            } else {
                builder.with(element);
            }
        }));
    }
}
