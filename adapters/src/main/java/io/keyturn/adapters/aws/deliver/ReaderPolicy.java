package io.keyturn.adapters.aws.deliver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy of one secret. It lets readers read and Keyturn keep it, and denies everybody else everything but to see
 * that it is there and to delete it: whatever an identity's own policies allow, and even to administrators. That anyone
 * may delete it leaves a way out where Keyturn's role is gone. Source: Secrets Manager user guide, "Resource-based
 * policies".
 */
final class ReaderPolicy {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What tells nothing of the value, and what destroys it. */
    private static final List<String> HARMLESS = List.of(
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetResourcePolicy",
            "secretsmanager:ListSecretVersionIds",
            "secretsmanager:DeleteSecret");

    private static final String READ = "secretsmanager:GetSecretValue";

    private final List<String> keepers;
    private final List<String> named = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();
    private final Map<String, List<String>> sessions = new TreeMap<>();
    private final List<String> sentences = new ArrayList<>();

    /**
     * For these readers.
     *
     * @param keepers what policies know Keyturn by, see {@link io.keyturn.adapters.aws.DeliveryDoor#principals}
     * @param readers ARNs of roles and users, and of sessions that have a name
     * @param user ARN of the rotated user without its path, where that may read; else null
     */
    ReaderPolicy(List<String> keepers, List<String> readers, @Nullable String user) {
        this.keepers = List.copyOf(keepers);
        for (String reader : readers) {
            if (reader.contains(":sts:")) {
                session(reader);
            } else {
                named.add(reader);
                patterns.add(reader);
                sentences.add(reader + " may read it");
            }
        }
        if (user != null) {
            patterns.addAll(anyPath(user, ":user/"));
            sentences.add(user + ", the rotated user itself, may read it, and so may whoever holds its old key");
        }
    }

    /** A session's role is who is let in; the session's name is a further condition. */
    private void session(String reader) {
        String[] parts = reader.split("[:/]", -1);
        String role = "arn:" + parts[1] + ":iam::" + parts[4] + ":role/" + parts[6];
        named.add(reader);
        patterns.addAll(anyPath(role, ":role/"));
        sessions.computeIfAbsent(role, r -> new ArrayList<>()).add("*:" + parts[7]);
        sentences.add(
                reader + " may read it; where IAM Identity Center does not open the sessions of that role, whoever"
                        + " opens one chooses its name");
    }

    private static List<String> anyPath(String arn, String kind) {
        return List.of(arn, arn.replace(kind, kind + "*/"));
    }

    /** The policy, in the language of IAM. */
    String text() {
        List<Map<String, Object>> statements = new ArrayList<>();
        if (!named.isEmpty()) {
            statements.add(statement(
                    "ReadersRead",
                    "Allow",
                    Map.of("AWS", named),
                    "Action",
                    List.of(READ, HARMLESS.getFirst()),
                    Map.of()));
        }
        List<String> all = new ArrayList<>(patterns);
        all.addAll(keepers);
        statements.add(deny("OthersDoNothing", "NotAction", HARMLESS, unless(all)));
        List<String> readersToo = new ArrayList<>(HARMLESS);
        readersToo.add(READ);
        statements.add(deny("ReadersOnlyRead", "NotAction", readersToo, unless(keepers)));
        int number = 0;
        for (Map.Entry<String, List<String>> session : sessions.entrySet()) {
            if (!named.contains(session.getKey())) {
                statements.add(deny(
                        "OtherSessionsDoNotRead" + number++,
                        "Action",
                        List.of(READ),
                        Map.of(
                                "ArnLike",
                                Map.of("aws:PrincipalArn", anyPath(session.getKey(), ":role/")),
                                "StringNotLike",
                                Map.of("aws:userid", session.getValue()))));
            }
        }
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", statements);
        return MAPPER.writeValueAsString(policy);
    }

    private static Map<String, Object> unless(List<String> principals) {
        return Map.of("ArnNotLike", Map.of("aws:PrincipalArn", principals));
    }

    private static Map<String, Object> deny(
            String sid, String kind, List<String> actions, Map<String, Object> condition) {
        return statement(sid, "Deny", "*", kind, actions, condition);
    }

    private static Map<String, Object> statement(
            String sid,
            String effect,
            Object principal,
            String kind,
            List<String> actions,
            Map<String, Object> condition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Sid", sid);
        json.put("Effect", effect);
        json.put("Principal", principal);
        json.put(kind, actions);
        json.put("Resource", "*");
        if (!condition.isEmpty()) {
            json.put("Condition", new TreeMap<>(condition));
        }
        return json;
    }

    /** Whether a policy that was read says the same; AWS may write it with other spaces. */
    boolean is(@Nullable String read) {
        return read != null && MAPPER.readTree(read).equals(MAPPER.readTree(text()));
    }

    /** Who may read the secret, and who could change that: a sentence each. */
    List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        all.add("Keyturn, as " + keepers.getFirst() + ", reads it back and alone may change who reads it: so could"
                + " whoever may act as that, or may change what it is trusted by");
        all.add("the secret's own policy denies it to everybody else, to administrators too; they may delete it");
        return all;
    }
}
