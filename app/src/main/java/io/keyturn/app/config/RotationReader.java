package io.keyturn.app.config;

import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Rotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the {@code rotate} of a policy. */
final class RotationReader {
    private static final List<String> KEYS =
            List.of("deliver", "self-fetch", "deactivate-after", "hold-after", "delete-after", "probe", "also");
    private static final List<String> DELIVER = List.of("to", "readers");
    private static final List<String> SINKS = List.of(Rotation.DEFAULT_SINK);
    private static final Pattern READER =
            Pattern.compile("arn:(?:[a-z-]+|\\$\\{partition\\}):(?:iam|sts)::(?:[0-9]{12}|\\$\\{account\\}):"
                    + "(?:[A-Za-z0-9_+=,.@/-]|\\$\\{(?:partition|account|owner|user)\\})+");

    private RotationReader() {}

    static Optional<Rotation> read(Fields in) {
        return in.mapping("rotate", KEYS).map(RotationReader::rotation);
    }

    private static Rotation rotation(Fields f) {
        boolean selfFetch = f.truth("self-fetch", false);
        Optional<Fields> deliver = f.mapping("deliver", DELIVER);
        deliver.ifPresent(d -> d.require("say where the secret goes and who may read it", "to", "readers"));
        if (deliver.isEmpty() && !selfFetch) {
            f.tree.bad(
                    f.node,
                    f.path,
                    "does not say who gets the new secret",
                    "",
                    "write deliver: {to: secrets-manager, readers: [ARN]}, or self-fetch: true");
        }
        if (deliver.isPresent() && selfFetch) {
            f.bad(
                    "self-fetch",
                    "stands beside deliver",
                    "keep one of the two: whoever holds the old key could read the new one");
        }
        Duration deactivateAfter = f.duration("deactivate-after", Rotation.DEFAULT_DEACTIVATE_AFTER);
        Duration holdAfter = f.duration("hold-after", Rotation.DEFAULT_HOLD_AFTER);
        if (holdAfter.compareTo(deactivateAfter) <= 0) {
            f.bad(
                    f.has("hold-after") ? "hold-after" : "deactivate-after",
                    "leaves no time: hold-after is " + Durations.write(holdAfter) + " and deactivate-after "
                            + Durations.write(deactivateAfter),
                    "make hold-after longer than deactivate-after");
        }
        return new Rotation(
                deliver.map(RotationReader::delivery)
                        .orElse(new Delivery.SecretsManager(List.of(), false, Delivery.Place.DEFAULT)),
                selfFetch,
                deactivateAfter,
                holdAfter,
                f.duration("delete-after", Rotation.DEFAULT_DELETE_AFTER),
                f.word("probe", List.of("on", "off"), word -> word, "on").equals("on"),
                Set.copyOf(f.words("also", List.of(Rotation.Derived.values()), Rotation.Derived::label)));
    }

    private static Delivery delivery(Fields d) {
        d.word("to", SINKS, sink -> sink, Rotation.DEFAULT_SINK);
        return new Delivery.SecretsManager(readers(d), false, Delivery.Place.DEFAULT);
    }

    private static List<String> readers(Fields d) {
        if (d.isEmptyList("readers")) {
            d.bad("readers", "names nobody", "name the role or the single sign-on principal of the owner");
        }
        return d.texts(
                "readers",
                READER,
                "is not the ARN of a role or session",
                "write for example arn:${partition}:iam::${account}:role/${owner}");
    }
}
