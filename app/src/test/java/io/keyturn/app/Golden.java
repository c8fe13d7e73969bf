package io.keyturn.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that a person has looked at, and that nothing may change unseen. Run with {@code -Dkeyturn.golden=write} to write
 * them anew, and look at what the version control shows.
 */
public final class Golden {
    /** A picture that is more than a mark of the sprite. */
    private static final Pattern PICTURE = Pattern.compile("<svg(?:(?!</svg>).){150,}</svg>", Pattern.DOTALL);

    /** What is written in files of its own. */
    private static final Pattern APART = Pattern.compile("(<(style|script)[^>]*>).*?</\\2>", Pattern.DOTALL);

    private static final Pattern HASH = Pattern.compile("sha256-[A-Za-z0-9+/=]+");
    private static final Pattern TOKEN = Pattern.compile("(name=\"token\" value=\")[^\"]*");

    private static final boolean WRITE = "write".equals(System.getProperty("keyturn.golden"));

    private final Path folder;
    private final Set<Path> compared = new TreeSet<>();

    /** @param name of the folder below {@code src/test/resources}, none of whose files hides one of the product's resources */
    public Golden(String name) {
        this.folder = Path.of("src", "test", "resources", name);
    }

    /** Compares what was made with the file, or writes the file. */
    public void same(Path name, String made) throws IOException {
        Path file = folder.resolve(name);
        compared.add(name);
        if (WRITE) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, made);
        }
        assertThat(file).as("no golden file; run with -Dkeyturn.golden=write").exists();
        assertThat(made)
                .as(name + ": if this is meant, run with -Dkeyturn.golden=write, and look at the difference")
                .isEqualTo(Files.readString(file));
    }

    /** Compares a page, and each of its pictures, without sheets and scripts, and without what is new each time. */
    public void samePage(String name, String made) throws IOException {
        String html = APART.matcher(made).replaceAll("$1</$2>");
        html = HASH.matcher(html).replaceAll("sha256-");
        html = TOKEN.matcher(html).replaceAll("$1");
        StringBuilder page = new StringBuilder();
        Matcher pictures = PICTURE.matcher(html);
        int number = 0;
        while (pictures.find()) {
            boolean sprite = pictures.group().startsWith("<svg class=\"sprite\"");
            String picture = sprite ? "sprite.svg" : name + "-" + ++number + ".svg";
            pictures.appendReplacement(page, "<svg " + picture + ">");
            // An element a line, so that a difference is seen.
            same(Path.of(picture), pictures.group().replace("><", ">\n<") + "\n");
        }
        pictures.appendTail(page);
        same(Path.of(name + ".html"), page.toString());
    }

    /** Nothing is left there of what is no more. */
    public void nothingElse() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(folder::relativize))
                    .containsExactlyInAnyOrderElementsOf(compared);
        }
    }
}
