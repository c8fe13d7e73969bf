package io.keyturn.adapters.jira;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jira Server and Data Center: REST v2, whose search pages by numbers. */
final class ServerDialect implements Dialect {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public String base() {
        return "/rest/api/2";
    }

    @Override
    public Body body() {
        return new WikiBody();
    }

    @Override
    public Search search(String jql, JsonNode after) {
        ObjectNode body = JSON.objectNode().put("jql", jql).put("maxResults", 50);
        body.put("startAt", after.asInt(0)).set("fields", JSON.arrayNode().add("key"));
        return new Search(base() + "/search", body);
    }

    @Override
    public JsonNode next(JsonNode page) {
        int seen = page.path("startAt").asInt(0) + page.path("issues").size();
        boolean more =
                !page.path("issues").isEmpty() && seen < page.path("total").asInt(0);
        return more ? JSON.numberNode(seen) : JSON.missingNode();
    }

    @Override
    public String assignable(String project, String mail) {
        return base() + "/user/assignable/search?project=" + project + "&username="
                + URLEncoder.encode(mail, StandardCharsets.UTF_8);
    }

    @Override
    public JsonNode person(JsonNode user) {
        return JSON.objectNode().set("name", user.path("name"));
    }
}
