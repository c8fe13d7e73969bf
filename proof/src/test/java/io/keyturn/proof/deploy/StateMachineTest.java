package io.keyturn.proof.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The state machine of {@code deploy/stepfunctions}, executed by moto, which reads the states language itself. */
@Timeout(180)
class StateMachineTest {
    @TempDir
    private Path folder;

    /** @param exits by account, the exit code that the function answers with; null where it fails itself */
    private JsonNode execute(String exits) throws Exception {
        Path out = folder.resolve("out.json");
        Path errors = folder.resolve("errors.txt");
        int exit = new ProcessBuilder(
                        System.getProperty("keyturn.python", "python3"),
                        "src/test/python/state_machine.py",
                        "../deploy/stepfunctions/state-machine.asl.json",
                        exits)
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(errors)).isZero();
        return JsonMapper.shared().readTree(out);
    }

    @Test
    void each_account_is_invoked_once_and_one_that_was_not_done_wholly_is_a_failed_item() throws Exception {
        JsonNode ran = execute("{\"111122223333\":0,\"111122223334\":3,\"111122223335\":null,\"111122223336\":0}");

        assertThat(ran.get("invoked").valueStream().map(JsonNode::toString))
                .containsExactly(
                        "{\"do\":\"run\",\"account\":\"111122223333\",\"result\":\"none\"}",
                        "{\"do\":\"run\",\"account\":\"111122223334\",\"result\":\"none\"}",
                        "{\"do\":\"run\",\"account\":\"111122223335\",\"result\":\"none\"}",
                        "{\"do\":\"run\",\"account\":\"111122223336\",\"result\":\"none\"}");
        assertThat(ran.at("/items/0/succeeded").intValue()).isEqualTo(2);
        assertThat(ran.at("/items/0/failed").intValue()).isEqualTo(2);
        assertThat(ran.at("/output/accounts").intValue()).isEqualTo(4);
        assertThat(ran.at("/output/results/Bucket").asString()).isEqualTo("keyturn-results");
        assertThat(ran.at("/objects/0").asString())
                .isEqualTo(ran.at("/output/results/Key").asString())
                .startsWith("runs/");
    }
}
