package io.keyturn.adapters.pagerduty;

import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Request;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Alarms by PagerDuty's Events API v2, one incident an alarm: its {@code dedup_key} is made of the alarm's key. */
public final class PagerDuty implements Alarm {
    /** Where events go; PagerDuty has another host for accounts in the EU. */
    public static final URI EVENTS = URI.create("https://events.pagerduty.com/v2/enqueue");

    private static final String TRIED = "send the event";
    private static final String PLACE = "channels.pagerduty";
    private static final int SUMMARY = 1024;
    private static final int DETAIL = 2000;

    private final Patience.Sender web;
    private final Runnable end;
    private final Patience patience;
    private final URI events;
    private final Secret routingKey;

    /**
     * Opens nothing.
     *
     * @param calls closed with the alarm
     */
    public PagerDuty(WebCalls calls, Patience patience, URI events, Secret routingKey) {
        this(calls::send, calls::close, patience, events, routingKey);
    }

    /**
     * The same over any way to send requests.
     *
     * @param end closes that way
     */
    public PagerDuty(Patience.Sender web, Runnable end, Patience patience, URI events, Secret routingKey) {
        this.web = web;
        this.end = end;
        this.patience = patience;
        this.events = events;
        this.routingKey = routingKey;
    }

    @Override
    public Ringing raise(String key, Severity severity, String summary, Map<String, String> details)
            throws InterruptedException {
        return send(trigger(key, severity, summary, details).put("routing_key", routingKey.reveal()));
    }

    @Override
    public String preview(String key, Severity severity, String summary, Map<String, String> details) {
        return trigger(key, severity, summary, details).toPrettyString();
    }

    private static ObjectNode trigger(String key, Severity severity, String summary, Map<String, String> details) {
        ObjectNode event = event("trigger", key).put("client", "Keyturn");
        ObjectNode payload = event.putObject("payload")
                .put("summary", Readable.cut(Readable.line(summary), SUMMARY))
                .put("source", "keyturn")
                .put("severity", severity.name().toLowerCase(Locale.ROOT));
        ObjectNode custom = payload.putObject("custom_details");
        new TreeMap<>(details).forEach((name, value) -> custom.put(name, Readable.cut(Readable.line(value), DETAIL)));
        return event;
    }

    @Override
    public Ringing resolve(String key) throws InterruptedException {
        return send(event("resolve", key).put("routing_key", routingKey.reveal()));
    }

    private static ObjectNode event(String action, String key) {
        return JsonNodeFactory.instance.objectNode().put("event_action", action).put("dedup_key", dedupKey(key));
    }

    /** At most 255 characters are taken; keys may be longer, and are nobody else's business. */
    private static String dedupKey(String key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "keyturn-" + HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Ringing send(ObjectNode event) throws InterruptedException {
        return switch (patience.send(web, Request.json(events, event.toString()))) {
            case Answer.NotSent notSent -> new Ringing.Refused(notSent.problem(TRIED, PLACE));
            case Answer.Lost lost -> new Ringing.InDoubt(lost.problem(TRIED, PLACE));
            case Answer.Answered answer when answer.succeeded() && isTaken(answer.body()) -> new Ringing.Taken();
            case Answer.Answered answer
            when answer.succeeded() ->
                new Ringing.InDoubt(new Problem(
                        TRIED,
                        PLACE,
                        "what answered " + answer.status() + " there is not PagerDuty",
                        "check the address, and proxies on the way"));
            case Answer.Answered answer when answer.status() >= 500 -> new Ringing.InDoubt(problem(answer, ""));
            case Answer.Answered answer ->
                new Ringing.Refused(problem(
                        answer,
                        switch (answer.status()) {
                            case 400 -> "look whether the routing key is that of an integration of the Events API v2";
                            case 429 -> "too many events go to this integration: give Keyturn one of its own";
                            default -> "";
                        }));
        };
    }

    /** A page of somebody who stands in the way may come with a good status too. */
    private static boolean isTaken(String body) {
        try {
            return JsonMapper.shared()
                    .readTree(body)
                    .path("status")
                    .asString("")
                    .equals("success");
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Problem problem(Answer.Answered answer, String advice) {
        return new Problem(TRIED, PLACE, "PagerDuty answered " + answer.status(), advice);
    }

    @Override
    public void close() {
        end.run();
    }
}
