package io.keyturn.adapters.aws.credstash;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** Stores credentials as credstash does, for credstash to read. */
record CredstashWriter(DynamoDbClient table, KmsClient kms, String name) {
    /** How its HMAC is written. */
    enum Form {
        HEX_TEXT,
        HEX_BYTES,
        BYTES
    }

    void put(String credential, int version, String secret, Digest digest, Form form, Map<String, String> context) {
        GenerateDataKeyResponse key = kms.generateDataKey(r ->
                r.keyId("alias/credstash").numberOfBytes(Envelope.KEY_BYTES).encryptionContext(context));
        Envelope envelope = new Envelope(key.plaintext().asByteArray());
        byte[] contents = envelope.turn(secret.getBytes(StandardCharsets.UTF_8));
        byte[] hmac = envelope.hmac(contents, digest);
        String hex = HexFormat.of().formatHex(hmac);
        Map<String, AttributeValue> item = Map.of(
                "name", AttributeValue.fromS(credential),
                "version", AttributeValue.fromS("%019d".formatted(version)),
                "key", AttributeValue.fromS(base64(key.ciphertextBlob().asByteArray())),
                "contents", AttributeValue.fromS(base64(contents)),
                "digest", AttributeValue.fromS(digest.name()),
                "hmac",
                        switch (form) {
                            case HEX_TEXT -> AttributeValue.fromS(hex);
                            case HEX_BYTES -> AttributeValue.fromB(SdkBytes.fromUtf8String(hex));
                            case BYTES -> AttributeValue.fromB(SdkBytes.fromByteArray(hmac));
                        });
        table.putItem(r -> r.tableName(name).item(item));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
