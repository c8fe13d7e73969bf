package io.keyturn.sandbox.secretsmanager;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.JsonService;
import io.keyturn.sandbox.world.World;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * AWS Secrets Manager: its actions by name. Source: its API reference, version 2017-10-17. Values are texts; there is no
 * KMS, whose keys are only named.
 */
public final class SecretsManagerService implements JsonService {
    private final Map<String, Function<Request, String>> actions = new HashMap<>();
    private final World world;

    public SecretsManagerService(World world) {
        this.world = world;
        Values values = new Values();
        actions.put("PutSecretValue", values::put);
        actions.put("GetSecretValue", values::get);
        actions.put("UpdateSecretVersionStage", values::moveStage);
        actions.put("ListSecretVersionIds", values::list);
        SecretLife life = new SecretLife(world);
        actions.put("CreateSecret", life::create);
        actions.put("DescribeSecret", life::describe);
        actions.put("DeleteSecret", life::delete);
        actions.put("RestoreSecret", life::restore);
        actions.put("TagResource", life::tag);
        Policies policies = new Policies(world);
        actions.put("PutResourcePolicy", policies::put);
        actions.put("GetResourcePolicy", policies::get);
        actions.put("DeleteResourcePolicy", policies::delete);
    }

    @Override
    public String answer(Call call) {
        Function<Request, String> action = actions.get(call.action());
        if (action == null) {
            throw JsonService.unknown(call);
        }
        return action.apply(Request.of(call, world));
    }
}
