package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.KeyRow;
import io.keyturn.app.render.html.Look;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.Words;
import io.keyturn.engine.catalog.KeyPage;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.KeyQuery.Order;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All keys: searched, filtered, sorted and paged by the server, so that it works without scripts and with very many. */
final class KeysPage {
    private final Site site;

    KeysPage(Site site) {
        this.site = site;
    }

    /** A pill that chooses a standing. */
    record Pill(String look, String label, int count, String address, boolean chosen) {}

    /** A head that sorts; {@code aria} is how it is sorted now. */
    record Head(String label, String arrow, String aria, String address, String looks) {}

    /** Keys of one standing that follow each other. */
    record Group(String look, String label, List<KeyRow> rows) {}

    Reply answer(Call call) throws StoreFailure, Denied {
        KeyQuery query = KeyQueries.of(call.query());
        KeyPage page = site.catalog().keys(query);
        int pages = Math.max(1, (page.total() + query.size() - 1) / query.size());
        if (query.page() >= pages) {
            throw Denied.notFound(
                    "page " + (query.page() + 1) + " of these keys",
                    pages == 1 ? "All are on the first." : "The last is " + pages + ".");
        }
        Frame frame = new Frame(site, call);
        ReportDates dates = frame.dates();
        frame.with("heading", heading(query, page.total()));
        frame.with("narrowed", narrowed(query));
        frame.with("text", Safe.text(query.text()));
        frame.with("hidden", hidden(query));
        frame.with("pills", pills(query));
        frame.with("heads", heads(query));
        frame.with("groups", groups(page, query, dates));
        frame.with("total", page.total());
        frame.with(
                "range",
                page.total() == 0
                        ? ""
                        : (query.page() * query.size() + 1) + " to "
                                + (query.page() * query.size() + page.keys().size()) + " of " + page.total());
        frame.with("before", query.page() == 0 ? "" : address(query, query.page() - 1));
        frame.with("after", query.page() + 1 >= pages ? "" : address(query, query.page() + 1));
        return frame.page("keys", "keys", "Keys");
    }

    private static String address(KeyQuery query, int page) {
        return KeyQueries.address(query, query.order(), query.descending(), page);
    }

    private static String heading(KeyQuery query, int total) {
        boolean all = query.text().isEmpty()
                && query.standings().isEmpty()
                && query.account() == null
                && query.owner() == null
                && !query.decisions();
        return (all ? "All " : "") + (total == 1 ? "1 key" : total + " keys");
    }

    private String narrowed(KeyQuery query) throws StoreFailure {
        List<String> parts = new ArrayList<>();
        String account = query.account();
        if (account != null) {
            String name = site.catalog()
                    .account(account)
                    .map(known -> known.row().name())
                    .orElse(account);
            parts.add("account " + Safe.text(name));
        }
        if (query.owner() != null) {
            parts.add(query.owner().isEmpty() ? "no owner" : "owner " + Safe.text(query.owner()));
        }
        if (query.decisions()) {
            parts.add("decision this week");
        }
        return String.join(", ", parts);
    }

    /** What a search keeps of the question. */
    private static List<Map<String, String>> hidden(KeyQuery query) {
        List<Map<String, String>> fields = new ArrayList<>();
        query.standings().forEach(standing -> fields.add(Map.of("name", "standing", "value", standing.label())));
        if (query.account() != null) {
            fields.add(Map.of("name", "account", "value", query.account()));
        }
        if (query.owner() != null) {
            fields.add(Map.of("name", "owner", "value", query.owner()));
        }
        if (query.decisions()) {
            fields.add(Map.of("name", "decide", "value", "1"));
        }
        return fields;
    }

    private List<Pill> pills(KeyQuery query) throws StoreFailure {
        Map<Standing, Integer> counts = site.catalog().counts(query);
        List<Pill> pills = new ArrayList<>();
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        pills.add(new Pill(
                "",
                "All",
                all,
                KeyQueries.address(query, null),
                query.standings().isEmpty()));
        for (Standing standing : Standing.values()) {
            int count = counts.getOrDefault(standing, 0);
            if (count > 0) {
                pills.add(new Pill(
                        Look.of(standing),
                        Look.capital(Words.of(standing)),
                        count,
                        KeyQueries.address(query, standing),
                        query.standings().contains(standing)));
            }
        }
        return pills;
    }

    private static List<Head> heads(KeyQuery query) {
        return List.of(
                head(query, "Key", Order.USER, ""),
                head(query, "Owner", Order.OWNER, ""),
                head(query, "Age", Order.AGE, "num"),
                new Head("", "", "", "", ""),
                head(query, "Last used", Order.USE, ""),
                new Head("Why", "", "", "", ""),
                new Head("Next step", "", "", "", ""),
                head(query, "When", Order.DECIDE, "num"));
    }

    private static Head head(KeyQuery query, String label, Order order, String looks) {
        boolean by = query.order() == order;
        boolean turn = by && !query.descending();
        return new Head(
                label,
                by ? query.descending() ? " ↓" : " ↑" : "",
                by ? query.descending() ? "descending" : "ascending" : "",
                KeyQueries.address(query, order, turn, 0),
                looks);
    }

    /** In the order of standings they are grouped by them; in any other order they are one group. */
    private List<Group> groups(KeyPage page, KeyQuery query, ReportDates dates) {
        List<Group> groups = new ArrayList<>();
        for (SeenKey key : page.keys()) {
            Standing standing = key.key().finding().standing();
            boolean grouped = query.order() == Order.STANDING;
            String look = grouped ? Look.of(standing) : "";
            if (groups.isEmpty() || !groups.getLast().look().equals(look)) {
                groups.add(new Group(look, grouped ? Look.label(standing) : "", new ArrayList<>()));
            }
            groups.getLast().rows().add(Rows.key(site, key, dates));
        }
        return groups;
    }
}
