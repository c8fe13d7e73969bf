package io.keyturn.sandbox.s3;

import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.RestAnswer;
import io.keyturn.sandbox.protocol.RestService;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.World;
import java.util.Map;

/**
 * A call, and what its path names.
 *
 * @param bucket name of the bucket; empty for none
 * @param key of the object; empty for none
 */
record Request(Call call, World world, String bucket, String key) {
    private static final String XMLNS = "http://s3.amazonaws.com/doc/2006-03-01/";

    static Request of(Call call, World world) {
        String path = String.valueOf(call.get(RestService.PATH)).substring(1);
        int slash = path.indexOf('/');
        return slash < 0
                ? new Request(call, world, path, "")
                : new Request(call, world, path.substring(0, slash), path.substring(slash + 1));
    }

    /** A header or a part of the query; empty where it is not there. */
    String get(String name) {
        String value = call.get(name);
        return value == null ? "" : value;
    }

    /** The bucket, in which the caller may do this to the bucket itself. */
    SimBucket bucketFor(String action) {
        return allowed(action, "");
    }

    /** The bucket, in which the caller may do this to the object. */
    SimBucket objectFor(String action) {
        return allowed(action, "/" + key);
    }

    private SimBucket allowed(String action, String rest) {
        SimBucket found = world.buckets().find(bucket);
        if (found == null) {
            throw new ServiceError(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        String policy = found.policy();
        Authorization.checkBoth(
                call.caller(),
                "s3:" + action,
                "arn:" + world.partition() + ":s3:::" + bucket + rest,
                found.owner(),
                policy == null ? null : PolicyDocument.ofResource(policy));
        return found;
    }

    /** An answer without a body. */
    static RestAnswer done(int status, Map<String, String> headers) {
        return new RestAnswer(status, headers, "");
    }

    /** An answer of XML within one element. */
    static RestAnswer xml(String name, Xml inside) {
        return new RestAnswer(
                200,
                Map.of("Content-Type", "application/xml"),
                Xml.bytes("<" + name + " xmlns=\"" + XMLNS + "\">" + inside + "</" + name + ">"));
    }
}
