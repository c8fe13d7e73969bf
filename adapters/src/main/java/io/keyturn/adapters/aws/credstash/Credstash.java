package io.keyturn.adapters.aws.credstash;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/** Reads what credstash stored: the newest version of a credential, its data key decrypted by KMS. */
public final class Credstash {
    private static final String USUAL_REGION = "us-east-1";

    private final AwsEnvironment aws;
    private final CredentialStore store;
    private final SdkHttpClient http;

    /**
     * Opens nothing yet.
     *
     * @param http the connections, which stay open
     */
    public Credstash(AwsEnvironment aws, CredentialStore store, SdkHttpClient http) {
        this.aws = aws;
        this.store = store;
        this.http = http;
    }

    /** The newest version of a credential. */
    public Secret find(SecretReference.Credstash reference) throws SecretFailure {
        Optional<Problem> unknown = aws.unknownProfile(store.profile());
        if (unknown.isPresent()) {
            Problem problem = unknown.get();
            throw new SecretFailure(reference, problem.on(), problem.why(), problem.advice());
        }
        String region =
                store.region() == null ? aws.regionOrProfiles(store.profile()).orElse(USUAL_REGION) : store.region();
        Look look = new Look(
                reference,
                region,
                "credstash's table " + store.table() + " in " + region,
                aws.credentials(store.profile()));
        try {
            return look.open(StoredCredential.of(look.newest()));
        } catch (StoredCredential.Malformed e) {
            throw look.failure(String.valueOf(e.getMessage()), "store it again with `credstash put`");
        }
    }

    /** One look for one credential. */
    private final class Look {
        private final SecretReference.Credstash reference;
        private final String region;
        private final String where;
        private final AwsCredentialsProvider credentials;

        Look(SecretReference.Credstash reference, String region, String where, AwsCredentialsProvider credentials) {
            this.reference = reference;
            this.region = region;
            this.where = where;
            this.credentials = credentials;
        }

        /** Versions are padded with zeros, so that the last in order is the newest. */
        Map<String, AttributeValue> newest() throws SecretFailure {
            List<Map<String, AttributeValue>> items;
            try (DynamoDbClient client = aws.configureToLook(
                            DynamoDbClient.builder(), "DYNAMODB", Region.of(region), http)
                    .credentialsProvider(credentials)
                    .build()) {
                items = client.query(q -> q.tableName(store.table())
                                .keyConditionExpression("#n = :n")
                                .expressionAttributeNames(Map.of("#n", "name"))
                                .expressionAttributeValues(Map.of(":n", AttributeValue.fromS(reference.name())))
                                .scanIndexForward(false)
                                .consistentRead(true)
                                .limit(1))
                        .items();
            } catch (SdkException e) {
                throw tableFailure(CallFailure.of(e));
            }
            if (items.isEmpty()) {
                throw failure("there is no such credential", "`credstash list` shows those that are there");
            }
            return items.getFirst();
        }

        Secret open(StoredCredential stored) throws SecretFailure {
            byte[] dataKey = dataKey(stored);
            if (dataKey.length != Envelope.KEY_BYTES) {
                throw failure("its data key has not the length that credstash gives it", "store it again");
            }
            Envelope envelope = new Envelope(dataKey);
            // Before anything is decrypted: what was changed on its way is no secret of ours.
            if (!MessageDigest.isEqual(envelope.hmac(stored.contents(), stored.digest()), stored.hmac())) {
                throw failure(
                        "it does not match its HMAC: it was changed or damaged after it was stored",
                        "find out by whom, and store it again with `credstash put`");
            }
            try {
                return new Secret(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(envelope.turn(stored.contents())))
                        .toString());
            } catch (CharacterCodingException e) {
                throw failure("it is not UTF-8 text", "store it again as text");
            }
        }

        private byte[] dataKey(StoredCredential stored) throws SecretFailure {
            Region of = Region.of(store.kmsRegion() == null ? region : store.kmsRegion());
            try (KmsClient client = aws.configureToLook(KmsClient.builder(), "KMS", of, http)
                    .credentialsProvider(credentials)
                    .build()) {
                return client.decrypt(d -> d.ciphertextBlob(stored.key()).encryptionContext(store.context()))
                        .plaintext()
                        .asByteArray();
            } catch (SdkException e) {
                throw keyFailure(CallFailure.of(e), of.id());
            }
        }

        private SecretFailure tableFailure(CallFailure failure) {
            if (failure.code().equals("ResourceNotFoundException")) {
                return failure("there is no such table", "name credstash's table and Region under `credstash`");
            }
            return failure(
                    failure.why(),
                    failure.denied() ? "allow these credentials dynamodb:Query on the table" : failure.advice());
        }

        private SecretFailure keyFailure(CallFailure failure, String keyRegion) {
            String why = "its data key could not be decrypted by KMS of " + keyRegion + ": " + failure.why();
            if (failure.code().equals("InvalidCiphertextException")) {
                return failure(
                        why,
                        store.context().isEmpty()
                                ? "name the context that it was stored with as credstash.context"
                                : "check that credstash.context is the one that it was stored with");
            }
            if (failure.code().equals("NotFoundException")) {
                return failure(why, "name the Region of the KMS key as credstash.kms-region");
            }
            return failure(
                    why,
                    failure.denied()
                            ? "allow these credentials kms:Decrypt on the key that credstash uses"
                            : failure.advice());
        }

        SecretFailure failure(String why, String advice) {
            return new SecretFailure(reference, where, why, advice);
        }
    }
}
