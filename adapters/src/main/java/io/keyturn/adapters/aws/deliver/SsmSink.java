package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Systems Manager's Parameter Store: one SecureString a user, under the customer's KMS key. It has no policy of its own:
 * who may read it is said by everybody's policies and the key's. Source: Systems Manager API reference, version
 * 2014-11-06.
 */
final class SsmSink implements SecretSink {
    /** What the name of a proof ends with. */
    static final String PROOF = ".keyturn-proof";

    private static final String CANARY = "{\"note\":\"a proof that this can be written and read\"}";
    private static final String LETTERS = "/_.-";
    private static final Pattern NAME = Pattern.compile("[\\w/.-]{1,1000}");
    private static final int LOOKS = 6;

    private final DeliveryDoor door;
    private final SsmClient client;
    private final String region;
    private final Delivery.Ssm delivery;
    private final Waiting waiting;

    SsmSink(DeliveryDoor door, SsmClient client, String region, Delivery.Ssm delivery, Waiting waiting) {
        this.door = door;
        this.client = client;
        this.region = region;
        this.delivery = delivery;
        this.waiting = waiting;
    }

    /** What an act does with the user's parameter. */
    private interface Deed {
        Answer on(Steps steps, String name) throws NotDelivered, InterruptedException;
    }

    private Answer act(Address address, String tried, List<String> unsaid, Deed deed) throws InterruptedException {
        return Steps.act(door, address, tried, unsaid, words -> {
            String plain =
                    new Expansion(address, false, words).name(delivery.place().name(), LETTERS, NAME);
            // A name with slashes is a path, which begins with one.
            String name = plain.contains("/") && !plain.startsWith("/") ? "/" + plain : plain;
            DeliveryNeeds may =
                    DeliveryNeeds.ofSsm(region, name, delivery.place().kmsKey());
            return deed.on(new Steps(door.session(may.policy(door.account())), words), name);
        });
    }

    @Override
    public Answer prove(Address address) throws InterruptedException {
        return act(address, "prove the delivery", List.of(), (steps, name) -> {
            put(steps, name + PROOF, CANARY);
            readBack(steps, name + PROOF, CANARY);
            delete(steps, name + PROOF);
            return confirmed(name);
        });
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) throws InterruptedException {
        return act(address, "deliver the new secret", ParcelText.unsaid(parcel), (steps, name) -> {
            String value = ParcelText.of(parcel);
            put(steps, name, value);
            steps.handedOver();
            readBack(steps, name, value);
            return confirmed(name);
        });
    }

    @Override
    public Answer clear(Address address, KeyId key) throws InterruptedException {
        return act(address, "take away the delivered secret", List.of(), (steps, name) -> {
            Optional<Parameter> there = get(steps, name);
            // Another key's secret has taken its place; what was before stays in the history, which ends with it.
            if (there.isPresent() && !there.get().value().contains("\"" + key + "\"")) {
                return new Answer.Confirmed(
                        Evidence.READ_BACK,
                        name,
                        List.of("whoever may read the parameter may read its earlier versions until it is deleted"));
            }
            if (there.isPresent()) {
                delete(steps, name);
            }
            return new Answer.Confirmed(Evidence.READ_BACK, name, List.of());
        });
    }

    private void put(Steps steps, String name, String value) throws NotDelivered, InterruptedException {
        steps.write(
                "write the parameter",
                as -> client.putParameter(r -> r.name(name)
                        .type(ParameterType.SECURE_STRING)
                        .keyId(delivery.place().kmsKey())
                        .value(value)
                        .overwrite(true)
                        .overrideConfiguration(as)));
    }

    private Optional<Parameter> get(Steps steps, String name) throws NotDelivered, InterruptedException {
        return steps.read(
                "read the parameter",
                as -> client.getParameter(r -> r.name(name).withDecryption(true).overrideConfiguration(as))
                        .parameter());
    }

    private void readBack(Steps steps, String name, String value) throws NotDelivered, InterruptedException {
        Optional<Parameter> last =
                look(steps, name, there -> there.map(Parameter::value).equals(Optional.of(value)));
        if (last.isEmpty()) {
            throw steps.disagrees("what was written cannot be read back");
        }
        if (!last.get().value().equals(value)) {
            throw steps.disagrees("what is read back is not what was written");
        }
        if (last.get().type() != ParameterType.SECURE_STRING) {
            throw NotDelivered.refused(steps.words()
                    .problem("the parameter " + name + " is not encrypted", "delete it: its type cannot be changed"));
        }
    }

    private void delete(Steps steps, String name) throws NotDelivered, InterruptedException {
        steps.write(
                "delete the parameter",
                as -> client.deleteParameter(r -> r.name(name).overrideConfiguration(as)));
        if (look(steps, name, Optional::isEmpty).isPresent()) {
            throw steps.disagrees("the parameter " + name + " is still there");
        }
    }

    /** Reads the parameter until it is as expected, as what was written is shown only after a while; what was read last. */
    private Optional<Parameter> look(Steps steps, String name, Predicate<Optional<Parameter>> expected)
            throws NotDelivered, InterruptedException {
        Optional<Parameter> there = get(steps, name);
        for (int look = 1; look < LOOKS && !expected.test(there); look++) {
            waiting.pause(Duration.ofMillis(125L << look));
            there = get(steps, name);
        }
        return there;
    }

    private Answer confirmed(String name) {
        String arn = "arn:" + door.account().partition() + ":ssm:" + region + ":"
                + door.account().id() + ":parameter" + (name.startsWith("/") ? "" : "/") + name;
        return new Answer.Confirmed(
                Evidence.READ_BACK,
                arn,
                List.of("whoever in the account may read the parameter and decrypt with "
                        + delivery.place().kmsKey() + " may read it; Keyturn did not look who that is"));
    }

    @Override
    public void close() {
        // The clients are shared, and closed by whoever made this.
    }
}
