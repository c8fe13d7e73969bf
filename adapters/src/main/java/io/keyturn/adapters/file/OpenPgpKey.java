package io.keyturn.adapters.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/** An OpenPGP public key. Source: RFC 9580. */
final class OpenPgpKey implements PublicKeyFile {
    private static final int TO_ENCRYPT = KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE;

    private final PGPPublicKey primary;
    private final PGPPublicKey encrypting;

    private OpenPgpKey(PGPPublicKey primary, PGPPublicKey encrypting) {
        this.primary = primary;
        this.encrypting = encrypting;
    }

    /** The one key of a file, in letters or in bytes. */
    static OpenPgpKey parse(byte[] content, Instant now) throws Unusable {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        try {
            new PGPPublicKeyRingCollection(
                            PGPUtil.getDecoderStream(new ByteArrayInputStream(content)),
                            new BcKeyFingerprintCalculator())
                    .forEach(rings::add);
        } catch (IOException | PGPException | RuntimeException e) {
            throw new Unusable("it is neither an OpenPGP public key nor an age recipient", e);
        }
        if (rings.size() != 1) {
            throw new Unusable("it holds " + rings.size() + " OpenPGP keys, and one is meant");
        }
        PGPPublicKey primary = rings.getFirst().getPublicKey();
        refuseWithdrawn(primary, now);
        PGPPublicKey newest = null;
        for (Iterator<PGPPublicKey> keys = rings.getFirst().getPublicKeys(); keys.hasNext(); ) {
            PGPPublicKey key = keys.next();
            boolean newer = newest == null || key.getCreationTime().after(newest.getCreationTime());
            if (newer && lives(key, now) && encrypts(primary, key)) {
                newest = key;
            }
        }
        if (newest == null) {
            throw new Unusable("it has no part that encrypts and is neither expired nor revoked");
        }
        return new OpenPgpKey(primary, newest);
    }

    private static void refuseWithdrawn(PGPPublicKey primary, Instant now) throws Unusable {
        if (primary.hasRevocation()) {
            throw new Unusable("it is revoked");
        }
        if (!lives(primary, now)) {
            throw new Unusable("it expired on " + end(primary));
        }
    }

    private static boolean lives(PGPPublicKey key, Instant now) {
        return !key.hasRevocation() && (key.getValidSeconds() == 0 || end(key).isAfter(now));
    }

    private static Instant end(PGPPublicKey key) {
        return key.getCreationTime().toInstant().plusSeconds(key.getValidSeconds());
    }

    /** Whether the primary key itself says that this key encrypts. */
    private static boolean encrypts(PGPPublicKey primary, PGPPublicKey key) {
        if (!key.isEncryptionKey()) {
            return false;
        }
        for (Iterator<PGPSignature> all = key.getSignatures(); all.hasNext(); ) {
            PGPSignature signature = all.next();
            PGPSignatureSubpacketVector said = signature.getHashedSubPackets();
            if (said != null && (said.getKeyFlags() & TO_ENCRYPT) != 0 && signed(primary, key, signature)) {
                return true;
            }
        }
        return false;
    }

    private static boolean signed(PGPPublicKey primary, PGPPublicKey key, PGPSignature signature) {
        try {
            if (key.isMasterKey()) {
                // What the key says of itself stands beside its user IDs, and the whole file was reviewed.
                return signature.getKeyID() == primary.getKeyID();
            }
            if (signature.getSignatureType() != PGPSignature.SUBKEY_BINDING) {
                return false;
            }
            signature.init(new BcPGPContentVerifierBuilderProvider(), primary);
            return signature.verifyCertification(primary, key);
        } catch (PGPException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public byte[] encrypt(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PGPEncryptedDataGenerator encryption =
                new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(PGPEncryptedData.AES_256)
                        .setWithIntegrityPacket(true)
                        .setSecureRandom(new SecureRandom()));
        encryption.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(encrypting));
        try (ArmoredOutputStream armour =
                        ArmoredOutputStream.builder().clearHeaders().build(out);
                OutputStream encrypted = encryption.open(armour, new byte[4096])) {
            PGPLiteralDataGenerator literal = new PGPLiteralDataGenerator();
            try (OutputStream plain = literal.open(encrypted, PGPLiteralData.UTF8, "", text.length, new Date(0))) {
                plain.write(text);
            }
        } catch (IOException | PGPException e) {
            throw new IllegalStateException("a key that was checked encrypts, and nothing is written but memory", e);
        }
        return out.toByteArray();
    }

    @Override
    public String fingerprint() {
        return "OpenPGP key "
                + HexFormat.of().formatHex(primary.getFingerprint()).toUpperCase(Locale.ROOT);
    }

    @Override
    public String ending() {
        return ".asc";
    }
}
