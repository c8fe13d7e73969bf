package io.keyturn.app.planfile;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Planned;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a plan file, and trusts nothing in it before its hash fits. */
public final class PlanFileReader {
    private static final String SCHEMAS = PlanFile.SCHEMA.substring(0, PlanFile.SCHEMA.lastIndexOf('/') + 1);
    /** How far the clocks of two machines may lie apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private PlanFileReader() {}

    /**
     * Reads it.
     *
     * @param policy fingerprint of the configuration that holds now
     * @throws BadPlan where it is not whole, not as it was written, not of this version, not of now, or judged by others
     */
    public static PlanFile read(Path file, String policy, Instant now) throws BadPlan {
        try {
            ObjectNode node = node(text(file));
            PlanFile plan = parse(node);
            check(plan, policy, now);
            return plan;
        } catch (BadPlan e) {
            throw new BadPlan("the plan in " + file + " is not applied: " + e.getMessage(), e);
        }
    }

    private static String text(Path file) throws BadPlan {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadPlan("there is no such file; write one with `keyturn plan --out FILE`", e);
        } catch (IOException e) {
            throw new BadPlan("it cannot be read: " + e + "; check the file and its permissions", e);
        }
    }

    private static ObjectNode node(String text) throws BadPlan {
        try {
            if (JsonMapper.shared().readTree(text) instanceof ObjectNode node) {
                return node;
            }
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new BadPlan(
                    "it is no whole JSON, perhaps cut short, at line " + (at == null ? "?" : at.getLineNr())
                            + "; make it again with `keyturn plan --out FILE`",
                    e);
        }
        throw new BadPlan("it is no plan; make one with `keyturn plan --out FILE`");
    }

    /** The plan of a file, whose hash fits. */
    static PlanFile parse(ObjectNode node) throws BadPlan {
        String schema = node.path("schema").asString("");
        if (!schema.equals(PlanFile.SCHEMA)) {
            throw new BadPlan(
                    schema.startsWith(SCHEMAS)
                            ? "it is of version " + schema.substring(SCHEMAS.length())
                                    + " and this Keyturn knows version "
                                    + PlanFile.SCHEMA.substring(SCHEMAS.length())
                                    + "; make it again with this one, or apply it with the one that made it"
                            : "it is no plan; make one with `keyturn plan --out FILE`");
        }
        String hash = node.path(PlanFileWriter.HASH).asString("");
        if (!hash.equals(PlanFileWriter.hash(node))) {
            throw new BadPlan("it is not as it was written: its hash does not fit; make it again, and narrow with"
                    + " --user, --account or --only instead of editing it");
        }
        try {
            return new PlanFile(
                    Instant.parse(node.path("made").asString()),
                    Instant.parse(node.path("validUntil").asString()),
                    node.path("policy").asString(),
                    accounts(node.path("accounts")),
                    node.path("complete").asBoolean(),
                    actions(node.path("actions")),
                    hash);
        } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
            throw new BadPlan("a part of it cannot be understood: " + e.getMessage() + "; make it again", e);
        }
    }

    private static List<PlanFile.Of> accounts(JsonNode list) {
        List<PlanFile.Of> accounts = new ArrayList<>();
        list.forEach(node -> accounts.add(new PlanFile.Of(
                new AccountId(node.path("id").asString()), node.path("name").asString())));
        return accounts;
    }

    private static List<Planned> actions(JsonNode list) {
        List<Planned> actions = new ArrayList<>();
        for (JsonNode node : list) {
            String announces = optional(node, "announces");
            String day = optional(node, "day");
            actions.add(new Planned(
                    Labels.of(Verb.values(), Verb::label, node.path("action").asString()),
                    new AccountId(node.path("account").asString()),
                    new UserId(node.path("userId").asString()),
                    new UserName(node.path("user").asString()),
                    new KeyId(node.path("keyId").asString()),
                    optional(node, "owner"),
                    announces == null ? null : Labels.of(Step.values(), Step::label, announces),
                    day == null ? null : LocalDate.parse(day),
                    optional(node, "sink")));
        }
        return actions;
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : null;
    }

    private static void check(PlanFile plan, String policy, Instant now) throws BadPlan {
        if (plan.made().isAfter(now.plus(CLOCKS))) {
            throw new BadPlan("it was made at " + plan.made() + ", which is still to come; check the clock");
        }
        if (!now.isBefore(plan.validUntil())) {
            throw new BadPlan("it was valid until " + plan.validUntil() + "; make it again");
        }
        if (!plan.policy().equals(policy)) {
            throw new BadPlan("the configuration judges otherwise than when it was made: policies, owners, exemptions,"
                    + " stages, limits or what must hold before a change are not the same; make it again");
        }
    }

    /** Finds constants by their words. */
    private static final class Labels {
        static <E> E of(E[] all, Function<E, String> label, String word) {
            for (E one : all) {
                if (label.apply(one).equals(word)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("nothing is called \"" + word + "\"");
        }
    }
}
