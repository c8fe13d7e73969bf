package io.keyturn.adapters.aws;

import io.keyturn.core.model.Partition;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * Who the credentials are, and whose policies they have.
 *
 * @param arn of the caller
 * @param policySource ARN of the user or role; empty where there is none, as of the root user
 */
record CallerRole(String arn, String policySource) {
    /** Asks AWS, which answers that to everybody. */
    static CallerRole ask(Run run, Partition partition, Calls calls, AwsRequestOverrideConfiguration as)
            throws CallFailure, InterruptedException {
        String arn = calls.call(() -> run.clients()
                .sts(partition)
                .getCallerIdentity(r -> r.overrideConfiguration(as))
                .arn());
        return new CallerRole(arn, source(arn));
    }

    /** A session's ARN leaves out the path of its role, which then has to be asked for. */
    private static String source(String arn) {
        String session = sessionRole(arn);
        if (!session.isEmpty()) {
            return "arn:" + Partition.ofArn(arn).id() + ":iam::" + Login.accountOf(arn) + ":role/" + session;
        }
        return arn.contains(":user/") ? arn : "";
    }

    /** The same with the path of its role, as far as IAM tells it. */
    CallerRole located(Access access) throws InterruptedException {
        String role = sessionRole(arn);
        if (role.isEmpty()) {
            return this;
        }
        try {
            String known = access.calls()
                    .call(() -> access.iam()
                            .getRole(r -> r.roleName(role).overrideConfiguration(access.as()))
                            .role()
                            .arn());
            return new CallerRole(arn, known);
        } catch (CallFailure failure) {
            // Most roles have no path; of one that has, the simulator then says that it knows none of that name.
            return this;
        }
    }

    /** The name of the role whose session it is; empty where it is none. */
    static String sessionRole(String arn) {
        int from = arn.indexOf(":assumed-role/");
        return from < 0 ? "" : arn.substring(from + ":assumed-role/".length()).split("/", 2)[0];
    }

    /** The name in a role's ARN, without the path. */
    static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
