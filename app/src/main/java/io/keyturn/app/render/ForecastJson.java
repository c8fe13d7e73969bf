package io.keyturn.app.render;

import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.Forecast.Event;
import io.keyturn.core.forecast.Forecast.Week;
import io.keyturn.core.forecast.Forecast.What;
import io.keyturn.core.forecast.PastReactions;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A forecast for machines; its schema is {@code forecast.schema.json}. */
public final class ForecastJson {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/forecast/1";

    private ForecastJson() {}

    /**
     * Writes it.
     *
     * @param reactAfter how long after the first word owners react; null where they do nothing, or as before
     * @param before how they reacted before; null where that was not asked for
     * @param others by the rules that are compared; null where there are none
     * @param complete whether all accounts were read whole
     */
    public static void write(
            PrintWriter out,
            Forecast forecast,
            @Nullable Duration reactAfter,
            @Nullable PastReactions before,
            @Nullable Forecast others,
            boolean complete) {
        ObjectNode top = JsonMapper.shared().createObjectNode();
        top.put("schema", SCHEMA);
        top.put("from", forecast.from().toString());
        top.put("days", forecast.days());
        top.put("keys", forecast.keys());
        top.put("reactAfter", reactAfter == null ? null : reactAfter.toString());
        if (before != null) {
            ObjectNode as = top.putObject("asBefore");
            as.put("cases", before.cases());
            as.put("owners", before.owners());
            as.put("usual", before.usual() == null ? null : before.usual().toString());
            as.put("never", before.never());
        }
        put(top, forecast);
        if (others != null) {
            put(top.putObject("others"), others);
        }
        top.put("complete", complete);
        out.println(JsonMapper.shared().writer().with(OnePerLine.printer()).writeValueAsString(top));
        out.flush();
    }

    private static void put(ObjectNode node, Forecast forecast) {
        node.put("overdueNow", forecast.overdueNow());
        ObjectNode totals = node.putObject("totals");
        totals.put("messages", forecast.messages());
        for (What what : What.values()) {
            totals.put(what.label(), forecast.total(what));
        }
        totals.put("overdue", forecast.overdueAtEnd());
        ArrayNode weeks = node.putArray("weeks");
        forecast.weeks().forEach(week -> week(weeks.addObject(), week));
        ArrayNode events = node.putArray("events");
        forecast.events().forEach(event -> event(events.addObject(), event));
    }

    private static void week(ObjectNode node, Week week) {
        node.put("first", week.first().toString());
        node.put("messages", week.messages());
        for (What what : What.values()) {
            node.put(what.label(), week.count(what));
        }
        node.put("overdue", week.overdue());
        ObjectNode deferred = node.putObject("deferred");
        new TreeMap<>(week.deferred()).forEach(deferred::put);
    }

    private static void event(ObjectNode node, Event event) {
        Instant created = event.created();
        node.put("at", event.at().toString());
        node.put("what", event.what().label());
        node.put("account", event.account().value());
        node.put("user", event.user().value());
        node.put("created", created == null ? null : created.toString());
        node.put("key", event.lastFour());
        node.put("owner", event.owner());
        node.put("policy", event.policy());
    }
}
