package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the files, loading ends with settings or with problems whose places are in the file. */
class AnyTextTest {
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\n",
            "\t",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "|",
            ">",
            "#",
            "&a ",
            "*a",
            "!!str ",
            "!x ",
            "${env:",
            "\\",
            "\u0000",
            "\u0085",
            "\ufeff",
            "😀",
            "-1",
            "9999999999",
            "null",
            "true",
            "<<: ",
            "---\n",
            "% ");

    @TempDir
    private Path folder;

    @Test
    void a_file_damaged_at_random_is_refused_or_read_and_never_crashes() {
        ConfigFolder config = new ConfigFolder(folder).with("owners.yaml", "deploy: platform\n");
        String whole = ConfigFolder.resource("every-key.yaml");
        for (int seed = 0; seed < 400; seed++) {
            String damaged = damaged(whole, new Random(seed));
            Loaded loaded = config.load(damaged);
            if (loaded instanceof Loaded.Bad(List<ConfigProblem> problems)) {
                // YAML also ends lines with NEL and its kin, which only the parser counts.
                long lines = damaged.lines().count()
                        + damaged.chars().filter(c -> c == 0x85).count()
                        + 1;
                assertThat(problems).as("seed %d", seed).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.line()).isBetween(0, (int) lines);
                    assertThat(problem.sentence()).startsWith("keyturn.yaml:").doesNotContain("between-us");
                });
            }
        }
    }

    @Test
    void an_owner_file_damaged_at_random_never_crashes() {
        List<String> wholes = List.of(
                "o.yaml|deploy: U123\n\"o'neil\": a\n",
                "o.json|{\"deploy\": \"U123\", \"o\": \"a\"}",
                "o.csv|user,owner\ndeploy,U123\n\"o,1\",\"a\"\"b\"\n",
                "o.py|# who\nmapping = {\n  'deploy': \"U123\",\n  u\"o\": 'a\\'b',\n}\n");
        for (int seed = 0; seed < 400; seed++) {
            String[] file = wholes.get(seed % wholes.size()).split("\\|", 2);
            ConfigFolder config = new ConfigFolder(folder).with(file[0], damaged(file[1], new Random(seed)));
            assertThat(config.load("owners: [{file: " + file[0] + "}]"))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }

    private static String damaged(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        for (int i = 0; i <= random.nextInt(4); i++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(8));
            text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
