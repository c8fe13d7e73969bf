package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.Sheet;
import io.keyturn.core.policy.Policy;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.port.StoreFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every page shows around its own: where it stands, who looks, and whether everything is stopped. */
final class Frame {
    /** Entries whose pages show how keys stand. */
    private static final Set<String> OF_KEYS = Set.of("overview", "accounts", "owners", "keys");

    private final Site site;
    private final Call call;
    private final Map<String, Object> values = new HashMap<>();

    Frame(Site site, Call call) {
        this.site = site;
        this.call = call;
    }

    /** Puts a value of the page itself. */
    Frame with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** Puts a value, or the empty text where it is null. */
    Frame withOrEmpty(String name, @Nullable Object value) {
        return with(name, value == null ? "" : value);
    }

    /**
     * The page.
     *
     * @param at the entry of the navigation that it belongs to
     */
    Reply page(String template, String at, String title) throws StoreFailure {
        return page(200, template, at, title);
    }

    /** A part of a page, which a page that is open fetches anew. */
    Reply part(String template) {
        putPerson();
        return Reply.html(200, Pages.text(template, values));
    }

    private void putPerson() {
        values.put("operates", call.person().role().may(Role.OPERATOR));
        values.put("approves", call.person().role().may(Role.APPROVER));
        values.put("token", call.token());
    }

    Reply page(int status, String template, String at, String title) throws StoreFailure {
        Optional<String> stopped = site.stopped();
        values.put("title", title);
        values.put("site", site.title());
        values.put("at", at);
        values.put("sprite", Sheet.sprite());
        values.put("who", Safe.text(call.person().name()));
        values.put("role", call.person().role().label());
        putPerson();
        values.put("leaves", call.leaves());
        values.put("stopped", stopped.map(Safe::text).orElse(""));
        values.put("simulated", site.simulated());
        values.put("waiting", waiting(site));
        values.put(
                "since", OF_KEYS.contains(at) ? SinceRead.words(site.catalog().runs(1)) : "");
        values.put("done", Done.words(call.query().first("done")));
        return Reply.html(status, Pages.text(template, values));
    }

    /** How many changes of the plan wait for people; none once they were refused. */
    static int waiting(Site site) throws StoreFailure {
        if (site.settings().acting().approval().needed() == 0) {
            return 0;
        }
        Optional<SeenPlan.Brief> plan = site.catalog().planned();
        int changes = plan.map(SeenPlan.Brief::count).orElse(0);
        return changes == 0 || site.verdict(plan.get()).refusal() != null ? 0 : changes;
    }

    ReportDates dates() {
        return new ReportDates(site.now());
    }

    static @Nullable Policy policy(Site site, @Nullable String name) {
        return site.settings().rules().policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
