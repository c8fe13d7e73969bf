package io.keyturn.app.web;

import io.keyturn.app.render.FindingJson;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.catalog.KeyPage;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.catalog.SeenTotals;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.StoreFailure;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The same as the pages, for programs: what {@code docs/reference/openapi.json} describes. */
final class Api {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int RUNS = 100;

    private final Site site;
    private final ActPages acts;
    private final PlanPage plan;

    Api(Site site) {
        this.site = site;
        this.acts = new ActPages(site, new StoryPage(site));
        this.plan = new PlanPage(site);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/overview", this::overview),
                Route.get("/api/v1/accounts", this::accounts),
                Route.get("/api/v1/owners", this::owners),
                Route.get("/api/v1/keys", this::keys),
                Route.get("/api/v1/keys/*", this::key),
                Route.get("/api/v1/keys/*/exemption", Role.OPERATOR, this::exemption),
                Route.get("/api/v1/runs", this::runs),
                Route.get("/api/v1/plan", this::plan),
                Route.post("/api/v1/plan/approve", Role.APPROVER, call -> done(plan::approveWhole, call))
                        .taking("hash", "why"),
                Route.post("/api/v1/plan/refuse", Role.APPROVER, call -> done(plan::refuse, call))
                        .taking("hash", "why"),
                Route.post("/api/v1/plan/apply", Role.APPROVER, call -> done(plan::apply, call))
                        .taking("hash"),
                Route.post("/api/v1/stop", Role.OPERATOR, call -> done(acts::stop, call))
                        .taking("why"),
                Route.post("/api/v1/resume", Role.APPROVER, call -> done(acts::resume, call))
                        .taking("why"),
                act("snooze", Role.OPERATOR).taking("why", "until", "scope"),
                act("freeze", Role.OPERATOR).taking("why", "until", "scope"),
                act("thaw", Role.APPROVER).taking("why", "scope"),
                act("approve", Role.APPROVER).taking("why"),
                Route.post("/api/v1/read", Role.OPERATOR, call -> done(acts::read, call)),
                Route.post("/api/v1/run", Role.APPROVER, call -> done(acts::run, call)));
    }

    private Route act(String act, Role needed) {
        return Route.post("/api/v1/keys/*/" + act, needed, call -> done(one -> acts.decide(one, act), call));
    }

    /** Writes an answer. */
    private interface Writing {
        void write(JsonGenerator json) throws StoreFailure;
    }

    private static Reply json(Writing writing) throws StoreFailure {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartObject();
            writing.write(json);
            json.writeEndObject();
        }
        return Reply.json(200, text.toString());
    }

    private static Reply done(Route.Answering act, Call call)
            throws StoreFailure, Denied, Refused, InterruptedException {
        act.answer(call);
        return Reply.json(
                200, JsonNodeFactory.instance.objectNode().put("done", true).toString());
    }

    private Reply overview(Call call) throws StoreFailure {
        SeenTotals totals = site.catalog().totals();
        return json(json -> {
            json.writeNumberProperty("keys", totals.keys());
            json.writeNumberProperty("decisions", totals.decisions());
            json.writeNumberProperty("accounts", totals.accounts());
            counts(json, totals.counts());
            text(json, "stopped", site.stopped().orElse(null));
            json.writeArrayPropertyStart("days");
            for (DayTotal day : site.catalog().days()) {
                json.writeStartObject();
                json.writeStringProperty("day", day.day().toString());
                json.writeNumberProperty("decisions", day.decisions());
                counts(json, day.counts());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void counts(JsonGenerator json, Map<Standing, Integer> counts) {
        json.writeObjectPropertyStart("standings");
        for (Standing standing : Standing.values()) {
            json.writeNumberProperty(standing.label(), counts.getOrDefault(standing, 0));
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value.toString());
        }
    }

    private Reply accounts(Call call) throws StoreFailure {
        return json(json -> {
            json.writeArrayPropertyStart("accounts");
            for (SeenAccount account : site.catalog().accounts()) {
                json.writeStartObject();
                json.writeStringProperty("id", account.row().id());
                json.writeStringProperty("name", account.row().name());
                json.writeStringProperty("state", account.row().state().name().toLowerCase(Locale.ROOT));
                json.writeStringProperty("read", account.row().read());
                text(json, "asOf", account.row().asOf());
                json.writeStringProperty("at", account.at().toString());
                text(
                        json,
                        "stage",
                        account.stage() == null ? null : account.stage().label());
                json.writeNumberProperty("users", account.row().users());
                json.writeNumberProperty("keys", account.row().keys());
                json.writeNumberProperty("decisions", account.row().decisions());
                counts(json, account.counts());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private Reply owners(Call call) throws StoreFailure {
        return json(json -> {
            json.writeArrayPropertyStart("owners");
            for (OwnerRow owner : site.catalog().owners()) {
                json.writeStartObject();
                text(json, "name", owner.nobody() ? null : owner.name());
                json.writeNumberProperty("keys", owner.keys());
                counts(json, owner.standings());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private Reply keys(Call call) throws StoreFailure, Denied {
        KeyQuery query = KeyQueries.of(call.query());
        return json(json -> {
            KeyPage page = site.catalog().keys(query);
            json.writeNumberProperty("total", page.total());
            json.writeNumberProperty("page", query.page() + 1);
            json.writeNumberProperty("size", query.size());
            json.writeArrayPropertyStart("keys");
            page.keys().forEach(key -> key(json, key));
            json.writeEndArray();
        });
    }

    private static void key(JsonGenerator json, SeenKey seen) {
        json.writeStartObject();
        members(json, seen);
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, SeenKey seen) {
        json.writeStringProperty("name", seen.name());
        json.writeStringProperty("accountName", seen.key().account());
        json.writeStringProperty("at", seen.at().toString());
        text(json, "decision", seen.decideBy() == null ? null : seen.key().decision());
        new FindingJson(json).members(seen.key().finding(), seen.key().next());
    }

    private Reply key(Call call) throws StoreFailure, Denied {
        SeenKey seen = new StoryPage(site).key(call.part());
        return json(json -> members(json, seen));
    }

    private Reply exemption(Call call) throws StoreFailure, Denied {
        ExemptionPage.Proposal proposal = new ExemptionPage(site, new StoryPage(site)).proposal(call);
        return json(json -> {
            json.writeStringProperty("user", proposal.exemption().user().value());
            json.writeStringProperty("owner", proposal.exemption().owner());
            json.writeStringProperty("reason", proposal.exemption().reason());
            json.writeStringProperty("until", proposal.exemption().until().toString());
            json.writeStringProperty("yaml", proposal.lines());
        });
    }

    private Reply runs(Call call) throws StoreFailure {
        return json(json -> {
            json.writeArrayPropertyStart("runs");
            for (SeenRun run : site.catalog().runs(RUNS)) {
                json.writeStartObject();
                json.writeStringProperty("name", run.name());
                json.writeStringProperty("command", run.command());
                json.writeStringProperty("began", run.began().toString());
                json.writeStringProperty("ended", run.ended().toString());
                json.writeBooleanProperty("complete", run.complete());
                json.writeNumberProperty("accounts", run.accounts());
                json.writeNumberProperty("calls", run.calls());
                json.writeNumberProperty("throttles", run.throttles());
                json.writeStringProperty("plan", run.plan());
                json.writeNumberProperty("due", run.due());
                json.writeObjectPropertyStart("outcomes");
                run.outcomes().forEach(json::writeNumberProperty);
                json.writeEndObject();
                json.writeStringProperty("end", run.end());
                if (run.by() == null) {
                    json.writeNullProperty("by");
                } else {
                    json.writeStringProperty("by", run.by());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private Reply plan(Call call) throws StoreFailure {
        SeenPlan plan = site.catalog().plan().orElse(null);
        PlanVerdict said = plan == null ? PlanVerdict.NONE : site.verdict(plan.brief());
        return json(json -> {
            text(json, "hash", plan == null ? null : plan.hash());
            text(json, "at", plan == null ? null : plan.at());
            text(json, "run", plan == null ? null : plan.run());
            json.writeNumberProperty(
                    "needed", site.settings().acting().approval().needed());
            json.writeArrayPropertyStart("approvedBy");
            PlanWords.approvers(said).forEach(json::writeString);
            json.writeEndArray();
            Entry.Decision refusal = said.refusal();
            if (refusal == null) {
                json.writeNullProperty("refused");
            } else {
                json.writeObjectPropertyStart("refused");
                json.writeStringProperty("by", refusal.by());
                json.writeStringProperty("at", refusal.stamp().at().toString());
                json.writeStringProperty("why", refusal.why());
                json.writeEndObject();
            }
            json.writeArrayPropertyStart("steps");
            for (SeenPlan.Row row : plan == null ? List.<SeenPlan.Row>of() : plan.rows()) {
                json.writeStartObject();
                json.writeStringProperty("action", row.verb());
                json.writeStringProperty("key", row.key());
                json.writeStringProperty("user", row.credential().principal().display());
                json.writeStringProperty("account", row.credential().account().value());
                json.writeStringProperty("state", row.state().name().toLowerCase(Locale.ROOT));
                json.writeStringProperty("why", row.why());
                text(json, "waits", row.more());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
