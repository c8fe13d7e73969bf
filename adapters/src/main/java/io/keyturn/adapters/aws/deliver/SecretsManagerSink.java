package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/**
 * Secrets Manager: one secret a user in the user's account. A new value is the pending one until it was read back, and
 * current only then, so that whoever reads never finds what is not whole. Source: Secrets Manager API reference, version
 * 2017-10-17.
 */
final class SecretsManagerSink implements SecretSink {
    /** Versions that are no key begin so. */
    static final String NOTE = "keyturn-note-";

    private static final String KEY = "keyturn-key-";
    private static final String CURRENT = "AWSCURRENT";
    private static final String PREVIOUS = "AWSPREVIOUS";
    private static final String PENDING = "AWSPENDING";
    private static final String PROOF = "KEYTURN_PROOF";
    private static final String NOTED = "KEYTURN_NOTE";
    private static final String NOTHING = "{\"note\":\"no access key is delivered here now\"}";
    private static final String LETTERS = "/_+=.@-";
    private static final Pattern NAME = Pattern.compile("[\\w/+=.@-]{1,512}");

    private final DeliveryDoor door;
    private final SecretsManagerClient client;
    private final String region;
    private final Delivery.SecretsManager delivery;
    private final boolean selfFetch;
    private final Waiting waiting;

    /** @param selfFetch whether the rotated user itself may read */
    SecretsManagerSink(
            DeliveryDoor door,
            SecretsManagerClient client,
            String region,
            Delivery.SecretsManager delivery,
            boolean selfFetch,
            Waiting waiting) {
        this.door = door;
        this.client = client;
        this.region = region;
        this.delivery = delivery;
        this.selfFetch = selfFetch;
        this.waiting = waiting;
    }

    /** One act on one user's secret. */
    private record Act(UserSecret secret, Expansion expansion, Steps steps) {}

    /** The secret as it is described, and the policy that it has. */
    private record Ready(DescribeSecretResponse known, ReaderPolicy policy) {}

    /** What an act does. */
    private interface Deed {
        Answer on(Act act) throws NotDelivered, CallFailure, InterruptedException;
    }

    private Answer act(Address address, String tried, List<String> unsaid, Deed deed) throws InterruptedException {
        return Steps.act(door, address, tried, unsaid, words -> {
            Expansion expansion = new Expansion(address, delivery.trustOwnerTag(), words);
            String name = expansion.name(delivery.place().name(), LETTERS, NAME);
            DeliveryNeeds may = DeliveryNeeds.ofSecretsManager(
                    region, name, delivery.place().kmsKey());
            Steps steps = new Steps(door.session(may.policy(door.account())), words);
            return deed.on(new Act(new UserSecret(steps, client, waiting, name), expansion, steps));
        });
    }

    /** The policy for whoever may read, which needs its owner and may be refused. */
    private ReaderPolicy policy(Expansion expansion, Words words)
            throws NotDelivered, CallFailure, InterruptedException {
        List<String> readers = expansion.readers(delivery.readers());
        refuseReadersElsewhere(readers, words);
        return new ReaderPolicy(door.principals(), readers, selfFetch ? expansion.user() : null);
    }

    private void refuseReadersElsewhere(List<String> readers, Words words) throws NotDelivered {
        for (String reader : readers) {
            boolean elsewhere =
                    !reader.split(":", 6)[4].equals(door.account().id().value());
            if (elsewhere && delivery.place().kmsKey() == null) {
                throw NotDelivered.refused(words.problem(
                        reader + " is in another account, where nothing that AWS's own key encrypts can be read",
                        "name a customer's KMS key as rotate.deliver.kms-key"));
            }
        }
    }

    @Override
    public Answer prove(Address address) throws InterruptedException {
        return act(address, "prove the delivery", List.of(), act -> {
            Ready ready = ready(act);
            String version = note();
            String canary = "{\"note\":\"a proof that this can be written and read\",\"version\":\"" + version + "\"}";
            act.secret().put(version, canary, PROOF, false);
            act.secret().readBack(version, PROOF, canary);
            act.secret().move(PROOF, version, null);
            if (UserSecret.at(look(act), PROOF) != null) {
                throw act.steps().disagrees("the proof that was written cannot be taken away");
            }
            return confirmed(ready);
        });
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) throws InterruptedException {
        return act(address, "deliver the new secret", ParcelText.unsaid(parcel), act -> {
            Ready ready = ready(act);
            String version = version(parcel.key());
            String value = ParcelText.of(parcel);
            String current = UserSecret.at(ready.known(), CURRENT);
            if (!version.equals(current)) {
                act.secret().put(version, value, PENDING, true);
                act.secret().readBack(version, PENDING, value);
                act.secret().move(CURRENT, current, version);
            }
            act.secret().readBack(version, CURRENT, value);
            if (version.equals(UserSecret.at(look(act), PENDING))) {
                act.secret().move(PENDING, version, null);
            }
            return confirmed(ready);
        });
    }

