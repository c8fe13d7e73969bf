package io.keyturn.app.render;

import io.keyturn.core.policy.Stage;
import io.keyturn.engine.checkup.AccountCheckup;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Checkup;
import io.keyturn.engine.checkup.Remedy;
import io.keyturn.engine.checkup.Role;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The same for machines, account by account; its schema is {@code checkup.schema.json}. */
public final class CheckupJson {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/checkup/1";

    private CheckupJson() {}

    /** Writes it. */
    public static void write(PrintWriter out, Checkup checkup, List<Remedy> remedies) {
        Map<String, @Nullable Object> top = new LinkedHashMap<>();
        top.put("schema", SCHEMA);
        top.put("at", checkup.at().toString());
        top.put("works", checkup.works());
        top.put("checks", checkup.here().stream().map(CheckupJson::check).toList());
        top.put(
                "accounts",
                checkup.accounts().stream().map(CheckupJson::account).toList());
        top.put("leftOut", checkup.leftOut().stream().map(CheckupJson::leftOut).toList());
        top.put("remedies", remedies.stream().map(CheckupJson::remedy).toList());
        out.println(
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(top));
        out.flush();
    }

    private static Map<String, @Nullable Object> check(Check check) {
        Role role = check.role();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", check.name());
        json.put("role", role == null ? null : role.label());
        json.put("result", check.result().label());
        json.put("needed", check.needed());
        json.put("said", check.said());
        json.put("missing", check.missing().stream().sorted().toList());
        return json;
    }

    private static Map<String, @Nullable Object> account(AccountCheckup account) {
        Stage stage = account.stage();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", account.id().isEmpty() ? null : account.id());
        json.put("label", account.label());
        json.put("stage", stage == null ? null : stage.label());
        json.put("works", account.works());
        json.put("checks", account.checks().stream().map(CheckupJson::check).toList());
        return json;
    }

    private static Map<String, @Nullable Object> leftOut(Checkup.LeftOut account) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", account.id().isEmpty() ? null : account.id());
        json.put("label", account.label());
        json.put("why", account.why());
        return json;
    }

    private static Map<String, @Nullable Object> remedy(Remedy remedy) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("to", remedy.to());
        json.put("accounts", remedy.accounts());
        json.put("policy", PolicyJson.document(remedy.statements()));
        return json;
    }
}
