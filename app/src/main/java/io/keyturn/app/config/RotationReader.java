package io.keyturn.app.config;

import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Rotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code rotate} of a policy. */
final class RotationReader {
    private static final List<String> KEYS = List.of(
            "deliver",
            "self-fetch",
            "deactivate-after",
            "hold-after",
            "delete-after",
            "probe",
            "also",
            "by",
            "despite",
            "evidence");

    private RotationReader() {}

    static Optional<Rotation> read(Fields in) {
        return in.mapping("rotate", KEYS).map(RotationReader::rotation);
    }

    private static Rotation rotation(Fields f) {
        boolean selfFetch = f.truth("self-fetch", false);
        Optional<Fields> deliver = f.mapping("deliver", DeliveryReader.keys());
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
        Rotation.By by = f.word("by", List.of(Rotation.By.values()), Rotation.By::label, Rotation.By.USE);
        if (by == Rotation.By.USE && holdAfter.compareTo(deactivateAfter) <= 0) {
            f.bad(
                    f.has("hold-after") ? "hold-after" : "deactivate-after",
                    "leaves no time: hold-after is " + Durations.write(holdAfter) + " and deactivate-after "
                            + Durations.write(deactivateAfter),
                    "make hold-after longer than deactivate-after");
        }
        Delivery to = deliver.map(DeliveryReader::read)
                .orElse(new Delivery.SecretsManager(List.of(), false, Delivery.Place.DEFAULT));
        Evidence evidence = f.word("evidence", List.of(Evidence.values()), Evidence::label, Rotation.DEFAULT_EVIDENCE);
        if (!to.evidence().suffices(evidence)) {
            f.bad(
                    f.has("evidence") ? "evidence" : "deliver",
                    "shows too little: of a secret in " + to.kind() + " there is no more than "
                            + to.evidence().label() + ", and " + evidence.label() + " is asked for",
                    to.evidence() == Evidence.ACKNOWLEDGED
                            ? "write evidence: acknowledged beside deliver where its word suffices"
                            : "deliver to a sink that is read back, or write evidence: "
                                    + to.evidence().label());
        }
        return new Rotation(
                to,
                selfFetch,
                deactivateAfter,
                holdAfter,
                f.duration("delete-after", Rotation.DEFAULT_DELETE_AFTER),
                f.word("probe", List.of("on", "off"), word -> word, "on").equals("on"),
                Set.copyOf(f.words("also", List.of(Rotation.Derived.values()), Rotation.Derived::label)),
                by,
                Set.copyOf(f.words("despite", List.of(Rotation.Obstacle.values()), Rotation.Obstacle::label)),
                evidence);
    }
}
