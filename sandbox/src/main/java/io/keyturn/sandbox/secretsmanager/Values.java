package io.keyturn.sandbox.secretsmanager;

import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimSecret;
import io.keyturn.sandbox.world.SimSecret.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of secrets, and the labels that tell which one is meant. */
final class Values {
    /** What becomes the version's ID: the client says it, so that a repetition is known as one. */
    static String token(Request request) {
        String token = request.need("ClientRequestToken");
        if (token.length() < 32 || token.length() > 64) {
            throw new ServiceError(
                    400, "InvalidParameterException", "The ClientRequestToken must be from 32 to 64 characters long.");
        }
        return token;
    }

    String put(Request request) {
        SimSecret secret = Request.living(request.secret());
        String id = token(request);
        String value = request.need("SecretString");
        Version known = secret.versions().get(id);
        if (known != null && !known.value().equals(value)) {
            throw new ServiceError(
                    400,
                    "ResourceExistsException",
                    "You can't use ClientRequestToken " + id + " because that value is already in use for a version"
                            + " of secret " + secret.arn() + ".");
        }
        List<String> asked = request.texts("VersionStages");
        // The first value of a secret is the current one, whatever labels are asked for.
        boolean current = asked.isEmpty() || secret.versions().isEmpty();
        SimSecret changed = secret;
        if (known == null) {
            changed = request.change(secret, one -> {
                SimSecret more = one.plus(new Version(id, value, request.call().now(), asked));
                return current ? more.moved(SimSecret.CURRENT, id) : more;
            });
        }
        Version made = version(changed, id);
        Map<String, Object> json = Request.named(secret);
        json.put("VersionId", id);
        json.put("VersionStages", made.stages());
        return Json.write(json);
    }

    String get(Request request) {
        SimSecret secret = Request.living(request.told());
        String id = request.text("VersionId");
        String asked = request.text("VersionStage");
        String stage = asked == null && id == null ? SimSecret.CURRENT : asked;
        Version found = id == null
                ? secret.at(String.valueOf(stage))
                : secret.versions().get(id);
        if (found == null || (stage != null && !found.stages().contains(stage))) {
            throw new ServiceError(
                    400,
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for "
                            + (id == null ? "staging label: " + stage : "VersionId: " + id));
        }
        Map<String, Object> json = Request.named(secret);
        json.put("VersionId", found.id());
        json.put("SecretString", found.value());
        json.put("VersionStages", found.stages());
        json.put("CreatedDate", Request.seconds(found.created()));
        return Json.write(json);
    }

    String moveStage(Request request) {
        SimSecret secret = Request.living(request.secret());
        String stage = request.need("VersionStage");
        String to = request.text("MoveToVersionId");
        String from = request.text("RemoveFromVersionId");
        Version has = secret.at(stage);
        if (to != null) {
            version(secret, to);
        }
        if (has != null && !has.id().equals(to) && !has.id().equals(from)) {
            throw new ServiceError(
                    400,
                    "InvalidParameterException",
                    "The parameter RemoveFromVersionId can't be empty. Staging label " + stage
                            + " is currently attached to version " + has.id()
                            + ", so you must explicitly reference that version in RemoveFromVersionId.");
        }
        if (to == null && stage.equals(SimSecret.CURRENT)) {
            throw new ServiceError(
                    400,
                    "InvalidParameterException",
                    "You can only move staging label AWSCURRENT to a different secret version. It can't be completely"
                            + " removed.");
        }
        if (from != null && (has == null || !has.id().equals(from))) {
            throw new ServiceError(
                    400,
                    "InvalidParameterException",
                    "The staging label " + stage + " is not attached to version " + from + ".");
        }
        return Json.write(Request.named(request.change(secret, one -> one.moved(stage, to))));
    }

    String list(Request request) {
        SimSecret secret = request.told();
        boolean deprecated = request.truth("IncludeDeprecated");
        Map<String, Object> json = Request.named(secret);
        json.put(
                "Versions",
                secret.versions().values().stream()
                        .filter(version -> deprecated || !version.stages().isEmpty())
                        .map(Values::entry)
                        .toList());
        return Json.write(json);
    }

    private static Map<String, Object> entry(Version version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("VersionId", version.id());
        json.put("VersionStages", version.stages());
        json.put("CreatedDate", Request.seconds(version.created()));
        return json;
    }

    private static Version version(SimSecret secret, String id) {
        Version version = secret.versions().get(id);
        if (version == null) {
            throw new ServiceError(
                    400,
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret version: " + id + ".");
        }
        return version;
    }
}
