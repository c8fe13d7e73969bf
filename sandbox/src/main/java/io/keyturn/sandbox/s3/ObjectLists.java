package io.keyturn.sandbox.s3;

import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.protocol.RestAnswer;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.SimObject;
import java.util.List;
import java.util.stream.Stream;

/** What a bucket holds: the objects there are, and all their versions. */
final class ObjectLists {
    RestAnswer objects(Request request) {
        SimBucket bucket = request.bucketFor("ListBucket");
        List<SimObject> there = below(bucket, request)
                .filter(one -> !one.marker() && one == bucket.find(one.key(), null))
                .toList();
        Page<SimObject> page = page(request, there, "continuation-token");
        Xml xml = head(request, page)
                .text("KeyCount", Integer.toString(page.items().size()));
        if (page.next() != null) {
            xml.text("NextContinuationToken", page.next());
        }
        for (SimObject one : page.items()) {
            described(xml.open("Contents"), one).close("Contents");
        }
        return Request.xml("ListBucketResult", xml);
    }

    RestAnswer versions(Request request) {
        SimBucket bucket = request.bucketFor("ListBucketVersions");
        Page<SimObject> page = page(request, below(bucket, request).toList(), "key-marker");
        Xml xml = head(request, page);
        if (page.next() != null) {
            xml.text("NextKeyMarker", page.next()).text("NextVersionIdMarker", page.next());
        }
        for (SimObject one : page.items()) {
            String name = one.marker() ? "DeleteMarker" : "Version";
            xml.open(name).text("VersionId", one.version());
            xml.text("IsLatest", one == bucket.find(one.key(), null));
            described(xml, one).close(name);
        }
        return Request.xml("ListVersionsResult", xml);
    }

    private static Stream<SimObject> below(SimBucket bucket, Request request) {
        return bucket.versions().stream().filter(one -> one.key().startsWith(request.get("prefix")));
    }

    private static Page<SimObject> page(Request request, List<SimObject> all, String token) {
        String after = request.get(token);
        return request.call()
                .page(all, after.isEmpty() ? null : after, request.call().number("max-keys", 1000, 1, 1000));
    }

    private static Xml head(Request request, Page<SimObject> page) {
        return new Xml()
                .text("Name", request.bucket())
                .text("Prefix", request.get("prefix"))
                .text("IsTruncated", page.next() != null);
    }

    private static Xml described(Xml xml, SimObject one) {
        xml.text("Key", one.key()).time("LastModified", one.modified());
        return one.marker()
                ? xml
                : xml.text("ETag", String.valueOf(one.headers().get("ETag")))
                        .text("Size", Integer.toString(one.content().length()))
                        .text("StorageClass", "STANDARD");
    }
}
