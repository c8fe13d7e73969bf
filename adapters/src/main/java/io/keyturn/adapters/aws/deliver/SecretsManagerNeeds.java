package io.keyturn.adapters.aws.deliver;

import io.keyturn.core.model.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a delivery to Secrets Manager must be allowed. Source: service authorization reference, AWS Secrets Manager. */
public final class SecretsManagerNeeds {
    /** On any secret: AWS may answer that a secret is absent only to whoever may ask about all, and it tells no value. */
    public static final List<String> ANY = List.of("secretsmanager:DescribeSecret");

    /** On the user's secret. */
    public static final List<String> ITS_OWN = List.of(
            "secretsmanager:CreateSecret",
            "secretsmanager:DeleteSecret",
            "secretsmanager:GetResourcePolicy",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutResourcePolicy",
            "secretsmanager:PutSecretValue",
            "secretsmanager:RestoreSecret",
            "secretsmanager:TagResource",
            "secretsmanager:UpdateSecretVersionStage");

    /** On the customer's key. */
    public static final List<String> KEY = List.of("kms:Decrypt", "kms:GenerateDataKey");

    private SecretsManagerNeeds() {}

    /** The secrets of a name, which may be a pattern: AWS adds six letters, and names one to be made without them. */
    public static List<String> secrets(String partition, String region, String account, String name) {
        String arn = "arn:" + partition + ":secretsmanager:" + region + ":" + account + ":secret:" + name;
        return List.of(arn, arn + "-??????");
    }

    /** A policy for the session of one act on one user's secret. */
    static String sessionPolicy(Account account, String region, String name, @Nullable String kmsKey) {
        List<Object> statements = new ArrayList<>();
        statements.add(allow(ANY, List.of("*")));
        statements.add(allow(
                ITS_OWN, secrets(account.partition().id(), region, account.id().value(), name)));
        if (kmsKey != null) {
            statements.add(allow(KEY, List.of(kmsKey)));
        }
        return JsonMapper.shared().writeValueAsString(Map.of("Version", "2012-10-17", "Statement", statements));
    }

    private static Map<String, Object> allow(List<String> actions, List<String> resources) {
        return Map.of("Effect", "Allow", "Action", actions, "Resource", resources);
    }
}
