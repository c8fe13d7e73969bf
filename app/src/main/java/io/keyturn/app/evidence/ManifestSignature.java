package io.keyturn.app.evidence;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The signature of a manifest in the making: the manifest names the key, and is signed as a whole. */
public final class ManifestSignature {
    /** The signature, as the algorithm writes it. */
    static final String NAME = "manifest.sig";

    /** The key that it is checked by. */
    static final String KEY = "manifest.pem";

    private final Signer signer;
    private final Signer.Key key;
    private final SigningMethod method;

    private ManifestSignature(Signer signer, Signer.Key key, SigningMethod method) {
        this.signer = signer;
        this.key = key;
        this.method = method;
    }

    /** Looks the key up, so that nobody waits for an archive that cannot be signed. */
    public static ManifestSignature by(Signer signer) throws ReadFailure {
        Signer.Key key = signer.key();
        Optional<SigningMethod> method = SigningMethod.of(key.algorithms());
        if (method.isEmpty()) {
            throw new ReadFailure(new Problem(
                    "sign with " + key.name(),
                    "AWS KMS",
                    "it signs with " + String.join(", ", key.algorithms()) + ", none of which can be checked here",
                    "make a key ECC_NIST_P256 to sign"));
        }
        return new ManifestSignature(signer, key, method.get());
    }

    /** What the manifest says of it. */
    void tell(ObjectNode node) {
        node.put("key", key.name());
        node.put("algorithm", method.kms());
        node.put("publicKeySha256", Hashes.of(key.open().getEncoded()));
        node.put("file", NAME);
    }

    /** The signature and the public key, as files. */
    List<EvidenceFile> over(EvidenceFile manifest) throws ReadFailure {
        try (InputStream bytes = manifest.open()) {
            byte[] signature = signer.sign(method.kms(), method.digest(bytes.readAllBytes()));
            return List.of(EvidenceFile.of(NAME, signature), EvidenceFile.of(KEY, PublicKeyFile.pem(key.open())));
        } catch (IOException e) {
            throw new UncheckedIOException("memory gives what was written", e);
        }
    }
}
