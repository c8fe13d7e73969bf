package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The roles that every account of the world has. */
final class Roles {
    private static final PolicyDocument READ = PolicyDocument.allow(
            List.of(
                    "iam:Get*",
                    "iam:List*",
                    "iam:GenerateCredentialReport",
                    "iam:SimulatePrincipalPolicy",
                    "sts:GetAccessKeyInfo",
                    "organizations:Describe*",
                    "organizations:List*",
                    "cloudtrail:LookupEvents",
                    "account:GetAlternateContact"),
            "*");

    private Roles() {}

    /** {@code keyturn-read}, {@code keyturn-act}, {@code keyturn-create}, and AWS's own for administrators. */
    static Map<String, SimRole> standard(String partition, @Nullable String externalId) {
        String users = "arn:" + partition + ":iam::*:user/*";
        PolicyDocument act = PolicyDocument.allow(List.of("iam:UpdateAccessKey", "iam:DeleteAccessKey"), users);
        PolicyDocument create = PolicyDocument.allow(List.of("iam:CreateAccessKey"), users);
        PolicyDocument deliver = PolicyDocument.allow(
                List.of("secretsmanager:*"), "arn:" + partition + ":secretsmanager:*:*:secret:keyturn/*");
        PolicyDocument parameters = PolicyDocument.allow(
                List.of("ssm:PutParameter", "ssm:GetParameter", "ssm:DeleteParameter"),
                "arn:" + partition + ":ssm:*:*:parameter/keyturn/*");
        PolicyDocument objects = PolicyDocument.allow(
                List.of("s3:PutObject*", "s3:GetObject*", "s3:DeleteObject*", "s3:ListBucketVersions"),
                "arn:" + partition + ":s3:::*");
        PolicyDocument look = PolicyDocument.allow(List.of("secretsmanager:DescribeSecret"), "*");
        return Stream.of(
                        SimRole.of("keyturn-read", READ).withExternalId(externalId),
                        SimRole.of("keyturn-act", READ, act).withExternalId(externalId),
                        SimRole.of("keyturn-create", READ, create, deliver, parameters, objects, look)
                                .withExternalId(externalId),
                        SimRole.of("OrganizationAccountAccessRole", PolicyDocument.ADMINISTRATOR_ACCESS))
                .collect(Collectors.toUnmodifiableMap(SimRole::name, Function.identity()));
    }
}
