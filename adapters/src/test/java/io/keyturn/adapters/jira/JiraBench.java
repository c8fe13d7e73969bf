package io.keyturn.adapters.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.web.Reach;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.TicketDesk.Filing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A desk at a double of Jira, on a clock of its own. */
final class JiraBench implements AutoCloseable {
    static final String MARKER = "keyturn-0a1b2c3d4e5f";
    private static final JsonMapper JSON = new JsonMapper();

    final JiraDouble jira;
    final boolean cloud;
    final List<Duration> pauses = new ArrayList<>();
    JiraSettings settings;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final List<JiraDesk> desks = new ArrayList<>();

    JiraBench(boolean cloud) throws IOException {
        this.cloud = cloud;
        this.jira = new JiraDouble(cloud);
        this.settings = settings(jira.url(), "Task", JiraDouble.TOKEN, "{}");
    }

    JiraSettings settings(URI url, String type, String token, String fields) {
        return new JiraSettings(
                url, "OPS", type, cloud ? JiraDouble.EMAIL : null, new Secret(token), List.of("security"), (ObjectNode)
                        JSON.readTree(fields));
    }

    /** A desk of a new process. */
    JiraDesk desk() {
        JiraDesk desk = new JiraDesk(settings, new WebCalls("test", new Reach(false, true)), () -> now, this::pause);
        desks.add(desk);
        return desk;
    }

    JiraProbe probe() {
        return new JiraProbe(settings, new WebCalls("test", new Reach(false, true)), () -> now, this::pause);
    }

    private void pause(Duration time) {
        pauses.add(time);
        now = now.plus(time);
    }

    Filing file(String owner) throws InterruptedException {
        return desk().file(MARKER, Samples.ordinary(owner), Leave.GIVEN);
    }

    Filing close(String why) throws InterruptedException {
        return desk().close(MARKER, why, Leave.GIVEN);
    }

    /** What a refusal or a doubt says. */
    static String said(Filing filing) {
        return switch (filing) {
            case Filing.Refused(var problem) -> problem.sentence();
            case Filing.InDoubt(var problem) -> "in doubt: " + problem.sentence();
            case Filing.None() -> "none";
            case Filing.Filed(var reference, var address, var placement) -> reference + " " + placement;
        };
    }

    /** After every test: no rule of Jira's was broken, and the token stands nowhere. */
    @Override
    public void close() {
        desks.forEach(JiraDesk::close);
        jira.close();
        assertThat(jira.rules.broken).isEmpty();
        assertThat(desks.toString() + settings + jira.project.tickets.values()).doesNotContain(JiraDouble.TOKEN);
    }
}
