package io.keyturn.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path folder;

    private Loaded load(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), yaml);
        return new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder).load(file);
    }

    private List<String> problems(String yaml) throws IOException {
        return assertInstanceOf(Loaded.Bad.class, load(yaml)).problems().stream()
                .map(ConfigProblem::sentence)
                .toList();
    }

    @Test
    void theStarterFileLoads() throws IOException {
        for (boolean organization : new boolean[] {true, false}) {
            Loaded.Ok ok =
                    assertInstanceOf(Loaded.Ok.class, load(ConfigInit.commented("111122223333", "prod", organization)));
            assertEquals(3, ok.settings().rules().policies().size());
        }
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsPlace() throws IOException {
        assertEquals(
                List.of(
                        "keyturn.yaml:1:1: \"polices\" is not a key known here; did you mean \"policies\"?",
                        "keyturn.yaml:3:1: read: \"read\" is written twice; keep one of the two"),
                problems("polices: []\nread: auto\nread: live\n"));
    }

    @Test
    void aNumberWithoutUnitIsNoDuration() throws IOException {
        assertEquals(
                List.of("keyturn.yaml:1:15: first-notice: \"90\" is not a duration; write for example 90d or 24h"),
                problems("first-notice: 90"));
    }

    @Test
    void anEmptyFileIsSaidToBeEmpty() throws IOException {
        assertEquals(List.of("keyturn.yaml: is empty; write one with: keyturn config init"), problems(""));
    }

    @Test
    void aMissingSecretIsNamed() throws IOException {
        assertEquals(
                List.of("keyturn.yaml:1:79: accounts[0].external-id: \"${env:X}\" names an environment variable"
                        + " that is not set; set X"),
                problems(
                        "accounts: [{role: \"arn:aws:iam::111122223333:role/keyturn-read\", external-id: \"${env:X}\"}]"));
    }
}
