package io.keyturn.adapters.aws.sign;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MessageType;

/** Signs with an asymmetric key of AWS KMS. */
public final class KmsSigner implements Signer, AutoCloseable {
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:kms:([a-z0-9-]+):[0-9]{12}:(?:key|alias)/[A-Za-z0-9/_-]+");

    /** What whoever signs must be allowed on the key. */
    private static final String NEEDED = "allow these credentials kms:GetPublicKey and kms:Sign on it";

    private final AwsEnvironment aws;
    private final SdkHttpClient http;
    private final String arn;
    private final Region region;

    /**
     * Opens nothing yet.
     *
     * @param environment the process environment, or what stands for it
     * @throws IllegalArgumentException where that is no ARN of a key or an alias
     */
    public KmsSigner(Map<String, String> environment, String arn) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + arn + "\" is no ARN of a key in KMS, such as"
                    + " arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
        }
        this.aws = new AwsEnvironment(environment);
        this.http = AwsEnvironment.connections();
        this.arn = arn;
        this.region = Region.of(matcher.group(1));
    }

    @Override
    public Key key() throws ReadFailure {
        GetPublicKeyResponse found = call(client -> client.getPublicKey(r -> r.keyId(arn)));
        if (found.keyUsage() != KeyUsageType.SIGN_VERIFY) {
            throw failure(
                    "it is for " + found.keyUsageAsString() + ", not for signatures", "make a key to sign and verify");
        }
        Set<String> algorithms = new TreeSet<>(found.signingAlgorithmsAsStrings());
        return new Key(arn, open(found, algorithms), algorithms);
    }

    private PublicKey open(GetPublicKeyResponse found, Set<String> algorithms) throws ReadFailure {
        try {
            String kind = algorithms.stream().anyMatch(name -> name.startsWith("ECDSA")) ? "EC" : "RSA";
            return KeyFactory.getInstance(kind)
                    .generatePublic(new X509EncodedKeySpec(found.publicKey().asByteArray()));
        } catch (GeneralSecurityException e) {
            throw failure("its public key cannot be read: " + e.getMessage(), "make a key ECC_NIST_P256 to sign");
        }
    }

    @Override
    public byte[] sign(String algorithm, byte[] digest) throws ReadFailure {
        return call(client -> client.sign(r -> r.keyId(arn)
                        .signingAlgorithm(algorithm)
                        .messageType(MessageType.DIGEST)
                        .message(SdkBytes.fromByteArray(digest))))
                .signature()
                .asByteArray();
    }

    private <T> T call(Function<KmsClient, T> operation) throws ReadFailure {
        try (KmsClient client = aws.configureToLook(KmsClient.builder(), "KMS", region, http)
                .credentialsProvider(aws.credentials())
                .build()) {
            return operation.apply(client);
        } catch (SdkException e) {
            CallFailure failure = CallFailure.of(e);
            throw failure(failure.why(), failure.denied() ? NEEDED : failure.advice());
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private ReadFailure failure(String why, String advice) {
        return new ReadFailure(new Problem("sign with " + arn, "AWS KMS", why, advice));
    }
}
