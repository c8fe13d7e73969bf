package io.keyturn.sandbox.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Who may assume a role, as the document that AWS shows. */
public final class TrustPolicy {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TrustPolicy() {}

    /** The trust policy of a role of that world. */
    public static String of(World world, SimRole role) {
        List<String> principals = world.trusted(role).stream()
                .sorted()
                .map(account -> account.equals(SimRole.ANYBODY)
                        ? account
                        : "arn:" + world.partition() + ":iam::" + account + ":root")
                .toList();
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of("AWS", principals));
        statement.put("Action", "sts:AssumeRole");
        if (role.externalId() != null) {
            statement.put("Condition", Map.of("StringEquals", Map.of("sts:ExternalId", role.externalId())));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", List.of(statement));
        return MAPPER.writeValueAsString(document);
    }
}
