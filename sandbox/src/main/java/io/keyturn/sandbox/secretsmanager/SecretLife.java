package io.keyturn.sandbox.secretsmanager;

import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimSecret;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Secrets as a whole: made, described, deleted and brought back. */
final class SecretLife {
    private final World world;

    SecretLife(World world) {
        this.world = world;
    }

    String create(Request request) {
        String name = request.need("Name");
        if (!name.matches("[\\w/+=.@-]{1,512}")) {
            throw new ServiceError(
                    400,
                    "ValidationException",
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following:"
                            + " -/_+=.@!");
        }
        SimSecret there =
                request.vault().find(request.place(), name, request.call().now(), false);
        if (there == null) {
            String arn = request.place() + name + "-" + world.letters(6);
            request.authorize(arn, null);
            return made(request, name, arn);
        }
        request.authorize(there.arn(), null);
        if (there.deletedAt() != null) {
            throw new ServiceError(
                    400,
                    "InvalidRequestException",
                    "You can't create this secret because a secret with this name is already scheduled for deletion.");
        }
        SimSecret.Version again = there.versions().get(String.valueOf(request.text("ClientRequestToken")));
        if (again == null || !again.value().equals(request.text("SecretString"))) {
            throw new ServiceError(
                    400,
                    "ResourceExistsException",
                    "The operation failed because the secret " + name + " already exists.");
        }
        return answer(there, again.id());
    }

    private static String made(Request request, String name, String arn) {
        Instant now = request.call().now();
        SimSecret secret = new SimSecret(
                arn, name, request.text("KmsKeyId"), request.tags(), null, now, null, null, new LinkedHashMap<>());
        String value = request.text("SecretString");
        if (value == null) {
            request.vault().put(request.place(), secret, now);
            return Json.write(Request.named(secret));
        }
        String version = Values.token(request);
        request.vault()
                .put(
                        request.place(),
                        secret.plus(new SimSecret.Version(version, value, now, List.of(SimSecret.CURRENT))),
                        now);
        return answer(secret, version);
    }

    private static String answer(SimSecret secret, String version) {
        Map<String, Object> json = Request.named(secret);
        json.put("VersionId", version);
        return Json.write(json);
    }

    String describe(Request request) {
        SimSecret secret = request.told();
        Map<String, Object> json = Request.named(secret);
        json.put("CreatedDate", Request.seconds(secret.created()));
        if (secret.kmsKey() != null) {
            json.put("KmsKeyId", secret.kmsKey());
        }
        if (secret.deletedAt() != null) {
            json.put("DeletedDate", Request.seconds(secret.deletedAt()));
        }
        json.put(
                "Tags",
                secret.tags().entrySet().stream()
                        .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
                        .toList());
        Map<String, Object> stages = new LinkedHashMap<>();
        secret.versions().values().stream()
                .filter(version -> !version.stages().isEmpty())
                .forEach(version -> stages.put(version.id(), version.stages()));
        json.put("VersionIdsToStages", stages);
        return Json.write(json);
    }

    String delete(Request request) {
        SimSecret secret = Request.living(request.secret());
        boolean force = request.truth("ForceDeleteWithoutRecovery");
        int days = request.body().path("RecoveryWindowInDays").asInt(force ? 0 : 30);
        if (!force && (days < 7 || days > 30)) {
            throw new ServiceError(
                    400,
                    "InvalidParameterException",
                    "RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        Instant now = request.call().now();
        Instant gone = now.plus(Duration.ofDays(days));
        request.change(secret, one -> one.deleted(now, gone));
        Map<String, Object> json = Request.named(secret);
        json.put("DeletionDate", Request.seconds(gone));
        return Json.write(json);
    }

    String restore(Request request) {
        return Json.write(Request.named(request.change(request.secret(), one -> one.deleted(null, null))));
    }

    String tag(Request request) {
        Map<String, String> more = request.tags();
        request.change(Request.living(request.secret()), one -> {
            Map<String, String> tags = new LinkedHashMap<>(one.tags());
            tags.putAll(more);
            return one.withTags(tags);
        });
        return "{}";
    }
}
