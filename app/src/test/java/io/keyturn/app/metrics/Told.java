package io.keyturn.app.metrics;

import io.keyturn.app.render.JsonRenderer;
import io.keyturn.app.render.Outcomes;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.RunEnd;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each form says of the same run. */
final class Told {
    /** A run that made 7 calls in 2.5 seconds, reminded two owners and failed at one key. */
    static final RunEnd END = new RunEnd(
            Outcomes.NOW.plusSeconds(3),
            Duration.ofMillis(2500),
            7,
            1,
            Map.of(Verb.REMIND, Map.of("done", 2), Verb.DEACTIVATE, Map.of("failed", 1)));

    private Told() {}

    static String by(Function<PrintWriter, Renderer> form, AccountOutcome... outcomes) {
        StringWriter text = new StringWriter();
        Renderer renderer = form.apply(new PrintWriter(text));
        for (AccountOutcome outcome : outcomes) {
            renderer.account(outcome, finding -> true);
        }
        renderer.end(Outcomes.plan(outcomes), true);
        try {
            renderer.over(END);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    static String influx(AccountOutcome... outcomes) {
        return by(out -> new InfluxRenderer(out, Outcomes.NOW, false), outcomes);
    }

    static String prometheus(AccountOutcome... outcomes) {
        return by(out -> new PrometheusRenderer(out, false), outcomes);
    }

    static List<JsonNode> emf(AccountOutcome... outcomes) {
        return by(EmfRenderer::new, outcomes)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    static JsonNode json(AccountOutcome... outcomes) {
        return JsonMapper.shared().readTree(by(JsonRenderer::new, outcomes));
    }
}
