package io.keyturn.sandbox.s3;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.RestAnswer;
import io.keyturn.sandbox.protocol.RestService;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Amazon S3, by paths of the form {@code /bucket/key}. Source: its API reference, version 2006-03-01. What is written is
 * read at once, as in S3. There is no KMS, whose keys are only named.
 */
public final class S3Service implements RestService {
    /** Parts of a query that make another action of the same method, as the API reference names what they are about. */
    private static final List<Map.Entry<String, String>> ABOUT = List.of(
            Map.entry("versions", "ObjectVersions"),
            Map.entry("versioning", "BucketVersioning"),
            Map.entry("policy", "BucketPolicy"),
            Map.entry("location", "BucketLocation"),
            Map.entry("object-lock", "ObjectLockConfiguration"),
            Map.entry("tagging", "ObjectTagging"),
            Map.entry("retention", "ObjectRetention"));

    private final Map<String, Function<Request, RestAnswer>> actions = new HashMap<>();
    private final World world;

    public S3Service(World world) {
        this.world = world;
        BucketActions buckets = new BucketActions(world);
        actions.put("ListBuckets", buckets::list);
        actions.put("CreateBucket", buckets::create);
        actions.put("HeadBucket", buckets::head);
        actions.put("DeleteBucket", buckets::delete);
        actions.put("PutBucketVersioning", buckets::version);
        actions.put("GetBucketVersioning", buckets::versioning);
        actions.put("PutBucketPolicy", buckets::putPolicy);
        actions.put("GetBucketPolicy", buckets::policy);
        actions.put("GetObjectLockConfiguration", buckets::locking);
        ObjectLists lists = new ObjectLists();
        actions.put("ListObjects", lists::objects);
        actions.put("ListObjectVersions", lists::versions);
        ObjectActions objects = new ObjectActions(world);
        actions.put("PutObject", objects::put);
        actions.put("GetObject", objects::get);
        actions.put("HeadObject", objects::head);
        actions.put("DeleteObject", objects::delete);
        actions.put("GetObjectTagging", objects::tags);
        actions.put("GetObjectRetention", objects::retention);
        actions.put("PutObjectRetention", objects::retain);
    }

    @Override
    public String action(Map<String, String> parameters) {
        String path = String.valueOf(parameters.get(PATH));
        String method = String.valueOf(parameters.get(METHOD));
        String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
        if (path.length() < 2) {
            return "ListBuckets";
        }
        for (Map.Entry<String, String> about : ABOUT) {
            if (parameters.containsKey(about.getKey())) {
                return (about.getKey().equals("versions") ? "List" : verb) + about.getValue();
            }
        }
        int slash = path.indexOf('/', 1);
        if (slash > 0 && slash < path.length() - 1) {
            return verb + "Object";
        }
        return switch (method) {
            case "PUT" -> "CreateBucket";
            case "GET" -> "ListObjects";
            default -> verb + "Bucket";
        };
    }

    @Override
    public RestAnswer answer(Call call) {
        Function<Request, RestAnswer> action = actions.get(call.action());
        if (action == null) {
            throw new ServiceError(501, "NotImplemented", call.action() + " is not simulated");
        }
        return action.apply(Request.of(call, world));
    }
}
