package io.keyturn.adapters.slack;

import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Request;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of Slack's Web API, each made once but for those that Slack asks to make later. */
final class SlackApi {
    private final URI base;
    private final Secret token;
    private final Patience.Sender calls;
    private final Patience patience;

    /** @param base address that the names of the methods follow, ending with a slash */
    SlackApi(URI base, Secret token, Patience.Sender calls, Patience patience) {
        this.base = base;
        this.token = token;
        this.calls = calls;
        this.patience = patience;
    }

    /**
     * Calls a method that reads.
     *
     * @param on what it is about, for people
     */
    Reply get(String method, Map<String, String> arguments, String on) throws InterruptedException {
        String query = arguments.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(
                method, on, Request.get(base.resolve(query.isEmpty() ? method : method + "?" + query)), Leave.GIVEN);
    }

    /**
     * Calls a method that writes.
     *
     * @param leave asked right before each time it is called
     */
    Reply post(String method, ObjectNode body, String on, Leave leave) throws InterruptedException {
        return call(method, on, Request.json(base.resolve(method), body.toString()), leave);
    }

    private Reply call(String method, String on, Request request, Leave leave) throws InterruptedException {
        Request signed = request.with("Authorization", "Bearer " + token.reveal());
        String tried = "use " + method;
        return switch (patience.send(calls, signed, leave)) {
            case Answer.NotSent notSent -> new Reply.Refused("", notSent.problem(tried, on));
            case Answer.Lost lost -> new Reply.Doubtful(lost.problem(tried, on));
            case Answer.Answered answered -> read(answered, tried, on);
        };
    }

    private static Reply read(Answer.Answered answered, String tried, String on) {
        int status = answered.status();
        if (status == 429) {
            String wait = answered.header("Retry-After")
                    .map(s -> ", and to wait " + s + " s")
                    .orElse("");
            return new Reply.Refused(
                    "ratelimited",
                    new Problem(tried, on, "it says that it is asked too often" + wait, "the next run tries again"));
        }
        JsonNode body = json(answered.body());
        String error = body.path("error").asString("");
        if (status == 200 && body.path("ok").asBoolean(false)) {
            return new Reply.Done(body, scopes(answered));
        }
        Problem problem = error.isEmpty()
                ? new Problem(
                        tried,
                        on,
                        "it answered with status " + status + " and not as Slack does",
                        "check the address, and proxies on the way")
                : new Problem(tried, on, "it answered " + said(body, error), SlackErrors.advice(body));
        boolean doubtful = error.isEmpty() ? status == 200 || status >= 500 : SlackErrors.isDoubtful(error);
        return doubtful ? new Reply.Doubtful(problem) : new Reply.Refused(error, problem);
    }

    /** The error with what Slack says of it. */
    private static String said(JsonNode body, String error) {
        String more = body.path("response_metadata")
                .path("messages")
                .valueStream()
                .map(message -> message.asString(""))
                .collect(Collectors.joining(", "));
        String whole = more.isEmpty() ? error : error + " (" + more + ")";
        return Characters.plain(whole, 300);
    }

    private static JsonNode json(String body) {
        try {
            return Form.JSON.readTree(body);
        } catch (JacksonException e) {
            return Form.JSON.missingNode();
        }
    }

    private static List<String> scopes(Answer.Answered answered) {
        return answered.header("X-OAuth-Scopes").stream()
                .flatMap(all -> Arrays.stream(all.split(",", -1)))
                .map(String::strip)
                .filter(scope -> !scope.isEmpty())
                .toList();
    }
}
