package io.keyturn.sandbox.secretsmanager;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimSecret;
import io.keyturn.sandbox.world.Vault;
import io.keyturn.sandbox.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call with its body, and the secret it names.
 *
 * @param place where names without an ARN are looked for, see {@link Vault#place}
 */
record Request(Call call, JsonNode body, String place, Vault vault) {
    static Request of(Call call, World world) {
        String place = Vault.place(
                world.partition(), call.region(), call.caller().account().id());
        return new Request(call, Json.read(call.body()), place, world.vault());
    }

    @Nullable
    String text(String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }

    String need(String name) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw new ServiceError(400, "ValidationException", "You must provide a value for " + name + ".");
        }
        return value;
    }

    boolean truth(String name) {
        return body.path(name).asBoolean(false);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        body.path(name).forEach(one -> texts.add(one.asString()));
        return texts;
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        body.path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asString(), tag.path("Value").asString("")));
        return tags;
    }

    /** The secret as it is, which the caller may do this to. */
    SimSecret secret() {
        return secret(false);
    }

    /** The same as a read is told of it. */
    SimSecret told() {
        return secret(call.reads() == Fate.Kind.STALE);
    }

    /** The same, unless it is marked for deletion. */
    static SimSecret living(SimSecret secret) {
        if (secret.deletedAt() != null) {
            throw new ServiceError(
                    400,
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return secret;
    }

    private SimSecret secret(boolean stale) {
        String id = need("SecretId");
        int at = id.indexOf(":secret:") + 8;
        // The last seven characters of an ARN are a hyphen and six that AWS chose; they may be left out.
        String home = id.startsWith("arn:") ? id.substring(0, at) : place;
        String rest = id.startsWith("arn:") ? id.substring(at) : id;
        SimSecret found = vault.find(home, rest, call.now(), stale);
        if (found == null && rest.length() > 7 && id.startsWith("arn:")) {
            SimSecret whole = vault.find(home, rest.substring(0, rest.length() - 7), call.now(), stale);
            found = whole == null || !whole.arn().equals(id) ? null : whole;
        }
        authorize(found == null ? id : found.arn(), found == null ? null : found.policy());
        if (found == null) {
            throw new ServiceError(
                    400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
        }
        return found;
    }

    void authorize(String arn, @Nullable String policy) {
        Authorization.checkBoth(
                call.caller(),
                "secretsmanager:" + call.action(),
                arn,
                policy == null ? null : PolicyDocument.ofResource(policy));
    }

    /** Changes the secret in its place. */
    SimSecret change(SimSecret secret, UnaryOperator<SimSecret> how) {
        String home = secret.arn().substring(0, secret.arn().indexOf(":secret:") + 8);
        return vault.change(home, secret, call.now(), how);
    }

    /** The answer's first fields, and more. */
    static Map<String, Object> named(SimSecret secret) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ARN", secret.arn());
        json.put("Name", secret.name());
        return json;
    }

    /** An instant as JSON 1.1 writes it: seconds. */
    static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }
}
