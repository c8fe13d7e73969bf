package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a person reads who asks for a simulated AWS that cannot be. */
class SandboxCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fault=ListUsers=throtled | \"throtled\" is no kind of fault, did you mean throttled?; these are: access-denied,",
                "--fault=ListUsers | \"ListUsers\" is no fault; write ACTION=KIND[#N][@ACCOUNT], for example",
                "--partition=aws-mars | the partition \"aws-mars\" is not simulated; these are: aws, aws-cn,",
                "--latency=soon | --latency: \"soon\" is no time; write for example 30ms or 2s",
                "--at-risk=2 | a world has at least one account, no negative users, and a share at risk from 0 to 1",
            })
    void a_wrong_option_is_told_with_what_would_be_right(String option, String message) {
        assertThat(run(option)).isEqualTo(2);

        assertThat(err.toString()).contains(message);
    }

    @Test
    void a_port_that_is_taken_is_told_with_what_to_do() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--port", Integer.toString(taken.getLocalPort()))).isEqualTo(2);

            assertThat(err.toString())
                    .startsWith("keyturn: could not listen on port " + taken.getLocalPort() + " of 127.0.0.1: ")
                    .contains("; choose another with --port, or 0 for any free one");
        }
    }

    private int run(String... options) {
        CommandLine line = Keyturn.commandLine(Map.of()).setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 1];
        all[0] = "sandbox";
        System.arraycopy(options, 0, all, 1, options.length);
        return line.execute(all);
    }
}
