package io.keyturn.adapters.file;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file for each new key, encrypted to the public key that the configuration names for its user. Nothing here can
 * decrypt it: that it arrived is known by the digest of what was written.
 */
public final class FileSink implements SecretSink {
    /** Names of users as IAM allows them: none leads out of a folder. */
    private static final Pattern USER = Pattern.compile("[\\w+=,.@-]{1,64}");

    private static final String PROOF = "{\"note\":\"a proof that this can be written and read\"}";

    private final Delivery.File delivery;
    private final InstantSource clock;

    /**
     * Opens nothing yet.
     *
     * @param clock tells expired keys
     */
    public FileSink(Delivery.File delivery, InstantSource clock) {
        this.delivery = delivery;
        this.clock = clock;
    }

    /** What an act does in the folder of the user's account. */
    private interface Deed {
        Answer in(SealedFiles folder) throws IOException, PublicKeyFile.Unusable;
    }

    private Answer act(Address address, String tried, Deed deed) {
        String user = address.name().value();
        if (!USER.matcher(user).matches()) {
            return refused(tried, "a user", "its name has characters that no IAM user's name has", "");
        }
        Path folder = Path.of(delivery.folder());
        try {
            SealedFiles.refuseOpen(folder);
            return deed.in(new SealedFiles(folder.resolve(address.account().id().value())));
        } catch (PublicKeyFile.Unusable unusable) {
            return refused(tried, on(address), unusable.why(), "correct rotate.deliver.recipients");
        } catch (IOException e) {
            String why = "the folder " + folder + " cannot be used: " + e.getMessage() + " ("
                    + e.getClass().getSimpleName() + ")";
            return refused(
                    tried, on(address), why, "make a folder there that Keyturn alone may write to, with room in it");
        }
    }

    private static String on(Address address) {
        return address.name() + " in account " + address.account().id();
    }

    private PublicKeyFile recipient(Address address) throws PublicKeyFile.Unusable {
        String arn = "arn:" + address.account().partition() + ":iam::"
                + address.account().id() + ":user/" + address.name();
        for (Delivery.Recipient recipient : delivery.recipients()) {
            if (recipient.users().matches(arn)) {
                Path file = Path.of(recipient.keyFile());
                try {
                    return PublicKeyFile.read(file, clock.instant());
                } catch (PublicKeyFile.Unusable unusable) {
                    throw new PublicKeyFile.Unusable(
                            "the public key " + file + " cannot be used: " + unusable.why(), unusable);
                }
            }
        }
        throw new PublicKeyFile.Unusable("no public key is configured for " + arn);
    }

    private static Answer refused(String tried, String on, String why, String advice) {
        return new Answer.Refused(new Problem(tried, on, why, advice));
    }

    @Override
    public Answer prove(Address address) {
        String tried = "prove the delivery";
        return act(address, tried, folder -> {
            PublicKeyFile key = recipient(address);
            String file = "keyturn-" + address.name() + "-proof.json" + key.ending();
            Answer answer = write(address, tried, key, folder, file, PROOF);
            folder.remove(file);
            return answer;
        });
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) {
        String tried = "deliver the new secret";
        return act(address, tried, folder -> {
            PublicKeyFile key = recipient(address);
            return write(address, tried, key, folder, file(address, parcel.key(), key.ending()), ParcelText.of(parcel));
        });
    }

    private static Answer write(
            Address address, String tried, PublicKeyFile key, SealedFiles folder, String file, String text)
            throws IOException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = key.encrypt(plain);
        Arrays.fill(plain, (byte) 0);
        try {
            folder.write(file, sealed);
            if (!Arrays.equals(sealed, folder.read(file))) {
                return refused(
                        tried,
                        on(address),
                        "the file " + folder.path(file) + " reads back as another than was written",
                        "see what writes there");
            }
        } catch (IOException e) {
            if (folder.there(file)) {
                return new Answer.InDoubt(new Problem(
                        tried,
                        on(address),
                        "the file " + folder.path(file) + " is there, and whether it lasts is not known: " + e,
                        ""));
            }
            throw e;
        }
        return new Answer.Confirmed(
                Evidence.CIPHERTEXT_DIGEST,
                folder.path(file).toString(),
                List.of("whoever holds the private key of the " + key.fingerprint() + " may read it"));
    }

    @Override
    public Answer clear(Address address, KeyId key) {
        return act(address, "take away the delivered secret", folder -> {
            for (String ending : List.of(".asc", ".age")) {
                folder.remove(file(address, key, ending));
            }
            return new Answer.Confirmed(
                    Evidence.CIPHERTEXT_DIGEST, folder.folder().toString(), List.of());
        });
    }

    /** A name that tells the key by its last four characters, as every screen does, and is no other key's. */
    private static String file(Address address, KeyId key, String ending) {
        return "keyturn-" + address.name() + "-" + key.lastFour() + "-"
                + ParcelText.digest(key).substring(0, 12) + ".json" + ending;
    }

    @Override
    public void close() {
        // Nothing is open between two acts.
    }
}
