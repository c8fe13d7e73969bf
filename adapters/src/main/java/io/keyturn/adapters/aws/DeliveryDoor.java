package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.engine.port.Leave;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** One account, entered as whoever makes its keys, to put their secrets where they belong. */
public final class DeliveryDoor {
    private final Run run;
    private final Account account;
    private final ChangeLogin changes;

    DeliveryDoor(Run run, Account account, ChangeLogin changes) {
        this.run = run;
        this.account = account;
        this.changes = changes;
    }

    public Account account() {
        return account;
    }

    /** How people know the account. */
    public String label() {
        return Access.label(account);
    }

    /**
     * What the account's policies know the deliverer by: ARNs, in which {@code *} stands for a role's path where only
     * the name of its session is known.
     */
    public List<String> principals() throws CallFailure, InterruptedException {
        Login.Assume role = changes.deliverer();
        return role == null ? known(caller()) : List.of(role.arn());
    }

    private String caller() throws CallFailure, InterruptedException {
        Calls calls = run.calls(account.id());
        // That call needs no permission, so the policy of the session does not matter.
        AwsRequestOverrideConfiguration as = changes.delivering(calls, "");
        return calls.call(() -> run.clients()
                .sts(account.partition())
                .getCallerIdentity(r -> r.overrideConfiguration(as))
                .arn());
    }

    private List<String> known(String caller) {
        String[] parts = caller.split("[:/]", -1);
        if (!parts[5].equals("assumed-role")) {
            return List.of(caller);
        }
        String iam = "arn:" + account.partition() + ":iam::" + account.id() + ":role/";
        return List.of(iam + parts[6], iam + "*/" + parts[6]);
    }

    /**
     * A session for one act: where the account is reached by a role it may do what {@code policy} allows and no more.
     *
     * @param policy in the language of IAM
     */
    public Session session(String policy) throws CallFailure, InterruptedException {
        return new Session(changes.delivering(run.calls(account.id()), policy));
    }

    /** Calls with the credentials of one act. */
    public final class Session {
        private final AwsRequestOverrideConfiguration as;

        private Session(AwsRequestOverrideConfiguration as) {
            this.as = as;
        }

        /** Makes a call that changes nothing, again where that helps. */
        public <T> T read(Function<AwsRequestOverrideConfiguration, T> call) throws CallFailure, InterruptedException {
            return run.calls(account.id()).call(() -> call.apply(as));
        }

        /** Makes a call that changes something, once. */
        public <T> Once<T> write(Function<AwsRequestOverrideConfiguration, T> call) throws InterruptedException {
            return run.calls(account.id()).once(() -> call.apply(as), Leave.GIVEN);
        }
    }
}