    @Override
    public Answer clear(Address address, KeyId key) throws InterruptedException {
        return act(address, "take away the delivered secret", List.of(), act -> {
            Optional<DescribeSecretResponse> there = act.secret().look();
            if (there.isEmpty() || there.get().deletedDate() != null) {
                return new Answer.Confirmed(Evidence.READ_BACK, where(there), List.of());
            }
            refuseStrangers(there.get(), act.steps().words());
            String version = version(key);
            unlabel(act, there.get(), version);
            DescribeSecretResponse left = look(act);
            if (!left.versionIdsToStages().getOrDefault(version, List.of()).isEmpty()) {
                throw act.steps().disagrees("it still has a label that leads to it");
            }
            if (!UserSecret.others(left, version).isEmpty()) {
                return new Answer.Confirmed(
                        Evidence.READ_BACK,
                        left.arn(),
                        List.of("no label leads to it any more; until AWS drops it, whoever may read the secret can by"
                                + " the version's ID"));
            }
            act.secret().delete();
            if (look(act).deletedDate() == null) {
                throw act.steps().disagrees("it is not marked for deletion");
            }
            return new Answer.Confirmed(Evidence.READ_BACK, left.arn(), List.of());
        });
    }

    private String where(Optional<DescribeSecretResponse> there) {
        return there.map(DescribeSecretResponse::arn).orElse("Secrets Manager in " + region);
    }

    /** Takes every label off a version; AWSCURRENT, which must be somewhere, goes back to the key before, or to a note. */
    private static void unlabel(Act act, DescribeSecretResponse known, String version)
            throws NotDelivered, InterruptedException {
        if (version.equals(UserSecret.at(known, CURRENT))) {
            String before = UserSecret.at(known, PREVIOUS);
            if (before == null || !before.startsWith(KEY)) {
                before = note();
                act.secret().put(before, NOTHING, NOTED, false);
            }
            act.secret().move(CURRENT, version, before);
        }
        for (String stage : look(act).versionIdsToStages().getOrDefault(version, List.of())) {
            act.secret().move(stage, version, null);
        }
    }

    /** The secret, there and with its policy. */
    private Ready ready(Act act) throws NotDelivered, CallFailure, InterruptedException {
        ReaderPolicy policy = policy(act.expansion(), act.steps().words());
        if (act.secret().look().isEmpty()) {
            act.secret().create(note(), NOTHING, delivery.place().kmsKey());
        }
        DescribeSecretResponse known = look(act);
        refuseStrangers(known, act.steps().words());
        if (known.deletedDate() != null) {
            act.secret().restore();
            known = look(act);
            if (known.deletedDate() != null) {
                throw act.steps().disagrees("it is still marked for deletion");
            }
        }
        if (!policy.is(act.secret().policy())) {
            act.secret().putPolicy(policy.text());
            if (!policy.is(act.secret().policy())) {
                throw act.steps().disagrees("the secret's policy reads back as another than was written");
            }
        }
        return new Ready(known, policy);
    }

    /** A secret of that name that others made, copy or write may show its values to whomever they like. */
    private void refuseStrangers(DescribeSecretResponse known, Words words) throws NotDelivered {
        String arn = known.arn();
        if (!UserSecret.own(known)) {
            throw NotDelivered.refused(words.problem(
                    "there is a secret of that name that Keyturn did not make, " + arn,
                    "delete it, or give rotate.deliver another name"));
        }
        if (known.hasReplicationStatus() || Boolean.TRUE.equals(known.rotationEnabled())) {
            throw NotDelivered.refused(words.problem(
                    "the secret " + arn + " is copied to other Regions or rotated by a function, which would show it to"
                            + " others",
                    "take that away, or delete the secret"));
        }
        if (!sameKey(delivery.place().kmsKey(), known.kmsKeyId())) {
            throw NotDelivered.refused(words.problem(
                    "the secret " + arn + " is encrypted with " + keyName(known.kmsKeyId()) + " and not with "
                            + keyName(delivery.place().kmsKey()),
                    "delete the secret, or configure its key as rotate.deliver.kms-key"));
        }
    }

    private static boolean sameKey(@Nullable String wanted, @Nullable String is) {
        return Objects.equals(wanted, is) || (wanted != null && is != null && wanted.endsWith("/" + is));
    }

    private static String keyName(@Nullable String key) {
        return key == null ? "AWS's own key" : key;
    }

    private static DescribeSecretResponse look(Act act) throws NotDelivered, InterruptedException {
        return act.secret().look().orElseThrow(() -> act.steps().disagrees("the secret is not there"));
    }

    private static Answer confirmed(Ready ready) {
        return new Answer.Confirmed(
                Evidence.READ_BACK, ready.known().arn(), ready.policy().sentences());
    }

    private static String note() {
        return NOTE + UUID.randomUUID();
    }

    /** A version's ID that tells its key, so that the same delivery again is known as one. */
    private static String version(KeyId key) {
        return KEY + ParcelText.digest(key).substring(0, 40);
    }

    @Override
    public void close() {
        // The clients are shared, and closed by whoever made this.
    }
}
