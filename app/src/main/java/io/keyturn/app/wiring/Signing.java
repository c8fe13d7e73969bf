package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.sign.KmsSigner;
import io.keyturn.app.evidence.ManifestSignature;
import io.keyturn.engine.port.ReadFailure;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who signs evidence, where somebody does; open until it is signed. */
public final class Signing implements AutoCloseable {
    private final @Nullable KmsSigner signer;
    private final Optional<ManifestSignature> signature;

    private Signing(@Nullable KmsSigner signer, Optional<ManifestSignature> signature) {
        this.signer = signer;
        this.signature = signature;
    }

    /**
     * Looks the key up.
     *
     * @param arn of the key; null where nobody signs
     * @throws IllegalArgumentException where it is no such ARN
     */
    public static Signing open(@Nullable String arn, Map<String, String> environment) throws ReadFailure {
        if (arn == null) {
            return new Signing(null, Optional.empty());
        }
        KmsSigner signer = new KmsSigner(environment, arn);
        try {
            return new Signing(signer, Optional.of(ManifestSignature.by(signer)));
        } catch (ReadFailure e) {
            signer.close();
            throw e;
        }
    }

    /** What signs; empty where nobody does. */
    public Optional<ManifestSignature> signature() {
        return signature;
    }

    @Override
    public void close() {
        if (signer != null) {
            signer.close();
        }
    }
}
