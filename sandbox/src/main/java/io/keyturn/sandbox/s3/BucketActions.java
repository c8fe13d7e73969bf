package io.keyturn.sandbox.s3;

import io.keyturn.sandbox.policy.MalformedPolicy;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.protocol.RestAnswer;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.World;
import java.util.Map;

/** Buckets as wholes. */
final class BucketActions {
    private final World world;

    BucketActions(World world) {
        this.world = world;
    }

    RestAnswer list(Request request) {
        Authorization.check(request.call().caller(), "s3:ListAllMyBuckets", "*", null);
        Xml xml = new Xml().open("Buckets");
        for (SimBucket one :
                world.buckets().of(request.call().caller().account().id())) {
            xml.open("Bucket").text("Name", one.name()).time("CreationDate", one.created());
            xml.close("Bucket");
        }
        return Request.xml("ListAllMyBucketsResult", xml.close("Buckets"));
    }

    RestAnswer create(Request request) {
        String name = request.bucket();
        if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new ServiceError(400, "InvalidBucketName", "The specified bucket is not valid.");
        }
        String account = request.call().caller().account().id();
        Authorization.check(
                request.call().caller(), "s3:CreateBucket", "arn:" + world.partition() + ":s3:::" + name, null);
        SimBucket made = new SimBucket(
                name,
                account,
                request.call().now(),
                request.get("x-amz-bucket-object-lock-enabled").equalsIgnoreCase("true"));
        SimBucket there = world.buckets().add(made);
        if (there != made) {
            throw there.owner().equals(account)
                    ? new ServiceError(
                            409,
                            "BucketAlreadyOwnedByYou",
                            "Your previous request to create the named bucket succeeded and you already own it.")
                    : new ServiceError(409, "BucketAlreadyExists", "The requested bucket name is not available.");
        }
        return Request.done(200, Map.of("Location", "/" + name));
    }

    RestAnswer head(Request request) {
        request.bucketFor("ListBucket");
        return Request.done(200, Map.of("x-amz-bucket-region", request.call().region()));
    }

    RestAnswer delete(Request request) {
        SimBucket bucket = request.bucketFor("DeleteBucket");
        if (!bucket.versions().isEmpty()) {
            throw new ServiceError(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }
        world.buckets().remove(bucket);
        return Request.done(204, Map.of());
    }

    RestAnswer version(Request request) {
        SimBucket bucket = request.bucketFor("PutBucketVersioning");
        boolean on = request.call().body().contains("<Status>Enabled</Status>");
        if (bucket.locks() && !on) {
            throw new ServiceError(
                    409, "InvalidBucketState", "An Object Lock configuration is present on this bucket.");
        }
        bucket.version(on);
        return Request.done(200, Map.of());
    }

    RestAnswer versioning(Request request) {
        SimBucket bucket = request.bucketFor("GetBucketVersioning");
        Xml xml = new Xml();
        return Request.xml("VersioningConfiguration", bucket.versioned() ? xml.text("Status", "Enabled") : xml);
    }

    RestAnswer locking(Request request) {
        if (!request.bucketFor("GetBucketObjectLockConfiguration").locks()) {
            throw new ServiceError(
                    404,
                    "ObjectLockConfigurationNotFoundError",
                    "Object Lock configuration does not exist for this bucket");
        }
        return Request.xml("ObjectLockConfiguration", new Xml().text("ObjectLockEnabled", "Enabled"));
    }

    RestAnswer putPolicy(Request request) {
        SimBucket bucket = request.bucketFor("PutBucketPolicy");
        try {
            PolicyDocument.ofResource(request.call().body());
        } catch (MalformedPolicy problem) {
            throw new ServiceError(400, "MalformedPolicy", problem.why());
        }
        bucket.policy(request.call().body());
        return Request.done(204, Map.of());
    }

    RestAnswer policy(Request request) {
        String policy = request.bucketFor("GetBucketPolicy").policy();
        if (policy == null) {
            throw new ServiceError(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
        }
        return new RestAnswer(200, Map.of("Content-Type", "application/json"), policy);
    }
}
