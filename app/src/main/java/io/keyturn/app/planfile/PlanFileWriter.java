package io.keyturn.app.planfile;

import io.keyturn.app.config.Sha256;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planned;
import io.keyturn.core.report.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a plan to a file, which is then there whole or not at all. Its schema is {@code plan.schema.json}. */
public final class PlanFileWriter {
    static final String HASH = "hash";
    private static final JsonMapper JSON = JsonMapper.shared();

    private PlanFileWriter() {}

    /**
     * Writes it.
     *
     * @param accounts what the plan was made of
     * @param policy fingerprint of the configuration
     * @return the plan as it is in the file
     * @throws IOException where it is not written: then the file is as it was
     */
    public static PlanFile write(
            Path file, Plan plan, List<Account> accounts, boolean complete, String policy, Instant now)
            throws IOException {
        Instant made = now.truncatedTo(ChronoUnit.SECONDS);
        ObjectNode node = JSON.createObjectNode();
        node.put("schema", PlanFile.SCHEMA);
        node.put("made", made.toString());
        node.put("validUntil", made.plus(PlanFile.VALID).toString());
        node.put("policy", policy);
        node.put("complete", complete);
        ArrayNode list = node.putArray("accounts");
        accounts.stream().sorted(Comparator.comparing(Account::id)).forEach(account -> {
            ObjectNode entry = list.addObject();
            entry.put("id", account.id().value());
            entry.put("name", account.name());
        });
        ArrayNode actions = node.putArray("actions");
        for (Action action : plan.actions()) {
            Planned.of(action).ifPresent(planned -> action(actions.addObject(), planned, action.reasons()));
        }
        node.put(HASH, hash(node));
        put(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
        try {
            return PlanFileReader.parse(node);
        } catch (BadPlan e) {
            throw new IllegalStateException("the plan that was written cannot be read", e);
        }
    }

    private static void action(ObjectNode node, Planned planned, List<Reason> reasons) {
        node.put("action", planned.verb().label());
        node.put("account", planned.account().value());
        node.put("user", planned.name().value());
        node.put("userId", planned.user().value());
        node.put("keyId", planned.key().value());
        node.put("owner", planned.owner());
        node.put(
                "announces",
                planned.announced() == null ? null : planned.announced().label());
        node.put("day", planned.day() == null ? null : planned.day().toString());
        node.put("sink", planned.sink());
        ArrayNode why = node.putArray("why");
        reasons.forEach(reason -> why.add(Words.sentence(reason)));
    }

    /** SHA-256 of everything in the file but itself, whatever its spaces and line ends. */
    static String hash(ObjectNode node) {
        ObjectNode rest = node.deepCopy();
        rest.remove(HASH);
        return Sha256.of(rest.toString());
    }

    /** Beside its place first, and on the disk, so that a full one or a crash leaves no half of a plan. */
    private static void put(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(folder, ".keyturn-plan-", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
