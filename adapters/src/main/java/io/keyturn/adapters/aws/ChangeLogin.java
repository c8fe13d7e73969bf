package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Target;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The credentials of one change. Where the account is reached by a role, each change has a session of its own that may do
 * this one action to this one user and nothing else: a mistake of this program, or a stolen session, can do no more.
 */
sealed interface ChangeLogin {
    /** Credentials for one action on one user. */
    AwsRequestOverrideConfiguration as(Calls calls, String action, Target target)
            throws CallFailure, InterruptedException;

    /**
     * The ARN of the user or role whose policies say what may be changed.
     *
     * @param caller asks AWS who the credentials at hand are
     */
    String principal(WhoAmI caller) throws CallFailure, InterruptedException;

    /** Asks AWS who somebody is. */
    interface WhoAmI {
        String arn() throws CallFailure, InterruptedException;
    }

    /**
     * Credentials for delivering a secret.
     *
     * @param policy what the delivery needs and no more: a session of a role is narrowed to it
     */
    AwsRequestOverrideConfiguration delivering(Calls calls, String policy) throws CallFailure, InterruptedException;

    /** The role whose session {@link #delivering} gives; null where it gives the credentials at hand. */
    default Login.@Nullable Assume deliverer() {
        return null;
    }

    /** Nobody may change anything there; {@code why} says what is not configured. */
    record None(String why) implements ChangeLogin {
        @Override
        public AwsRequestOverrideConfiguration as(Calls calls, String action, Target target) throws CallFailure {
            throw new CallFailure("NotConfigured", why);
        }

        @Override
        public String principal(WhoAmI caller) throws CallFailure {
            throw new CallFailure("NotConfigured", why);
        }

        @Override
        public AwsRequestOverrideConfiguration delivering(Calls calls, String policy) throws CallFailure {
            throw new CallFailure("NotConfigured", why);
        }
    }

    /** The credentials at hand, as they are. */
    record AtHand(Login login) implements ChangeLogin {
        @Override
        public AwsRequestOverrideConfiguration as(Calls calls, String action, Target target)
                throws CallFailure, InterruptedException {
            login.renew(calls);
            return login.as();
        }

        /** Of a session AWS names the role without its path, so that one with a path is not found by it. */
        @Override
        public String principal(WhoAmI caller) throws CallFailure, InterruptedException {
            return caller.arn().replaceFirst(":sts:([^:]*):([^:]*):assumed-role/([^/]+)/.*", ":iam:$1:$2:role/$3");
        }

        @Override
        public AwsRequestOverrideConfiguration delivering(Calls calls, String policy)
                throws CallFailure, InterruptedException {
            login.renew(calls);
            return login.as();
        }
    }

    /**
     * A session of a role, narrowed to the change.
     *
     * @param create the role that makes keys; null where none is configured
     */
    record ByRole(Login login, Account account, Login.@Nullable Assume act, Login.@Nullable Assume create)
            implements ChangeLogin {
        @Override
        public AwsRequestOverrideConfiguration as(Calls calls, String action, Target target)
                throws CallFailure, InterruptedException {
            boolean makes = action.equals("iam:CreateAccessKey");
            Login.Assume role = configured(makes ? create : act, makes ? "create" : "act");
            return login.narrowed(calls, role, policy(action, target));
        }

        @Override
        public AwsRequestOverrideConfiguration delivering(Calls calls, String policy)
                throws CallFailure, InterruptedException {
            return login.narrowed(calls, configured(create, "create"), policy);
        }

        @Override
        public Login.@Nullable Assume deliverer() {
            return create;
        }

        private static Login.Assume configured(Login.@Nullable Assume role, String name) throws CallFailure {
            if (role == null) {
                throw new CallFailure(
                        "NotConfigured",
                        "no role that may do that is configured: name it as organization.roles." + name);
            }
            return role;
        }

        @Override
        public String principal(WhoAmI caller) throws CallFailure {
            if (act == null) {
                throw new CallFailure("NotConfigured", "organization.roles.act is not named");
            }
            return act.arn();
        }

        /** Names the user with any path, as what is known of it is its name; quotes cannot be in a user's name. */
        private String policy(String action, Target target) {
            return String.format(
                    Locale.ROOT,
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":"
                            + "[\"arn:%s:iam::%s:user/%s\",\"arn:%s:iam::%s:user/*/%s\"]}]}",
                    action,
                    account.partition().id(),
                    account.id(),
                    target.name(),
                    account.partition().id(),
                    account.id(),
                    target.name());
        }
    }
}
