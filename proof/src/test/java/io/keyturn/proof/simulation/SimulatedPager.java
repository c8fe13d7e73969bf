package io.keyturn.proof.simulation;

import io.keyturn.adapters.pagerduty.PagerDuty;
import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Request;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.Secret;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service of PagerDuty, as the real adapter asks it: events of one key go to its open incident, or begin a new one. Every
 * request can meet a blow, and what was sent may take effect after everybody has stopped looking for it.
 */
final class SimulatedPager implements Patience.Sender {
    /** Later than anybody waits for an answer. */
    private static final Duration LATE = Duration.ofSeconds(40);

    private static final JsonMapper JSON = new JsonMapper();

    /** An incident as it is. */
    record Incident(String key, String summary, boolean open) {}

    /** What is under way still. */
    private record Landing(Instant at, Request request) {}

    final List<Incident> incidents = new ArrayList<>();
    private final List<Landing> late = new ArrayList<>();
    private final Points points;
    private final InstantSource clock;

    SimulatedPager(Points points, InstantSource clock) {
        this.points = points;
        this.clock = clock;
    }

    /** The real adapter over it. */
    Alarm alarm(Patience patience) {
        return new PagerDuty(this, () -> {}, patience, PagerDuty.EVENTS, new Secret("routing-key"));
    }

    /** What was under way and has come by now takes effect. */
    void settle() {
        if (late.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Landing> due =
                late.stream().filter(landing -> !landing.at().isAfter(now)).toList();
        late.removeAll(due);
        due.forEach(landing -> take(landing.request()));
    }

    /** Whether nothing is under way. */
    boolean isSettled() {
        return late.isEmpty();
    }

    @Override
    public Answer send(Request request) {
        Blow blow = points.meet(Blow.Place.ALARM);
        settle();
        if (Points.takesEffect(blow)) {
            take(request);
            points.after(blow);
        } else if (blow == Blow.LATE_LANDING) {
            late.add(new Landing(clock.instant().plus(LATE), request));
        }
        return switch (blow) {
            case DENIED -> answered(403, "{}");
            case THROTTLED -> answered(429, "{}");
            case ERROR_BEFORE, ERROR_AFTER -> answered(500, "{}");
            case DROPPED_BEFORE, DROPPED_AFTER, LATE_LANDING -> new Answer.Lost("it was so ordained");
            default -> answered(202, "{\"status\":\"success\"}");
        };
    }

    private static Answer answered(int status, String body) {
        return new Answer.Answered(status, HttpHeaders.of(Map.of(), (name, value) -> true), body);
    }

    private void take(Request request) {
        JsonNode event = JSON.readTree(String.valueOf(request.body()));
        String key = event.path("dedup_key").asString();
        int at = incidents.stream()
                .map(incident -> incident.open() ? incident.key() : "")
                .toList()
                .indexOf(key);
        boolean ends = event.path("event_action").asString().equals("resolve");
        if (at >= 0 && ends) {
            Incident open = incidents.get(at);
            incidents.set(at, new Incident(key, open.summary(), false));
        } else if (at < 0 && !ends) {
            incidents.add(
                    new Incident(key, event.path("payload").path("summary").asString(), true));
        }
    }
}
