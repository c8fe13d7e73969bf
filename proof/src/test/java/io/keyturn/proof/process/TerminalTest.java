package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The same result on a terminal, which {@code script} plays, and in a pipe. */
@Timeout(120)
class TerminalTest {
    /** Colours, bold and dim, but not what moves the cursor. */
    private static final String RENDITION = "\u001b\\[[0-9;]*m";

    /** The line of progress, and what takes it away again. */
    private static final String PROGRESS = "\r\u001b\\[K(reading [^\r\n]*)?";

    private static SandboxServer server;

    @TempDir
    Path home;

    @BeforeAll
    static void open() throws IOException {
        World world = World.generate(new WorldSpec(5, 1, 30, 0.2, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private Tool tool() {
        return new Tool(home).on(server);
    }

    private static String onTerminal(Tool tool, String... arguments) throws Exception {
        Tool.Ended ended = tool.inShell("script -qec \"$(printf '%q ' \"$@\")\" /dev/null", arguments);
        assertThat(ended.exit()).as("%s", ended).isZero();
        return ended.out().replaceAll(PROGRESS, "").replace("\r\n", "\n");
    }

    private static String inPipe(Tool tool, String... arguments) throws Exception {
        Tool.Ended ended = tool.run(arguments);
        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.said()).isEmpty();
        return ended.out();
    }

    @Test
    void a_terminal_gets_colours_and_a_pipe_gets_the_same_text_without() throws Exception {
        String coloured = onTerminal(tool(), "scan", "--read", "live");
        String plain = inPipe(tool(), "scan", "--read", "live");
        assertThat(coloured).contains("\u001b[31m◆\u001b[0m");
        assertThat(plain).contains("◆").doesNotContain("\u001b");
        assertThat(coloured.replaceAll(RENDITION, "")).isEqualTo(plain);
    }

    @Test
    void no_color_and_color_never_take_the_colours_from_a_terminal() throws Exception {
        String plain = inPipe(tool(), "scan", "--read", "live");
        assertThat(onTerminal(tool().with("NO_COLOR", "1"), "scan", "--read", "live"))
                .isEqualTo(plain);
        assertThat(onTerminal(tool(), "scan", "--read", "live", "--color", "never"))
                .isEqualTo(plain);
    }

    @Test
    void color_always_colours_a_pipe_even_where_no_color_is_set() throws Exception {
        assertThat(inPipe(tool().with("NO_COLOR", "1"), "scan", "--read", "live", "--color", "always"))
                .contains("\u001b[31m◆\u001b[0m");
    }

    @Test
    void whoever_watches_the_demo_is_told_what_to_try_next() throws Exception {
        assertThat(onTerminal(new Tool(home), "demo")).contains("Try next:", "./keyturn plan --demo");
    }

    @Test
    void progress_is_gone_from_a_terminal_before_the_result_begins() throws Exception {
        DoorOptions slow = new DoorOptions(0, Duration.ZERO, Duration.ofSeconds(2), 0, true);
        World world = World.generate(new WorldSpec(5, 3, 60, 0.2, Instant.now()));
        try (SandboxServer late = SandboxServer.start(world, slow, InstantSource.system())) {
            Tool tool = new Tool(home).on(late);
            String json = onTerminal(tool, "scan", "--organization", "keyturn-read", "--output", "json");
            assertThat(JsonMapper.shared().readTree(json).get("complete").booleanValue())
                    .isTrue();
            assertThat(onTerminal(tool, "scan", "--organization", "keyturn-read", "--color", "never"))
                    .matches("(?s)\\d+ keys need a decision this week.*");
        }
    }

    @Test
    void without_utf_8_the_screen_is_ascii() throws Exception {
        assertThat(inPipe(tool().with("LC_ALL", "C"), "scan", "--read", "live"))
                .isASCII()
                .contains("! ");
    }
}
