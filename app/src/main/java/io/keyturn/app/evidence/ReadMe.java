package io.keyturn.app.evidence;

import io.keyturn.app.render.Safe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The page of the archive that is read first, in plain words. */
final class ReadMe {
    private ReadMe() {}

    static EvidenceFile file(Span span, Instant made, String version, List<String> missing) {
        String lacks = missing.isEmpty()
                ? "Nothing is missing: every account was read whole, and the keys were counted on every day."
                : missing.stream().map(sentence -> "- " + Safe.text(sentence)).collect(Collectors.joining("\n"));
        return EvidenceFile.of(
                "README.txt",
                text().replace("{from}", span.from().toString())
                        .replace("{to}", span.to().toString())
                        .replace("{made}", made.toString())
                        .replace("{version}", version)
                        .replace("{missing}", lacks));
    }

    private static String text() {
        try (InputStream text = ReadMe.class.getResourceAsStream("/evidence/README.txt")) {
            if (text == null) {
                throw new IllegalStateException("the build packs evidence/README.txt");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read evidence/README.txt of the program", e);
        }
    }
}
