package io.keyturn.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningMethodTest {
    private static final byte[] MESSAGE = "a manifest".getBytes(StandardCharsets.UTF_8);

    private static KeyPair pair(String kind, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static byte[] signed(KeyPair pair, SigningMethod method) throws Exception {
        Signature signature = Signature.getInstance(
                switch (method) {
                    case ECDSA_SHA_256 -> "SHA256withECDSA";
                    case ECDSA_SHA_384 -> "SHA384withECDSA";
                    case ECDSA_SHA_512 -> "SHA512withECDSA";
                    case RSASSA_PSS_SHA_256 -> "RSASSA-PSS";
                    case RSASSA_PKCS1_V1_5_SHA_256 -> "SHA256withRSA";
                });
        if (method == SigningMethod.RSASSA_PSS_SHA_256) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        return signature.sign();
    }

    @Test
    void aSignatureHoldsForItsMessageAndItsKeyAndForNoOther() throws Exception {
        KeyPair curve = pair("EC", 256);
        KeyPair rsa = pair("RSA", 2048);
        for (SigningMethod method : SigningMethod.values()) {
            KeyPair own = method.kms().startsWith("EC") ? curve : rsa;
            KeyPair other = own == curve ? rsa : curve;
            byte[] signature = signed(own, method);
            assertThat(method.holds(own.getPublic(), MESSAGE, signature))
                    .as(method.kms())
                    .isTrue();
            assertThat(method.holds(own.getPublic(), new byte[] {1}, signature)).isFalse();
            assertThat(method.holds(other.getPublic(), MESSAGE, signature)).isFalse();
            assertThat(method.holds(own.getPublic(), MESSAGE, new byte[] {1, 2}))
                    .isFalse();
        }
    }

    @Test
    void theFirstWayThatAKeyCanIsTakenAndOthersAreNone() {
        assertThat(SigningMethod.of(List.of("RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PSS_SHA_256", "RSASSA_PSS_SHA_512")))
                .contains(SigningMethod.RSASSA_PSS_SHA_256);
        assertThat(SigningMethod.of(List.of("SM2DSA"))).isEmpty();
    }

    @Test
    void aPublicKeyIsReadAsPemAsBase64AndAsBytes() throws Exception {
        var key = pair("EC", 256).getPublic();
        String pem = PublicKeyFile.pem(key);
        assertThat(PublicKeyFile.read(pem.getBytes(StandardCharsets.UTF_8))).contains(key);
        assertThat(PublicKeyFile.read(pem.replaceAll("-.*-|\\n", "").getBytes(StandardCharsets.UTF_8)))
                .contains(key);
        assertThat(PublicKeyFile.read(key.getEncoded())).contains(key);
        assertThat(PublicKeyFile.read("no key".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(PublicKeyFile.read("AAAA".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
