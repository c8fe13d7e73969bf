package io.keyturn.adapters.jira;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jira Cloud: REST v3, whose search pages by tokens. */
final class CloudDialect implements Dialect {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public String base() {
        return "/rest/api/3";
    }

    @Override
    public Body body() {
        return new AdfBody();
    }

    @Override
    public Search search(String jql, JsonNode after) {
        ObjectNode body = JSON.objectNode().put("jql", jql).put("maxResults", 50);
        body.set("fields", JSON.arrayNode().add("key"));
        if (!after.isMissingNode()) {
            body.set("nextPageToken", after);
        }
        return new Search(base() + "/search/jql", body);
    }

    @Override
    public JsonNode next(JsonNode page) {
        return page.path("isLast").asBoolean(false) ? JSON.missingNode() : page.path("nextPageToken");
    }

    @Override
    public String assignable(String project, String mail) {
        return base() + "/user/assignable/search?project=" + project + "&query="
                + URLEncoder.encode(mail, StandardCharsets.UTF_8);
    }

    @Override
    public JsonNode person(JsonNode user) {
        return JSON.objectNode().set("id", user.path("accountId"));
    }
}
