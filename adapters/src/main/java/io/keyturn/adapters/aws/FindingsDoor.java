package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import tools.jackson.databind.JsonNode;

/** AWS Security Hub in one account and Region, entered as whoever reads the account: it takes findings from there alone. */
public final class FindingsDoor {
    /** What the account's session must be allowed on the hub, to see which findings ended. */
    public static final String LOOK = "securityhub:GetFindings";

    private final Run run;
    private final Account account;
    private final Login login;
    private final String region;

    FindingsDoor(Run run, Account account, Login login, String region) {
        this.run = run;
        this.account = account;
        this.login = login;
        this.region = region;
    }

    public Account account() {
        return account;
    }

    public String region() {
        return region;
    }

    /** How people know the account. */
    public String label() {
        return Access.label(account);
    }

    /**
     * Posts, again where that helps: what is posted there says the same however often it arrives.
     *
     * @param path such as {@code /findings/import}
     */
    public JsonNode post(String path, String json) throws CallFailure, InterruptedException {
        Calls calls = run.calls(account.id());
        login.renew(calls);
        JsonCall call = run.clients().json("SECURITYHUB", "securityhub", endpoint(), region);
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return calls.call(() -> call.post(login.as(), path, body));
    }

    /** Whether AWS refused since there is no hub in that account and Region. */
    public static boolean notEnabled(CallFailure failure) {
        return failure.code().equals("InvalidAccessException");
    }

    /** Whether the hub is there and may be looked into. */
    Check look() throws InterruptedException {
        String name = "Security Hub in " + region;
        try {
            post("/findings", "{\"MaxResults\":1}");
            return Check.works(Role.READ, name, "may be looked into");
        } catch (CallFailure failure) {
            if (notEnabled(failure)) {
                return Check.fails(Role.READ, name, "is not enabled in this account");
            }
            Check check = Check.fails(Role.READ, name, AwsProbe.brief(failure));
            return failure.denied() ? check.lacking(LOOK) : check;
        }
    }

    private URI endpoint() {
        String suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix();
        return URI.create("https://securityhub." + region + "." + suffix);
    }
}
