package io.keyturn.engine.port;

import io.keyturn.core.model.KeyId;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What the reader of a sink finds, in every sink the same: one JSON object. */
public final class ParcelText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> OWN = List.of("accessKeyId", "secretAccessKey", "created");

    private ParcelText() {}

    /**
     * The object: {@code accessKeyId}, {@code secretAccessKey}, {@code created}, then what is derived, in order of names.
     * One parcel has one text, so that to hand it over twice is to hand it over once.
     *
     * @throws IllegalArgumentException where something derived has a name of these
     */
    public static String of(Parcel parcel) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("accessKeyId", parcel.key().value());
        json.put("secretAccessKey", parcel.secret().reveal());
        json.put("created", parcel.created().toString());
        new TreeMap<>(parcel.derived()).forEach((name, secret) -> {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException("what is derived from a secret cannot be called " + name);
            }
            json.put(name, secret.reveal());
        });
        return MAPPER.writeValueAsString(json);
    }

    /** Every text of the parcel that must not show. */
    public static List<String> unsaid(Parcel parcel) {
        List<String> all = new ArrayList<>();
        all.add(parcel.secret().reveal());
        parcel.derived().values().forEach(secret -> all.add(secret.reveal()));
        return all;
    }

    /** A message without those texts: whatever answers may echo what it was sent. */
    public static String without(List<String> unsaid, String message) {
        String clean = message;
        for (String secret : unsaid) {
            clean = clean.replace(secret, "(secret)").replace(secret.replace("/", "\\/"), "(secret)");
        }
        return clean;
    }

    /** SHA-256 in hexadecimal digits: a name for what is delivered of a key that is no other key's. */
    public static String digest(KeyId key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(key.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
