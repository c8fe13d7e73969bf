package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Identity and Access Management: its actions by name. Source: IAM API reference, version 2010-05-08. */
public final class IamService implements Service {
    private final Map<String, Function<Call, String>> actions = new HashMap<>();
    private final Scope scope;
    private final Recorded recorded;

    /**
     * Its actions.
     *
     * @param reportDelay time until a credential report is ready
     * @param faults what the policy simulator must know to be denied
     */
    public IamService(World world, Duration reportDelay, Faults faults) {
        scope = new Scope(world);
        recorded = new Recorded(world.trail());
        UserReads users = new UserReads(world);
        actions.put("ListUsers", users::listUsers);
        actions.put("GetUser", users::getUser);
        actions.put("ListUserTags", users::listUserTags);
        actions.put("ListGroupsForUser", users::listGroupsForUser);
        actions.put("ListUserPolicies", users::listUserPolicies);
        actions.put("ListAttachedUserPolicies", users::listAttachedUserPolicies);
        actions.put("GetLoginProfile", users::getLoginProfile);
        actions.put("ListMFADevices", users::listMfaDevices);
        actions.put("ListServiceSpecificCredentials", users::serviceCredentials);
        actions.put("ListSSHPublicKeys", call -> users.empty(call, "SSHPublicKeys"));
        actions.put("ListSigningCertificates", call -> users.empty(call, "Certificates"));
        KeyActions keys = new KeyActions(world);
        actions.put("ListAccessKeys", keys::list);
        actions.put("GetAccessKeyLastUsed", keys::lastUsed);
        actions.put("CreateAccessKey", keys::create);
        actions.put("UpdateAccessKey", keys::update);
        actions.put("DeleteAccessKey", keys::delete);
        UserWrites writes = new UserWrites(world);
        actions.put("CreateUser", writes::create);
        actions.put("DeleteUser", writes::delete);
        actions.put("TagUser", writes::tag);
        actions.put("UntagUser", writes::untag);
        AccountReads account = new AccountReads(world, reportDelay);
        actions.put("GenerateCredentialReport", account::generateReport);
        actions.put("GetCredentialReport", account::getReport);
        actions.put("GetAccountAuthorizationDetails", account::authorizationDetails);
        actions.put("GetAccountSummary", account::summary);
        actions.put("ListAccountAliases", account::aliases);
        actions.put("GetRole", new RoleReads(world)::getRole);
        actions.put("SimulatePrincipalPolicy", new PolicySimulator(world, faults)::simulate);
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public String namespace() {
        return "https://iam.amazonaws.com/doc/2010-05-08/";
    }

    @Override
    public String answer(Call call) {
        Function<Call, String> action = actions.get(call.action());
        if (action == null) {
            throw new ServiceError(
                    400, "InvalidAction", "Could not find operation " + call.action() + " for version 2010-05-08");
        }
        return recorded.answer(call, asked -> {
            scope.authorize(asked);
            return action.apply(asked);
        });
    }
}
