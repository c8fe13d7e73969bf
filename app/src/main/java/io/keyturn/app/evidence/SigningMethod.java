package io.keyturn.app.evidence;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ways to sign of AWS KMS that a receiver can check with Java and with OpenSSL alone, the preferred first. */
enum SigningMethod {
    ECDSA_SHA_256("SHA-256", "SHA256withECDSA", null),
    ECDSA_SHA_384("SHA-384", "SHA384withECDSA", null),
    ECDSA_SHA_512("SHA-512", "SHA512withECDSA", null),
    /** The salt is as long as the hash. */
    RSASSA_PSS_SHA_256(
            "SHA-256",
            "RSASSA-PSS",
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC)),
    RSASSA_PKCS1_V1_5_SHA_256("SHA-256", "SHA256withRSA", null);

    private final String hash;
    private final String signature;
    private final @Nullable PSSParameterSpec parameters;

    SigningMethod(String hash, String signature, @Nullable PSSParameterSpec parameters) {
        this.hash = hash;
        this.signature = signature;
        this.parameters = parameters;
    }

    /** The name that KMS gives it. */
    String kms() {
        return name();
    }

    /** The first of them that is among those; empty where none is. */
    static Optional<SigningMethod> of(Collection<String> names) {
        return Arrays.stream(values())
                .filter(method -> names.contains(method.kms()))
                .findFirst();
    }

    byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance(hash).digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + hash, e);
        }
    }

    /** Whether the signature is of that message by that key; a key of another kind never fits. */
    boolean holds(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature check = Signature.getInstance(signature);
            if (parameters != null) {
                check.setParameter(parameters);
            }
            check.initVerify(key);
            check.update(message);
            return check.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
