package io.keyturn.sandbox.ssm;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.JsonService;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimParameter;
import io.keyturn.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Parameters of AWS Systems Manager. Source: its API reference, version 2014-11-06. There is no KMS, whose keys are only
 * named.
 */
public final class SsmService implements JsonService {
    private static final List<String> TYPES = List.of("String", "StringList", "SecureString");
    /** Of a standard parameter, in bytes. */
    private static final int LONGEST = 4096;

    private final World world;

    public SsmService(World world) {
        this.world = world;
    }

    @Override
    public String answer(Call call) {
        JsonNode asked = Json.read(call.body());
        return switch (call.action()) {
            case "PutParameter" -> put(call, asked);
            case "GetParameter" -> get(call, asked);
            case "GetParameters" -> getSome(call, asked);
            case "GetParameterHistory" -> history(call, asked);
            case "DeleteParameter" -> delete(call, asked);
            default -> throw JsonService.unknown(call);
        };
    }

    private String put(Call call, JsonNode asked) {
        String name = name(asked);
        String arn = allowed(call, name);
        List<SimParameter> there = world.parameters().versions(arn);
        if (!there.isEmpty() && !asked.path("Overwrite").asBoolean(false)) {
            throw new ServiceError(
                    400,
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                            + " true.");
        }
        String type = asked.path("Type")
                .asString(there.isEmpty() ? "" : there.getLast().type());
        String value = asked.path("Value").asString("");
        refuse(!TYPES.contains(type), "A parameter type is required when you create a parameter.");
        refuse(value.isEmpty(), "Value at 'value' failed to satisfy constraint: length greater than or equal to 1");
        refuse(
                value.getBytes(StandardCharsets.UTF_8).length > LONGEST,
                "Standard tier parameters support a maximum parameter value of 4096 characters.");
        if (!there.isEmpty() && !there.getLast().type().equals(type)) {
            throw new ServiceError(
                    400, "HierarchyTypeMismatchException", "The parameter's type cannot be changed to " + type + ".");
        }
        String key = type.equals("SecureString") ? asked.path("KeyId").asString("alias/aws/ssm") : "";
        SimParameter version = new SimParameter(name, type, key, value, there.size() + 1L, call.now());
        world.parameters().put(arn, version);
        return Json.write(Map.of("Version", version.version(), "Tier", "Standard"));
    }

    private String get(Call call, JsonNode asked) {
        SimParameter there = some(read(call, name(asked))).getLast();
        return Json.write(Map.of("Parameter", told(call, there, asked)));
    }

    private String getSome(Call call, JsonNode asked) {
        List<Object> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (JsonNode one : asked.path("Names")) {
            List<SimParameter> there = read(call, one.asString());
            if (there.isEmpty()) {
                missing.add(one.asString());
            } else {
                found.add(told(call, there.getLast(), asked));
            }
        }
        return Json.write(Map.of("Parameters", found, "InvalidParameters", missing));
    }

    private String history(Call call, JsonNode asked) {
        return Json.write(Map.of(
                "Parameters",
                some(read(call, name(asked))).stream()
                        .map(one -> told(call, one, asked))
                        .toList()));
    }

    private String delete(Call call, JsonNode asked) {
        if (!world.parameters().delete(allowed(call, name(asked)), call.now())) {
            throw missing();
        }
        return "{}";
    }

    /** Its versions as a read is told of them, which may be as late as any other. */
    private List<SimParameter> read(Call call, String name) {
        boolean stale = call.reads() == Fate.Kind.STALE;
        return world.parameters().told(allowed(call, name), call.now(), stale);
    }

    private static List<SimParameter> some(List<SimParameter> versions) {
        if (versions.isEmpty()) {
            throw missing();
        }
        return versions;
    }

    private Map<String, Object> told(Call call, SimParameter parameter, JsonNode asked) {
        boolean plain = !parameter.secure() || asked.path("WithDecryption").asBoolean(false);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Name", parameter.name());
        json.put("Type", parameter.type());
        // What is not decrypted tells nobody more than that it is there.
        json.put("Value", plain ? parameter.value() : opaque(parameter));
        json.put("Version", parameter.version());
        json.put("LastModifiedDate", parameter.modified().toEpochMilli() / 1000.0);
        json.put("ARN", arn(call, parameter.name()));
        json.put("DataType", "text");
        if (parameter.secure()) {
            json.put("KeyId", parameter.kmsKey());
        }
        return json;
    }

    private static String opaque(SimParameter parameter) {
        byte[] words = ("encrypted with " + parameter.kmsKey()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(words);
    }

    private static String name(JsonNode asked) {
        String name = asked.path("Name").asString("");
        refuse(
                !name.matches("[\\w/.-]{1,1011}") || (name.contains("/") && !name.startsWith("/")),
                "Parameter name must be a fully qualified name: letters, numbers and .-_, and a path begins with /.");
        refuse(
                name.matches("(?i)/?(aws|ssm).*"),
                "No access to reserved parameter name: " + name + ". Don't prefix it with \"aws\" or \"ssm\".");
        return name;
    }

    private String allowed(Call call, String name) {
        String arn = arn(call, name);
        Authorization.check(call.caller(), "ssm:" + call.action(), arn, null);
        return arn;
    }

    /** A path brings the slash that stands between. */
    private String arn(Call call, String name) {
        return "arn:" + world.partition() + ":ssm:" + call.region() + ":"
                + call.caller().account().id() + ":parameter" + (name.startsWith("/") ? "" : "/") + name;
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new ServiceError(400, "ValidationException", why);
        }
    }

    private static ServiceError missing() {
        return new ServiceError(400, "ParameterNotFound", "Parameter not found.");
    }
}
