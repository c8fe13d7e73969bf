package io.keyturn.adapters.aws.credstash;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One version of a credential as it lies in credstash's table. */
final class StoredCredential {
    private static final String DEFAULT_DIGEST = "SHA256";

    private final byte[] key;
    private final byte[] contents;
    private final byte[] hmac;
    private final Digest digest;

    private StoredCredential(byte[] key, byte[] contents, byte[] hmac, Digest digest) {
        this.key = key;
        this.contents = contents;
        this.hmac = hmac;
        this.digest = digest;
    }

    /** An item is none of credstash's. Its message is a clause for people, and repeats nothing of the item. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why);
        }
    }

    static StoredCredential of(Map<String, AttributeValue> item) throws Malformed {
        String name =
                item.containsKey("digest") ? String.valueOf(item.get("digest").s()) : DEFAULT_DIGEST;
        Digest digest =
                Digest.named(name).orElseThrow(() -> new Malformed("it was stored with a digest that is not known"));
        return new StoredCredential(base64(item, "key"), base64(item, "contents"), hmac(item), digest);
    }

    /** The data key under KMS. */
    SdkBytes key() {
        return SdkBytes.fromByteArray(key);
    }

    byte[] contents() {
        return contents.clone();
    }

    byte[] hmac() {
        return hmac.clone();
    }

    Digest digest() {
        return digest;
    }

    private static byte[] base64(Map<String, AttributeValue> item, String name) throws Malformed {
        String text = item.containsKey(name) ? item.get(name).s() : null;
        if (text == null) {
            throw new Malformed("its item has no " + name);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("the " + name + " of its item is not base64");
        }
    }

    /** Hexadecimal text, which newer versions of credstash store in a binary attribute; others store the bytes there. */
    private static byte[] hmac(Map<String, AttributeValue> item) throws Malformed {
        AttributeValue value = item.get("hmac");
        if (value == null || (value.s() == null && value.b() == null)) {
            throw new Malformed("its item has no hmac");
        }
        String text = value.s() != null ? value.s() : value.b().asString(StandardCharsets.ISO_8859_1);
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            if (value.s() != null) {
                throw new Malformed("the hmac of its item is not hexadecimal");
            }
            return value.b().asByteArray();
        }
    }
}
