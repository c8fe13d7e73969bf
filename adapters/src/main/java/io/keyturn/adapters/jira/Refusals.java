package io.keyturn.adapters.jira;

import io.keyturn.adapters.web.Answer.Answered;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Readable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What an answer other than yes means, and what to do about it. */
final class Refusals {
    /** Characters of what Jira says that are passed on: it may repeat what it was sent. */
    private static final int SAID = 300;

    private static final JsonMapper JSON = new JsonMapper();

    private final JiraSettings settings;

    Refusals(JiraSettings settings) {
        this.settings = settings;
    }

    /** @param change whether it was asked to change something, so that a fault of its own leaves it in doubt */
    JiraFailure of(String tried, Answered answer, boolean change) {
        JsonNode body = parse(answer.body());
        Map<String, String> fields = fields(body);
        boolean itsOwn = answer.status() >= 500;
        return new JiraFailure(
                new Problem(tried, settings.place(), why(answer, said(body, fields)), advice(answer)),
                itsOwn && change,
                answer.status(),
                fields);
    }

    private String why(Answered answer, String said) {
        String status = "Jira answered " + answer.status();
        return switch (answer.status()) {
            case 401 -> status + ": it does not know who asks";
            case 403 ->
                captcha(answer) ? status + ": it wants a person to log in" : status + ": it is not allowed" + said;
            case 404 -> status + ": it has no such thing, or shows it not to this account" + said;
            case 410 -> status + ": this address of its API is gone" + said;
            case 429 -> status + ": it is asked too often, and asks for more time than there is";
            default ->
                answer.status() >= 300 && answer.status() < 400
                        ? status + ": it sends to another address"
                        : status + (answer.status() >= 500 ? ", a fault of its own" : "") + said;
        };
    }

    private String advice(Answered answer) {
        String log = settings.cloud()
                ? "make an API token for " + settings.email() + " in its Atlassian account, and put it where"
                        + " channels.jira.token says"
                : "make a personal access token in Jira, and put it where channels.jira.token says; Jira Cloud takes"
                        + " none, and wants channels.jira.email too";
        return switch (answer.status()) {
            case 401 -> log;
            case 403 ->
                captcha(answer)
                        ? "log in once with that account in a browser"
                        : "let the account browse, create, edit, comment, assign and move issues of the project "
                                + settings.project();
            case 404 -> "check channels.jira.url and project, and that the account may browse the project";
            case 429 -> "the next run tries again";
            default ->
                answer.status() >= 300 && answer.status() < 400
                        ? "write into channels.jira.url the address that Jira itself stands at, not one of a log-in page"
                        : answer.status() >= 500 ? "the next run tries again" : "";
        };
    }

    private static boolean captcha(Answered answer) {
        return answer.header("X-Authentication-Denied-Reason").orElse("").contains("CAPTCHA");
    }

    /** What Jira says itself, in its two lists. */
    private static String said(JsonNode body, Map<String, String> fields) {
        List<String> said = new ArrayList<>();
        body.path("errorMessages").forEach(message -> said.add(message.asString("")));
        fields.forEach((field, what) -> said.add(field + ": " + what));
        String all = JiraText.clean(String.join("; ", said)).strip();
        return all.isEmpty() ? "" : ": " + Readable.cut(all, SAID);
    }

    private static Map<String, String> fields(JsonNode body) {
        Map<String, String> fields = new TreeMap<>();
        body.path("errors")
                .properties()
                .forEach(e -> fields.put(e.getKey(), e.getValue().asString("")));
        return new LinkedHashMap<>(fields);
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
