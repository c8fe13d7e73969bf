package io.keyturn.app.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.keyturn.app.cli.Embedded;
import io.keyturn.app.presets.Presets;
import io.keyturn.app.wiring.OwnFiles;
import io.keyturn.engine.port.ReadFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The handler: {@code io.keyturn.app.lambda.KeyturnFunction::handleRequest}. Whoever asks gets an answer with the exit code
 * of the command. Where nobody waits, as behind a schedule, whatever was not wholly done fails the invocation, so that
 * Lambda counts it, keeps its event, and alarms see it.
 */
public final class KeyturnFunction implements RequestStreamHandler {
    private static final String RESULTS = "KEYTURN_RESULTS";
    /** Kept back of the time that Lambda gives: for the answer, and for storing the result. */
    private static final long MARGIN_MILLIS = 5_000;
    /** When a run that did not end by itself is told to. */
    private static final long LAST_MILLIS = 2_000;

    private final Embedded process;
    private final Path folder;

    /** In the environment of the function. */
    public KeyturnFunction() throws IOException {
        this(Embedded.here(), Path.of("/tmp", "keyturn"));
    }

    /** @param folder where it may write */
    KeyturnFunction(Embedded process, Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        // The one place of a function that can be written; learnt key IDs live there as long as it stays warm.
        this.process = process.with(Map.of("HOME", folder.toString(), "XDG_STATE_HOME", folder.toString()));
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        JsonLog log = new JsonLog(process.clock(), context.getAwsRequestId(), System.out::println);
        Call call = Call.of(event.readAllBytes(), Presets.selected(process.environment()));
        Result result = new Result(folder.resolve("result.json"));
        int exit = run(call, context.getRemainingTimeInMillis(), result, log);
        ObjectNode said =
                JsonMapper.shared().createObjectNode().put("do", call.what()).put("exit", exit);
        result.numbersInto(said);
        log.tell(said.deepCopy()
                .put("level", exit == Embedded.DONE ? "INFO" : "ERROR")
                .put("event", "ended"));
        // An earlier tool's function returned what it had to say, whatever came of it; alarms then see the log.
        boolean spoke = call.whole() && Files.size(result.file()) > 0;
        if (exit == Embedded.USAGE || (!call.asked() && exit > Embedded.FOUND && !spoke)) {
            String why =
                    log.problems().isEmpty() ? "not everything was read or done; the log says what" : log.problems();
            throw new Failed("exit code " + exit + ": " + why);
        }
        if (!log.problems().isEmpty()) {
            said.put("problems", log.problems());
        }
        answer.write(
                (call.asked() ? whole(call, result, said, context) : own(call, result, said, log)).getBytes("UTF-8"));
    }

    /** What an earlier tool's function returned, and into the log what it printed; of a schedule, the numbers. */
    private static String own(Call call, Result result, ObjectNode said, JsonLog log) throws IOException {
        if (!call.whole() || Files.size(result.file()) == 0 || !result.fits()) {
            return said.toString();
        }
        Result.Returned returned = result.returned();
        if (returned.object() == null) {
            result.into(said);
            return said.toString();
        }
        log.write(returned.printed());
        return returned.object();
    }

    private String whole(Call call, Result result, ObjectNode said, Context context) throws IOException {
        String results = process.environment().getOrDefault(RESULTS, "").strip();
        if (!results.isEmpty()) {
            String address = (results.endsWith("/") ? results : results + "/") + call.what() + "-"
                    + context.getAwsRequestId() + ".json";
            try {
                new OwnFiles(process.environment()).store(result.file(), address);
                said.put("resultAt", address);
            } catch (ReadFailure e) {
                throw new Failed("the result is lost: " + e.problem().sentence());
            }
        } else if (call.whole() && result.fits()) {
            result.into(said);
        } else if (call.whole()) {
            said.put(
                    "resultLeftOut",
                    Files.size(result.file()) + " bytes are more than an answer may hold; set " + RESULTS
                            + " to s3://bucket/folder, or ask for one account");
        }
        return said.toString();
    }

    private int run(Call call, int millis, Result result, JsonLog log) throws IOException {
        List<String> arguments = new ArrayList<>(call.arguments());
        if (!arguments.contains("--preset")) {
            configuration().ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
        }
        long seconds = Math.max(1, (millis - MARGIN_MILLIS) / 1000);
        if (!call.what().equals("doctor")) {
            arguments.addAll(List.of("--time-limit", seconds + "s"));
        }
        // By itself it ends in time; should it not, it is told to before Lambda freezes it in the middle.
        try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().factory());
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(result.file()));
                PrintWriter errors = new PrintWriter(log, true)) {
            Thread run = Thread.currentThread();
            var bell = watch.schedule(run::interrupt, millis - LAST_MILLIS, TimeUnit.MILLISECONDS);
            int exit = process.run(arguments, out, errors);
            bell.cancel(false);
            watch.shutdownNow();
            Thread.interrupted();
            return exit;
        }
    }

    private Optional<Path> configuration() throws IOException {
        try {
            return new ConfigSource(process.environment(), folder).file();
        } catch (ReadFailure e) {
            throw new Failed("the configuration cannot be had: " + e.problem().sentence());
        }
    }
}
