package io.keyturn.adapters.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.EntityType;

/** The first users of an account, to try things with. */
final class SampleUsers {
    /** How many are looked at: few, as one with a key is found among them nearly always. */
    static final int MOST = 20;

    /** Asked for where no user is known: AWS tells that there is none only to those who may ask. */
    private static final String NOBODY = "keyturn-doctor";

    private final Calls calls;
    private final IamClient iam;
    private final AwsRequestOverrideConfiguration as;
    private final List<Found> users = new ArrayList<>();
    private boolean whole;

    SampleUsers(Access access) {
        this.calls = access.calls();
        this.iam = access.iam();
        this.as = access.as();
    }

    private record Found(String name, String arn) {}

    /** Gets to know them by the list of users. */
    void byList() throws CallFailure, InterruptedException {
        var page = calls.call(() -> iam.listUsers(r -> r.maxItems(MOST).overrideConfiguration(as)));
        know(page.users().stream().map(u -> new Found(u.userName(), u.arn())).toList(), page.isTruncated());
    }

    /** Gets to know them by the authorization details. */
    void byDetails() throws CallFailure, InterruptedException {
        var page = calls.call(() -> iam.getAccountAuthorizationDetails(
                r -> r.filter(EntityType.USER).maxItems(MOST).overrideConfiguration(as)));
        know(
                page.userDetailList().stream()
                        .map(u -> new Found(u.userName(), u.arn()))
                        .toList(),
                page.isTruncated());
    }

    private void know(List<Found> found, @Nullable Boolean truncated) {
        if (users.isEmpty()) {
            users.addAll(found);
            whole = !Boolean.TRUE.equals(truncated);
        }
    }

    /** Whether these are all users there are. */
    boolean whole() {
        return whole;
    }

    /** The name of one. */
    String someone() {
        return users.isEmpty() ? NOBODY : users.getFirst().name();
    }

    /** The ARNs of a few, or of none that there is. */
    List<String> arns(io.keyturn.core.model.Account account) {
        return users.isEmpty()
                ? List.of("arn:" + account.partition().id() + ":iam::" + account.id() + ":user/" + NOBODY)
                : users.stream().limit(5).map(Found::arn).toList();
    }

    /** Lists the keys of one. */
    void keys() throws CallFailure, InterruptedException {
        keys(someone());
    }

    /** The ID of some key; null where none of these users has one. */
    @Nullable
    String key() throws CallFailure, InterruptedException {
        for (Found user : users) {
            for (AccessKeyMetadata key : keys(user.name())) {
                return key.accessKeyId();
            }
        }
        return null;
    }

    private List<AccessKeyMetadata> keys(String user) throws CallFailure, InterruptedException {
        return calls.call(() -> iam.listAccessKeys(r -> r.userName(user).overrideConfiguration(as)))
                .accessKeyMetadata();
    }
}
