package io.keyturn.app.cli;

import io.keyturn.app.render.Safe;
import io.keyturn.app.web.Access;
import io.keyturn.app.web.Door;
import io.keyturn.app.wiring.Serving;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** Serves until Ctrl-C or the end of the process, and then ends what is in hand. */
final class Serve {
    private final CommandLine command;

    Serve(CommandLine command) {
        this.command = command;
    }

    /** One line for whoever reads the log. */
    void say(String sentence) {
        PrintWriter errors = command.getErr();
        synchronized (errors) {
            errors.println("keyturn: " + Safe.text(sentence));
            errors.flush();
        }
    }

    /** One line for whoever reads it later: who came in, and who was kept out, with the time. */
    void log(String sentence, InstantSource clock) {
        say(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + sentence);
    }

    /**
     * Serves; the exit code.
     *
     * @param more what is closed with it, before the site
     */
    int until(
            InetSocketAddress address,
            Access access,
            Optional<String> host,
            Serving serving,
            InstantSource clock,
            AutoCloseable more) {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stopped.countDown();
                    try {
                        ended.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        try (Door door = Door.open(address, access, host, serving, clock, sentence -> log(sentence, clock))) {
            Runtime.getRuntime().addShutdownHook(hook);
            PrintWriter out = command.getOut();
            out.println(
                    host.map(name -> "https://" + name + "/ through what ends TLS in front, at " + text(door.address()))
                            .orElseGet(() -> "http://" + text(door.address()) + "/"));
            out.flush();
            say("serving until you press Ctrl-C");
            stopped.await();
            return 0;
        } catch (IOException e) {
            say("could not listen on " + text(address) + ": " + e.getMessage()
                    + "; choose another with --listen, or port 0 for any free one");
            return Keyturn.USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Runs.INTERRUPTED;
        } finally {
            close(more);
            serving.close();
            ended.countDown();
        }
    }

    private void close(AutoCloseable more) {
        try {
            more.close();
        } catch (Exception e) {
            say("could not end everything: " + e.getMessage());
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
