package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.KeyRow;
import io.keyturn.app.render.html.Look;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.ShortIds;
import io.keyturn.app.render.html.Story;
import io.keyturn.app.words.BetterWay;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.report.Words;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.Clues;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** One key: how it stands, what comes next, all that is known, and everything that was done and said about it. */
final class StoryPage {
    private final Site site;
    private final BetterWay ways;

    StoryPage(Site site) {
        this.site = site;
        this.ways = new BetterWay(site.settings().acting().manner());
    }

    /** The key of that name. */
    SeenKey key(String name) throws StoreFailure, Denied {
        return site.catalog()
                .key(name)
                .orElseThrow(
                        () -> Denied.notFound(
                                "such key",
                                "It may have been deleted since, or its account is no longer read. Search for it among all keys."));
    }

    Reply answer(Call call) throws StoreFailure, Denied {
        SeenKey seen = key(call.part());
        Finding finding = seen.key().finding();
        CredentialId id = finding.credential();
        Frame frame = new Frame(site, call);
        ReportDates dates = frame.dates();
        KeyRow row = Rows.key(site, seen, dates);
        List<Hold> holds = site.holds(id);
        frame.with("key", row);
        frame.with("account", id.account().value());
        frame.with("chip", chip(seen, dates));
        frame.with("near", near(seen, dates));
        frame.with("lede", lede(seen, row));
        frame.with(
                "why",
                finding.reasons().stream()
                        .map(Words::sentence)
                        .map(Safe::text)
                        .map(ShortIds::of)
                        .map(Look::capital)
                        .toList());
        frame.with("holds", holds.stream().map(Hold::sentence).map(Safe::text).toList());
        frame.with("actable", id.principal() instanceof Principal.OfUser && id.keyId() != null);
        frame.with("isUser", id.principal() instanceof Principal.OfUser);
        frame.with("approvable", approvable(seen));
        frame.with("facts", new KeyFacts(seen, Frame.policy(site, finding.governedBy()), site.now()).list());
        Policy policy = Frame.policy(site, finding.governedBy());
        frame.with("policy", policy == null ? List.of() : PolicyWords.of(policy));
        frame.with("policyName", policy == null ? "" : Safe.text(policy.name()));
        frame.with("life", Lifeline.of(finding, policy, site.now()));
        frame.with("coming", Story.coming(seen.key(), site.now()));
        frame.with("today", dates.today().toString());
        frame.with("dayCount", finding.ageDays() == null ? "" : ", day " + finding.ageDays());
        frame.with("past", Story.past(finding, entries(id)));
        frame.with("better", better(seen));
        frame.with("siblings", siblings(seen, dates));
        return frame.page("key", "keys", row.user() + " · " + row.four());
    }

    private static String chip(SeenKey seen, ReportDates dates) {
        if (seen.decideBy() == null) {
            return "";
        }
        Instant at = seen.key().at();
        if (at == null || at.equals(Instant.MIN) || !ReportDates.day(at).isAfter(dates.today())) {
            return "decide today";
        }
        long days = ChronoUnit.DAYS.between(dates.today(), ReportDates.day(at));
        return days == 1 ? "decide tomorrow" : "decide in " + days + " days";
    }

    private static String near(SeenKey seen, ReportDates dates) {
        String chip = chip(seen, dates);
        if (chip.endsWith("today")) {
            return "now";
        }
        Instant at = seen.key().at();
        return at != null && ChronoUnit.DAYS.between(dates.today(), ReportDates.day(at)) <= 4 ? "near" : "";
    }

    private static String lede(SeenKey seen, KeyRow row) {
        String first = row.why().equals("–") ? "Within its limits." : Look.capital(row.why()) + ".";
        Scheduled next = seen.key().next();
        if (seen.decideBy() != null) {
            return first + " " + row.decision() + ", by " + row.when() + ".";
        }
        return next == null ? first : first + " Next: " + next.step().label() + ", " + row.when() + ".";
    }

    /** The step that a person may approve now; empty where none waits. */
    private String approvable(SeenKey seen) {
        Scheduled next = seen.key().next();
        boolean asked = site.settings().acting().approval().needed() > 0;
        return asked && next != null && next.heldBy() == null && !next.step().speaksOnly()
                ? next.step().label()
                : "";
    }

    /** What the journal has of the key's user, oldest first. */
    private List<Entry> entries(CredentialId id) throws StoreFailure {
        return id.principal() instanceof Principal.OfUser user
                ? site.entries(new JournalStore.Query(
                        Streams.of(id.account()), user.id().value(), null, null))
                : List.of();
    }

    /** The way that needs no key; none where nothing speaks for one. */
    private List<BetterWay.Way> better(SeenKey seen) {
        Clues clues = seen.clues();
        return clues == null ? List.of() : ways.of(clues, site.now()).stream().toList();
    }

    /** The other keys of the same user. */
    private List<KeyRow> siblings(SeenKey seen, ReportDates dates) throws StoreFailure {
        CredentialId id = seen.key().finding().credential();
        String last =
                id.principal() instanceof Principal.OfUser user ? user.name().value() : "root user";
        KeyQuery query =
                new KeyQuery(last, Set.of(), id.account().value(), null, false, KeyQuery.Order.STANDING, false, 0, 50);
        return site.catalog().keys(query).keys().stream()
                .filter(other -> !other.name().equals(seen.name())
                        && other.key().finding().credential().principal().equals(id.principal()))
                .map(other -> Rows.key(site, other, dates))
                .toList();
    }
}
