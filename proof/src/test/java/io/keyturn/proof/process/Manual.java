package io.keyturn.proof.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read first: the README, and everything under {@code docs}. */
final class Manual {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINE = Pattern.compile("(?m)^(?:\\$ )?\\./keyturn (.*)$");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?keyturn ([^`]+)`");

    private Manual() {}

    /** A block between fences, and the page it stands on. */
    record Block(String page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    /** Every way in which a page calls Keyturn, without its comment and where its output goes; each once. */
    static Set<String> commands() throws IOException {
        Set<String> commands = new LinkedHashSet<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            for (Block block : blocks(page)) {
                LINE.matcher(block.text())
                        .results()
                        .forEach(line -> commands.add(
                                line.group(1).replaceFirst("\\s*[#>].*", "").strip()));
            }
            INLINE.matcher(BLOCK.matcher(text).replaceAll(""))
                    .results()
                    .forEach(call -> commands.add(call.group(1).replaceAll("\\s+", " ")));
        }
        return commands;
    }

    /** Every block in that language. */
    static List<Block> blocks(String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            blocks(page).stream()
                    .filter(block -> block.language().equals(language))
                    .forEach(blocks::add);
        }
        return blocks;
    }

    private static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            blocks.add(new Block(ROOT.relativize(page).toString(), block.group(1), block.group(2)));
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }
}
