package io.keyturn.sandbox.s3;

import io.keyturn.sandbox.protocol.RestAnswer;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.SimObject;
import io.keyturn.sandbox.world.SimObject.Lock;
import io.keyturn.sandbox.world.World;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Objects: written, read, deleted and locked. */
final class ObjectActions {
    private static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";
    private static final String ENCRYPTION = "x-amz-server-side-encryption";
    private static final Pattern RETENTION =
            Pattern.compile("<Mode>(\\w+)</Mode>\\s*<RetainUntilDate>([^<]+)</RetainUntilDate>");

    private final World world;

    ObjectActions(World world) {
        this.world = world;
    }

    RestAnswer put(Request request) {
        SimBucket bucket = request.objectFor("PutObject");
        if (!request.get("x-amz-tagging").isEmpty()) {
            request.objectFor("PutObjectTagging");
        }
        if ("*".equals(request.get("if-none-match")) && living(bucket, request.key(), null) != null) {
            throw new ServiceError(
                    412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
        Lock lock = null;
        if (!request.get("x-amz-object-lock-mode").isEmpty()) {
            request.objectFor("PutObjectRetention");
            lock = lock(
                    bucket,
                    request.get("x-amz-object-lock-mode"),
                    request.get("x-amz-object-lock-retain-until-date"),
                    request.call().now());
        }
        Map<String, String> headers = headers(request);
        String version = bucket.versioned() ? world.letters(32) : "null";
        bucket.put(new SimObject(
                request.key(),
                version,
                false,
                request.call().body(),
                headers,
                tags(request.get("x-amz-tagging")),
                lock,
                request.call().now()));
        Map<String, String> told = new LinkedHashMap<>(headers);
        told.remove("Content-Type");
        return Request.done(200, versioned(told, bucket, version));
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        String type = request.get("content-type");
        headers.put("Content-Type", type.isEmpty() ? "binary/octet-stream" : type);
        headers.put("ETag", '"' + md5(request.call().body()) + '"');
        String encryption = request.get(ENCRYPTION);
        headers.put(ENCRYPTION, encryption.isEmpty() ? "AES256" : encryption);
        if (encryption.startsWith("aws:kms")) {
            String key = request.get(KMS_KEY);
            headers.put(KMS_KEY, key.isEmpty() ? "alias/aws/s3" : key);
        }
        return headers;
    }

    RestAnswer get(Request request) {
        SimObject there = read(request, "GetObject");
        return new RestAnswer(200, told(there), there.content());
    }

    /** As get; whoever answers leaves the body out. */
    RestAnswer head(Request request) {
        return get(request);
    }

    RestAnswer tags(Request request) {
        Xml xml = new Xml().open("TagSet");
        read(request, "GetObjectTagging")
                .tags()
                .forEach((key, value) ->
                        xml.open("Tag").text("Key", key).text("Value", value).close("Tag"));
        return Request.xml("Tagging", xml.close("TagSet"));
    }

    RestAnswer retention(Request request) {
        Lock lock = read(request, "GetObjectRetention").lock();
        if (lock == null) {
            throw new ServiceError(
                    404,
                    "NoSuchObjectLockConfiguration",
                    "The specified object does not have a ObjectLock configuration");
        }
        return Request.xml("Retention", new Xml().text("Mode", lock.mode()).time("RetainUntilDate", lock.until()));
    }

    RestAnswer retain(Request request) {
        SimObject there = read(request, "PutObjectRetention");
        SimBucket bucket = request.objectFor("PutObjectRetention");
        Matcher asked = RETENTION.matcher(request.call().body());
        if (!asked.find()) {
            throw new ServiceError(400, "MalformedXML", "The XML you provided was not well-formed");
        }
        Lock lock = lock(bucket, asked.group(1), asked.group(2), request.call().now());
        Lock held = there.lock();
        boolean shorter = held != null
                && (lock.until().isBefore(held.until()) || !lock.mode().equals(held.mode()));
        if (shorter && !there.mayGo(request.call().now(), bypassing(request))) {
            throw locked();
        }
        bucket.lock(there, lock);
        return Request.done(200, Map.of());
    }

    RestAnswer delete(Request request) {
        String version = request.call().get("versionId");
        SimBucket bucket = request.objectFor(version == null ? "DeleteObject" : "DeleteObjectVersion");
        SimObject there = bucket.find(request.key(), version);
        Instant now = request.call().now();
        if (version == null && bucket.versioned()) {
            String marker = world.letters(32);
            bucket.put(new SimObject(request.key(), marker, true, "", Map.of(), Map.of(), null, now));
            return Request.done(204, Map.of("x-amz-delete-marker", "true", "x-amz-version-id", marker));
        }
        if (there != null && !there.mayGo(now, bypassing(request))) {
            throw locked();
        }
        if (there != null) {
            bucket.remove(there);
        }
        return Request.done(204, Map.of());
    }

    private static boolean bypassing(Request request) {
        boolean asked = request.get("x-amz-bypass-governance-retention").equalsIgnoreCase("true");
        if (asked) {
            request.objectFor("BypassGovernanceRetention");
        }
        return asked;
    }

    private static ServiceError locked() {
        return new ServiceError(403, "AccessDenied", "Access Denied because object protected by object lock.");
    }

    private static SimObject read(Request request, String action) {
        String version = request.call().get("versionId");
        SimBucket bucket =
                request.objectFor(version == null ? action : action.replaceFirst("Object$", "ObjectVersion"));
        SimObject there = living(bucket, request.key(), version);
        if (there == null) {
            throw version == null
                    ? new ServiceError(404, "NoSuchKey", "The specified key does not exist.")
                    : new ServiceError(404, "NoSuchVersion", "The specified version does not exist.");
        }
        return there;
    }

    private static @Nullable SimObject living(SimBucket bucket, String key, @Nullable String version) {
        SimObject there = bucket.find(key, version);
        return there == null || there.marker() ? null : there;
    }

    private static Map<String, String> told(SimObject object) {
        Map<String, String> headers = new LinkedHashMap<>(object.headers());
        headers.put(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(object.modified().atOffset(ZoneOffset.UTC)));
        if (!object.version().equals("null")) {
            headers.put("x-amz-version-id", object.version());
        }
        Lock lock = object.lock();
        if (lock != null) {
            headers.put("x-amz-object-lock-mode", lock.mode());
            headers.put("x-amz-object-lock-retain-until-date", lock.until().toString());
        }
        return headers;
    }

    private static Map<String, String> versioned(Map<String, String> headers, SimBucket bucket, String version) {
        if (bucket.versioned()) {
            headers.put("x-amz-version-id", version);
        }
        return headers;
    }

    private static Lock lock(SimBucket bucket, String mode, String until, Instant now) {
        if (!bucket.locks()) {
            throw new ServiceError(400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
        }
        try {
            Instant end = Instant.parse(until);
            if (end.isAfter(now)) {
                return new Lock(mode, end);
            }
        } catch (DateTimeException e) {
            // answered as any other wrong date
        }
        throw new ServiceError(400, "InvalidArgument", "The retain until date must be in the future!");
    }

    /** The header's {@code key=value&…}. */
    private static Map<String, String> tags(String header) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : header.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                tags.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return tags;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** What S3 takes for the ETag of an object that came in one part. */
    private static String md5(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(content.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
