package io.keyturn.app.config;

import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Delivery.Kind;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code deliver} of a rotation: each kind of sink has keys of its own. */
final class DeliveryReader {
    /** How long a program may take, unless something else is said. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private static final Map<String, List<String>> NEEDED = new LinkedHashMap<>();
    private static final Map<String, List<String>> POSSIBLE = Map.of(
            Kind.SECRETS_MANAGER, List.of("trust-owner-tag", "name", "kms-key", "region"),
            Kind.FILE, List.of(),
            Kind.SSM, List.of("name", "region"),
            Kind.S3, List.of("name", "region"),
            Kind.S3_CSV, List.of("region"),
            Kind.PROGRAM, List.of("time-limit"));

    static {
        NEEDED.put(Kind.SECRETS_MANAGER, List.of("readers"));
        NEEDED.put(Kind.FILE, List.of("folder", "recipients"));
        NEEDED.put(Kind.SSM, List.of("kms-key"));
        NEEDED.put(Kind.S3, List.of("bucket", "kms-key"));
        NEEDED.put(Kind.S3_CSV, List.of("bucket"));
        NEEDED.put(Kind.PROGRAM, List.of("path", "sha256"));
    }

    private static final Pattern READER =
            Pattern.compile("arn:(?:[a-z-]+|\\$\\{partition\\}):(?:iam|sts)::(?:[0-9]{12}|\\$\\{account\\}):"
                    + "(?:[A-Za-z0-9_+=,.@/-]|\\$\\{(?:partition|account|owner|user)\\})+");
    private static final Pattern NAME =
            Pattern.compile("(?=.*\\$\\{user\\})(?:[A-Za-z0-9_+=.@/-]|\\$\\{(?:account|user)\\})+");
    private static final Pattern KMS_KEY = Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+");
    private static final Pattern REGION = Pattern.compile("[a-z]+(?:-[a-z]+)+-[0-9]+");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern USERS = Pattern.compile("arn:[a-z*?-]+:iam::[0-9*?]{1,12}:user/.+");
    private static final Pattern PROGRAM = Pattern.compile("/[^\\x00]+");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final Fields in;
    private boolean wrong;

    private DeliveryReader(Fields in) {
        this.in = in;
    }

    /** The keys of all kinds. */
    static List<String> keys() {
        Set<String> keys = new LinkedHashSet<>(List.of("to"));
        NEEDED.values().forEach(keys::addAll);
        POSSIBLE.values().forEach(keys::addAll);
        return List.copyOf(keys);
    }

    /** The delivery; where it is wrong, which is then said, anything. */
    static Delivery read(Fields in) {
        return new DeliveryReader(in).delivery();
    }

    private Delivery delivery() {
        List<String> kinds = List.copyOf(NEEDED.keySet());
        if (!in.require("say where the secret goes", "to")) {
            return NOWHERE;
        }
        String kind = in.word("to", kinds, word -> word, "");
        if (kind.isEmpty()) {
            return NOWHERE;
        }
        List<String> needed = NEEDED.getOrDefault(kind, List.of());
        List<String> possible = POSSIBLE.getOrDefault(kind, List.of());
        keys().stream()
                .filter(key -> !key.equals("to") && in.has(key) && !needed.contains(key) && !possible.contains(key))
                .forEach(key -> in.bad(key, "does not go with to: " + kind, "leave it out"));
        String right =
                kind.equals(Kind.SECRETS_MANAGER) ? "say where the secret goes and who may read it" : needs(kind);
        if (!in.require(right, needed.toArray(String[]::new))) {
            return NOWHERE;
        }
        Delivery read = of(kind);
        return wrong ? NOWHERE : read;
    }

    private static final Delivery NOWHERE = new Delivery.SecretsManager(List.of(), false, Delivery.Place.DEFAULT);

    private static String needs(String kind) {
        return "to: " + kind + " needs " + String.join(" and ", NEEDED.getOrDefault(kind, List.of()));
    }

