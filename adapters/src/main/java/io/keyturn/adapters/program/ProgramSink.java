package io.keyturn.adapters.program;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of the operator's that takes a secret wherever it belongs. It is started where it is the very file that was
 * reviewed, with an empty environment; it reads one JSON object, and answers with one. What else it says goes nowhere,
 * for it may hold the secret.
 */
public final class ProgramSink implements SecretSink {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What an answer may name: plain text of one line. */
    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7E]{1,300}");

    private final Delivery.Program program;

    public ProgramSink(Delivery.Program program) {
        this.program = program;
    }

    @Override
    public Answer prove(Address address) throws InterruptedException {
        return run("prove the delivery", request("prove", address), List.of(), address);
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) throws InterruptedException {
        Map<String, Object> request = request("deliver", address);
        request.put("expires", parcel.expires().toString());
        request.put("secret", MAPPER.readTree(ParcelText.of(parcel)));
        return run("deliver the new secret", request, ParcelText.unsaid(parcel), address);
    }

    @Override
    public Answer clear(Address address, KeyId key) throws InterruptedException {
        Map<String, Object> request = request("clear", address);
        request.put("accessKeyId", key.value());
        return run("take away the delivered secret", request, List.of(), address);
    }

    private static Map<String, Object> request(String act, Address address) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("act", act);
        request.put("partition", address.account().partition().id());
        request.put("account", address.account().id().value());
        request.put("user", address.name().value());
        request.put("userId", address.user().value());
        if (address.owner() != null) {
            request.put(
                    "owner",
                    Map.of(
                            "name", address.owner().name(),
                            "source", address.owner().source()));
        }
        return request;
    }

    private Answer run(String tried, Map<String, Object> request, List<String> unsaid, Address address)
            throws InterruptedException {
        Problem blank = new Problem(
                tried, address.name() + " in account " + address.account().id(), "", "");
        String wrong = unfit();
        if (!wrong.isEmpty()) {
            return new Answer.Refused(
                    because(blank, wrong, "review the program, and correct rotate.deliver.path and sha256"));
        }
        OneRun.End end = OneRun.of(program.path(), MAPPER.writeValueAsString(request), program.timeLimit());
        return switch (end) {
            case OneRun.End.NotStarted(String why) ->
                new Answer.Refused(because(blank, named() + " did not start: " + why, "make it executable"));
            case OneRun.End.TooLong() ->
                new Answer.InDoubt(because(
                        blank,
                        named() + " was ended after " + program.timeLimit().toSeconds() + " s",
                        "raise rotate.deliver.time-limit, or see what it waits for"));
            case OneRun.End.Ended(int exit, String said) -> answered(blank, exit, said, unsaid);
        };
    }

    private Answer answered(Problem blank, int exit, String said, List<String> unsaid) {
        JsonNode json;
        try {
            json = MAPPER.readTree(said);
        } catch (JacksonException e) {
            json = MAPPER.missingNode();
        }
        String outcome = json.path("outcome").asString("");
        if (exit == 0 && outcome.equals("confirmed")) {
            List<String> readers = new ArrayList<>();
            json.path("readers").forEach(reader -> readers.add(plain(reader, unsaid)));
            return new Answer.Confirmed(
                    Evidence.ACKNOWLEDGED,
                    plain(json.path("place"), unsaid),
                    readers.isEmpty() ? List.of("who may read it only " + named() + " knows") : readers);
        }
        if (exit == 0 && outcome.equals("refused")) {
            return new Answer.Refused(because(blank, named() + " answered that it refuses", "see its own log"));
        }
        return new Answer.InDoubt(because(
                blank,
                named() + " ended with " + exit + " and "
                        + (outcome.isEmpty() ? "without an answer" : "an answer that is not known here"),
                "it answers {\"outcome\": \"confirmed\" or \"refused\", \"place\": ..., \"readers\": [...]} and ends"
                        + " with 0"));
    }

    private String plain(JsonNode text, List<String> unsaid) {
        String said = text.asString("");
        return PLAIN.matcher(said).matches() ? ParcelText.without(unsaid, said) : "where only " + named() + " knows";
    }

    private String named() {
        return "the program " + program.path();
    }

    private static Problem because(Problem blank, String why, String advice) {
        return new Problem(blank.tried(), blank.on(), why, advice);
    }

    /** Why the program is not the one that was reviewed; empty where it is. */
    private String unfit() {
        Path file = Path.of(program.path());
        try {
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
            if (may.contains(PosixFilePermission.OTHERS_WRITE) || may.contains(PosixFilePermission.GROUP_WRITE)) {
                return named() + " may be changed by others";
            }
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
            return sha256.equals(program.sha256())
                    ? ""
                    : named() + " has the SHA-256 " + sha256 + ", and the configuration says " + program.sha256();
        } catch (IOException e) {
            return named() + " cannot be read (" + e.getClass().getSimpleName() + ")";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        // Nothing runs between two acts.
    }
}
