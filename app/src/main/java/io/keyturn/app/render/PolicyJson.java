package io.keyturn.app.render;

import io.keyturn.engine.checkup.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** IAM policies as AWS takes them. */
public final class PolicyJson {
    private PolicyJson() {}

    /** A whole policy. */
    public static Map<String, @Nullable Object> document(List<Statement> statements) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements.stream().map(PolicyJson::statement).toList());
        return document;
    }

    private static Map<String, @Nullable Object> statement(Statement statement) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("Sid", statement.sid());
        json.put("Effect", "Allow");
        json.put("Action", statement.actions().stream().sorted().toList());
        json.put("Resource", statement.resources());
        return json;
    }
}