    private Delivery of(String kind) {
        return switch (kind) {
            case Kind.FILE -> new Delivery.File(file("folder"), recipients());
            case Kind.SSM -> placed(Delivery.Ssm::new);
            case Kind.S3_CSV -> new Delivery.S3Csv(bucket(), region());
            case Kind.S3 -> {
                String bucket = bucket();
                yield placed(place -> new Delivery.S3(bucket, place));
            }
            case Kind.PROGRAM ->
                new Delivery.Program(
                        text("path", PROGRAM, "is not an absolute path", "write the path from / on"),
                        text(
                                "sha256",
                                SHA_256,
                                "is not a SHA-256 in 64 small hexadecimal digits",
                                "write what sha256sum prints of the program"),
                        in.duration("time-limit", TIME_LIMIT));
            default -> new Delivery.SecretsManager(readers(), in.truth("trust-owner-tag", false), place());
        };
    }

    /** A kind that takes a customer's key alone. */
    private Delivery placed(Function<Delivery.Place, Delivery> kind) {
        Delivery.Place place = place();
        return wrong || place.kmsKey() == null ? NOWHERE : kind.apply(place);
    }

    private Delivery.Place place() {
        String name = in.has("name")
                ? text(
                        "name",
                        NAME,
                        "is not the name of one secret a user",
                        "write for example " + Delivery.Place.DEFAULT_NAME)
                : Delivery.Place.DEFAULT_NAME;
        String key = in.has("kms-key")
                ? text(
                        "kms-key",
                        KMS_KEY,
                        "is not the ARN of a customer's KMS key",
                        "write for example arn:aws:kms:eu-central-1:111122223333:key/ID; an alias can be moved")
                : null;
        String region = region();
        return wrong ? Delivery.Place.DEFAULT : new Delivery.Place(name, key, region);
    }

    private @Nullable String region() {
        return in.has("region") ? text("region", REGION, "is not a Region", "write for example eu-central-1") : null;
    }

    private String bucket() {
        return text("bucket", BUCKET, "is not the name of a bucket", "write the bucket's name");
    }

    private String text(String key, Pattern pattern, String what, String right) {
        @Nullable String text = in.text(key, pattern, what, right);
        wrong |= text == null;
        return text == null ? "" : text;
    }

    private String file(String key) {
        String path = in.text(key, "write a path");
        wrong |= path == null;
        return path == null ? "" : resolved(in, key, path);
    }

    /** A path that begins at the configuration's folder. */
    private static String resolved(Fields at, String key, String path) {
        try {
            return at.tree.folder.resolve(path).normalize().toString();
        } catch (InvalidPathException e) {
            at.bad(key, "is not a path", "write a path without NUL");
            return "";
        }
    }

    private List<Delivery.Recipient> recipients() {
        if (in.isEmptyList("recipients")) {
            in.bad("recipients", "names nobody", "name the users' ARNs and the file of their public key");
        }
        return in.each("recipients", List.of("user", "key-file"), f -> {
            String right = "write {user: \"arn:aws:iam::*:user/ann\", key-file: ann.asc}";
            if (!f.require(right, "user", "key-file")) {
                return Optional.empty();
            }
            String user = f.text("user", USERS, "is not a pattern of user ARNs", right);
            String file = f.text("key-file", "write the path of a public key");
            return user == null || file == null
                    ? Optional.empty()
                    : Optional.of(new Delivery.Recipient(new ArnPattern(user), resolved(f, "key-file", file)));
        });
    }

    private List<String> readers() {
        if (in.isEmptyList("readers")) {
            in.bad("readers", "names nobody", "name the role or the single sign-on principal of the owner");
        }
        return in.texts(
                "readers",
                READER,
                "is not the ARN of a role or session",
                "write for example arn:${partition}:iam::${account}:role/${owner}");
    }
}
