package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Preview;
import io.keyturn.app.words.Kind;
import io.keyturn.core.model.Fact;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.PlaceFinder;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailOrigin;
import io.keyturn.engine.message.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever holds a key writes its user agent: nothing of that reaches anybody, in no channel. */
class HostileAgentTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final String TO = "b.khan@example.com";
    private static final NotifyJob JOB = new NotifyJob(
                    Settings.defaults(Path.of("unused.db")), Map.of(), InstantSource.fixed(NOW))
            .withEveryChannel();
    private static final List<String> AGENTS = List.of(
            "<!channel> urgent/1",
            "x\r\nBcc: thief@evil.example\r\n\r\n<b>hi</b>",
            "<script>alert(1)</script>",
            "evil.example/1 [click](https://evil.example)",
            "=HYPERLINK(1)\u202e|\n---\n{{ owner }}",
            "@here-" + "a".repeat(5_000),
            "aws-cli/2 exec-env/<!here> jenkins\n<img src=x>");

    static Stream<String> channels() {
        return JOB.channels().stream();
    }

    private static Notice notice() {
        List<TrailEvent> events = new ArrayList<>();
        for (String agent : AGENTS) {
            String address = "203.0.113." + events.size();
            events.add(event(agent, address));
            events.add(event("aws-cli/2", "<!channel>" + address + "\r\n<b>"));
        }
        KeyUses uses = new PlaceFinder(List.of(), false).of(new TrailEvents(events, true), "eu-central-1", NOW);
        return JOB.sample(TO, Kind.DEACTIVATE).from(Fact.known(uses, NOW));
    }

    private static TrailEvent event(String agent, String address) {
        TrailActor actor = new TrailActor("IAMUser", "", agent, null, "", "AKIA", false);
        TrailOrigin origin = new TrailOrigin(agent, address, agent, "");
        return new TrailEvent("e", NOW, agent, agent, actor, null, null, null, List.of(), origin);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void nothingOfTheAgentIsInAnyMessage(String channel) {
        Preview.Shown shown = JOB.preview(channel, TO, List.of(notice()), null).orElseThrow();
        String all = shown.text() + shown.page();

        assertThat(all)
                .contains("another tool", "Jenkins", "203.0.113.")
                .doesNotContain(
                        "channel>",
                        "channel&gt;",
                        "Bcc",
                        "<script",
                        "alert",
                        "evil",
                        "HYPERLINK",
                        "\u202e",
                        "@here",
                        "aaaa")
                .doesNotContain("<b>hi", "<img", "!here", "urgent", "{{");
    }

    @Test
    void machinesGetWhatThePublishedSchemaSays() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("..", "docs", "reference", "webhook.schema.json")));
        List<Notice> all = new ArrayList<>(List.of(
                notice(), notice().from(Fact.unknown("CloudTrail may not be read")), notice().from(Fact.notRead())));
        for (Kind kind : Kind.values()) {
            all.add(JOB.sample(TO, kind));
        }
        for (Notice notice : all) {
            String body = JOB.preview("webhook", TO, List.of(notice), null)
                    .orElseThrow()
                    .text();
            assertThat(schema.validate(body, InputFormat.JSON)).isEmpty();
        }
    }
}
