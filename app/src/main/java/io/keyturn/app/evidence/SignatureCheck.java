package io.keyturn.app.evidence;

import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a manifest was signed, and by whom.
 *
 * @param signed what to say of it; empty where it was not signed
 * @param difference what is wrong with it; empty where nothing is
 */
record SignatureCheck(String signed, String difference) {
    /**
     * Checks.
     *
     * @param said what the manifest says of its signature
     * @param signature null where there is none
     * @param packed the public key in the archive; null where there is none
     * @param expected the key that the receiver had by another way; null where they had none
     */
    static SignatureCheck of(
            JsonNode said,
            byte[] manifest,
            byte @Nullable [] signature,
            byte @Nullable [] packed,
            @Nullable PublicKey expected) {
        if (!said.isObject()) {
            return expected == null
                    ? new SignatureCheck("", "")
                    : new SignatureCheck("", "it is not signed, and a key was named that should have signed it");
        }
        String by =
                said.path("key").asString("") + " (" + said.path("algorithm").asString("") + ")";
        Optional<SigningMethod> method =
                SigningMethod.of(Set.of(said.path("algorithm").asString("")));
        if (signature == null || packed == null || method.isEmpty()) {
            return new SignatureCheck(
                    "", "it says that it is signed by " + by + ", and the signature is missing or of no known kind");
        }
        Optional<PublicKey> inside = PublicKeyFile.read(packed);
        if (expected == null && inside.isEmpty()) {
            return new SignatureCheck("", "it is signed by " + by + ", and " + ManifestSignature.KEY + " is no key");
        }
        PublicKey key = expected == null ? inside.orElseThrow() : expected;
        if (!method.get().holds(key, manifest, signature)) {
            return new SignatureCheck(
                    "",
                    "the signature is not of this manifest by "
                            + (expected == null ? "the key in the archive" : "the key that you named") + ": " + by);
        }
        return new SignatureCheck(
                expected != null
                        ? "signed by " + by + ", and that is the key that you named"
                        : "signed by " + by + " with the key in the archive, whose SHA-256 is "
                                + Hashes.of(key.getEncoded())
                                + ": whoever can change the archive can change that key, so have AWS's own and pass it on with"
                                + " --key",
                "");
    }
}
