package io.keyturn.adapters.aws.credstash;

import java.util.Arrays;
import java.util.Optional;

/** The digests that credstash offers ({@code credstash put --digest}), by its names for them. */
enum Digest {
    SHA("HmacSHA1"),
    SHA224("HmacSHA224"),
    SHA256("HmacSHA256"),
    SHA384("HmacSHA384"),
    SHA512("HmacSHA512"),
    MD5("HmacMD5");

    private final String algorithm;

    Digest(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The HMAC over it, as the JDK names it. */
    String algorithm() {
        return algorithm;
    }

    /** The digest of that name; empty where credstash has none such. */
    static Optional<Digest> named(String name) {
        return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
    }
}
