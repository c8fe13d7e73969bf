package io.keyturn.adapters.aws.deliver;

import io.keyturn.core.model.Account;
import io.keyturn.core.policy.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a delivery must be allowed. Source: service authorization reference of AWS Secrets Manager, Systems Manager, S3
 * and KMS.
 *
 * @param statements in ARNs <code>${partition}</code> and <code>${account}</code> stand for the account's own
 */
public record DeliveryNeeds(List<Allow> statements) {
    private static final List<String> KEY = List.of("kms:Decrypt", "kms:GenerateDataKey");

    /** Actions on resources. */
    public record Allow(String sid, List<String> actions, List<String> resources) {
        public Allow {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }

    public DeliveryNeeds {
        statements = List.copyOf(statements);
    }

    /** For the secrets of all users of a policy, wherever it delivers to; empty for what is not in AWS. */
    public static Optional<DeliveryNeeds> of(Delivery delivery) {
        return switch (delivery) {
            case Delivery.SecretsManager to ->
                Optional.of(ofSecretsManager(
                        region(to.place()), all(to.place()), to.place().kmsKey()));
            case Delivery.Ssm to ->
                Optional.of(
                        ofSsm(region(to.place()), all(to.place()), to.place().kmsKey()));
            case Delivery.S3 to ->
                Optional.of(ofS3(to.bucket(), all(to.place()), to.place().kmsKey()));
            case Delivery.S3Csv to -> Optional.of(ofCsv(to.bucket()));
            case Delivery.File file -> Optional.empty();
            case Delivery.Program program -> Optional.empty();
        };
    }

    private static String region(Delivery.Place place) {
        return place.region() == null ? "*" : place.region();
    }

    private static String all(Delivery.Place place) {
        return place.name().replace("${user}", "*");
    }

    /**
     * For a secret.
     *
     * @param name may be a pattern: AWS adds six letters, and names a secret to be made without them
     */
    static DeliveryNeeds ofSecretsManager(String region, String name, @Nullable String kmsKey) {
        String arn = "arn:${partition}:secretsmanager:" + region + ":${account}:secret:" + name;
        // AWS may answer that a secret is absent only to whoever may ask about all; that tells no value.
        Allow look = new Allow("LookAtSecrets", List.of("secretsmanager:DescribeSecret"), List.of("*"));
        Allow deliver = new Allow(
                "DeliverSecrets",
                List.of(
                        "secretsmanager:CreateSecret",
                        "secretsmanager:DeleteSecret",
                        "secretsmanager:GetResourcePolicy",
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:PutResourcePolicy",
                        "secretsmanager:PutSecretValue",
                        "secretsmanager:RestoreSecret",
                        "secretsmanager:TagResource",
                        "secretsmanager:UpdateSecretVersionStage"),
                List.of(arn, arn + "-??????"));
        return with(kmsKey, look, deliver);
    }

    /** For a parameter, whose name may be a pattern, and its proof. */
    static DeliveryNeeds ofSsm(String region, String name, @Nullable String kmsKey) {
        String plain = name.startsWith("/") ? name.substring(1) : name;
        String arn = "arn:${partition}:ssm:" + region + ":${account}:parameter/" + plain;
        Allow deliver = new Allow(
                "DeliverParameters",
                List.of("ssm:DeleteParameter", "ssm:GetParameter", "ssm:PutParameter"),
                List.of(arn, arn + SsmSink.PROOF));
        return with(kmsKey, deliver);
    }

    /** For the objects below a prefix, which may be a pattern. */
    static DeliveryNeeds ofS3(String bucket, String prefix, @Nullable String kmsKey) {
        return ofObjects(bucket, prefix, kmsKey, "s3:PutObjectTagging");
    }

    /** For the CSV files of all users, which have no tags. */
    private static DeliveryNeeds ofCsv(String bucket) {
        return ofObjects(bucket, "credential/*", null);
    }

    private static DeliveryNeeds ofObjects(String bucket, String prefix, @Nullable String kmsKey, String... more) {
        List<String> actions =
                new ArrayList<>(List.of("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:PutObject"));
        actions.addAll(List.of(more));
        Allow deliver =
                new Allow("DeliverObjects", actions, List.of("arn:${partition}:s3:::" + bucket + "/" + prefix + "/*"));
        Allow list =
                new Allow("ListVersions", List.of("s3:ListBucketVersions"), List.of("arn:${partition}:s3:::" + bucket));
        return with(kmsKey, deliver, list);
    }

    private static DeliveryNeeds with(@Nullable String kmsKey, Allow... allow) {
        List<Allow> all = new ArrayList<>(List.of(allow));
        if (kmsKey != null) {
            all.add(new Allow("UseKey", KEY, List.of(kmsKey)));
        }
        return new DeliveryNeeds(all);
    }

    /** A policy for the session of one act in an account. */
    String policy(Account account) {
        List<Object> all = new ArrayList<>();
        for (Allow one : statements) {
            List<String> resources = one.resources().stream()
                    .map(arn -> arn.replace("${partition}", account.partition().id())
                            .replace("${account}", account.id().value()))
                    .toList();
            all.add(Map.of("Effect", "Allow", "Action", one.actions(), "Resource", resources));
        }
        return JsonMapper.shared().writeValueAsString(Map.of("Version", "2012-10-17", "Statement", all));
    }
}
