package io.keyturn.adapters.jira;

import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Request;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.TicketDesk.Filing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Calls of Jira's REST API, in JSON and logged in. What only reads is asked again where its answer was lost; nothing else. */
final class JiraCalls {
    private static final JsonMapper JSON = new JsonMapper();

    /** Whether what is done now may change something still; where nobody asks, it may. */
    private static final ScopedValue<Leave> LEAVE = ScopedValue.newInstance();

    private final JiraSettings settings;
    private final Patience.Sender web;
    private final Patience patience;
    private final Refusals refusals;

    JiraCalls(JiraSettings settings, Patience.Sender web, Patience patience) {
        this.settings = settings;
        this.web = web;
        this.patience = patience;
        this.refusals = new Refusals(settings);
    }

    /** Reads what stands at a path below Jira's address. */
    JsonNode read(String tried, String path) throws JiraFailure, InterruptedException {
        return ask(tried, request("GET", path, null));
    }

    /** Asks a question that takes a body. */
    JsonNode ask(String tried, String path, JsonNode body) throws JiraFailure, InterruptedException {
        return ask(tried, request("POST", path, body));
    }

    private JsonNode ask(String tried, Request request) throws JiraFailure, InterruptedException {
        Answer answer = patience.send(web, request);
        if (answer instanceof Answer.Lost) {
            answer = patience.send(web, request);
        }
        return body(tried, answer, false);
    }

    /** Changes something, asked once. A failure says whether it may have been done. */
    JsonNode change(String tried, String method, String path, JsonNode body) throws JiraFailure, InterruptedException {
        return body(tried, patience.send(web, request(method, path, body), LEAVE.orElse(Leave.GIVEN)), true);
    }

    /** What a desk does. */
    interface Work {
        Filing done() throws InterruptedException;
    }

    /** Does it, where each change is asked leave for right before it is sent. */
    static Filing asking(Leave leave, Work work) throws InterruptedException {
        return ScopedValue.where(LEAVE, leave).call(work::done);
    }

    /** Makes an issue, asked once; its key. */
    String create(String path, JsonNode issue) throws JiraFailure, InterruptedException {
        JsonNode made = change("create a ticket", "POST", path, issue);
        String key = made.path("key").asString("");
        if (key.isEmpty()) {
            Problem problem = new Problem(
                    "create a ticket",
                    settings.place(),
                    "Jira's answer names no issue",
                    "whether it was made is not known");
            throw new JiraFailure(problem, true, 0, Map.of());
        }
        return key;
    }

    private Request request(String method, String path, @Nullable JsonNode body) {
        URI target = URI.create(settings.url() + path);
        Request request = body == null
                ? new Request(method, target, Map.of(), null)
                : Request.json(method, target, body.toString());
        return request.with("Accept", "application/json").with("Authorization", login());
    }

    private String login() {
        String email = settings.email();
        if (email == null) {
            return "Bearer " + settings.token().reveal();
        }
        byte[] pair = (email + ":" + settings.token().reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private JsonNode body(String tried, Answer answer, boolean change) throws JiraFailure {
        return switch (answer) {
            case Answer.NotSent not -> throw JiraFailure.refused(not.problem(tried, settings.place()));
            case Answer.Lost lost ->
                throw new JiraFailure(
                        change
                                ? lost.problem(tried, settings.place())
                                : new Problem(tried, settings.place(), lost.why(), "the next run tries again"),
                        change,
                        0,
                        Map.of());
            case Answer.Answered answered -> {
                if (!answered.succeeded()) {
                    throw refusals.of(tried, answered, change);
                }
                yield parse(tried, answered.body(), change);
            }
        };
    }

    private JsonNode parse(String tried, String body, boolean change) throws JiraFailure {
        try {
            return body.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            throw new JiraFailure(
                    new Problem(
                            tried,
                            settings.place(),
                            "what answers there speaks no JSON, so it is not Jira's API",
                            "check channels.jira.url: it is Jira's own address, without a log-in page before it"),
                    change,
                    0,
                    Map.of());
        }
    }
}
