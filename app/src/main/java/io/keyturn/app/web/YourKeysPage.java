package io.keyturn.app.web;

import io.keyturn.app.link.OwnerLinks;
import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.KeyRow;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.Sheet;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Policy;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the link in a message opens: the keys of one owner and what to do about them. Looking changes nothing, as programs
 * that look through mail open links too. Two things can be said there: that the new key is installed, and that more time is
 * needed; neither makes anything happen earlier.
 */
final class YourKeysPage {
    /** Behind the owner's name in the journal: nobody signed in, somebody had the link. */
    static final String BY_LINK = " (owner's link)";

    private static final List<Integer> DAYS = List.of(3, 7, 14, 30);
    /** Policy grants more time once in so long; whoever needs it again asks a person. */
    private static final Duration GRANTED_ONCE_IN = Duration.ofDays(90);

    private static final int LONGEST_WHY = 1_000;
    private static final int MOST_SHOWN = 200;

    private final Site site;
    private final OwnerLinks links;

    YourKeysPage(Site site, OwnerLinks links) {
        this.site = site;
        this.links = links;
    }

    /** A key with what can be said about it; {@code days} are those that more time may take. */
    record Row(
            KeyRow key,
            String why,
            String successor,
            boolean installs,
            boolean moreTime,
            List<Integer> days,
            boolean asks,
            List<String> notes) {}

    /** Whose page that link opens. */
    private String owner(String own) throws Denied {
        return switch (links.open(own, site.now())) {
            case OwnerLinks.Answer.Owner(String name) -> name;
            case OwnerLinks.Answer.Over(Instant until) ->
                throw new Denied(
                        410,
                        "This link is over",
                        "It opened your keys until " + ReportDates.day(until)
                                + ". The next message about them brings a new one.");
            case OwnerLinks.Answer.Foreign() ->
                throw new Denied(
                        403,
                        "This link opens nothing here",
                        "It was cut off on its way, or it is not of this server. Open it from the message itself, and"
                                + " tell whoever sent it where that does not help.");
        };
    }

    Reply look(String own, Query query) throws Denied, StoreFailure {
        String owner = owner(own);
        ReportDates dates = new ReportDates(site.now());
        List<Row> needing = new ArrayList<>();
        List<KeyRow> others = new ArrayList<>();
        for (SeenKey seen : keys(owner)) {
            Standing standing = seen.key().finding().standing();
            KeyRow row = Rows.key(site, seen, dates);
            if (standing == Standing.HEALTHY || standing == Standing.EXEMPT || standing == Standing.INACTIVE) {
                others.add(row);
            } else {
                needing.add(row(seen, row));
            }
        }
        Map<String, Object> values = new HashMap<>();
        values.put("title", "Your keys");
        values.put("site", site.title());
        values.put("sprite", Sheet.sprite());
        values.put("owner", Safe.text(owner));
        values.put("needing", needing);
        values.put("others", others);
        values.put("team", Safe.text(site.settings().acting().manner().team()));
        values.put("done", Done.words(query.first("done")));
        return Reply.html(200, Pages.text("yours", values));
    }

    private List<SeenKey> keys(String owner) throws StoreFailure {
        KeyQuery query = new KeyQuery("", Set.of(), null, owner, false, KeyQuery.Order.STANDING, false, 0, MOST_SHOWN);
        return owner.isEmpty() ? List.of() : site.catalog().keys(query).keys();
    }

    private Row row(SeenKey seen, KeyRow row) throws StoreFailure {
        Finding finding = seen.key().finding();
        CredentialId id = finding.credential();
        boolean known = id.keyId() != null && id.principal() instanceof Principal.OfUser;
        Reason.@Nullable Succeeded succeeded = succeeded(finding);
        List<Entry.Decision> said = known ? said(id) : List.of();
        boolean installed = said.stream().anyMatch(decision -> decision.kind() == Entry.Decision.Kind.INSTALLED);
        List<String> notes = new ArrayList<>();
        for (Hold hold : known ? site.holds(id) : List.<Hold>of()) {
            notes.add("Held back: " + Safe.text(hold.sentence()));
        }
        for (Entry.Decision decision : said) {
            notes.add(note(decision));
        }
        return new Row(
                row,
                row.why(),
                succeeded == null ? "" : succeeded.successor().lastFour(),
                known && succeeded != null && !succeeded.installed() && !installed,
                known && finding.standing() != Standing.LEAKED && finding.standing() != Standing.UNKNOWN,
                DAYS,
                !isGranted(seen, DAYS.getFirst()),
                notes);
    }

    private static Reason.@Nullable Succeeded succeeded(Finding finding) {
        return finding.reasons().stream()
                .filter(Reason.Succeeded.class::isInstance)
                .map(Reason.Succeeded.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static String note(Entry.Decision decision) {
        String day = ReportDates.day(decision.stamp().at()).toString();
        return switch (decision.kind()) {
            case INSTALLED -> "You said on " + day + " that the new key is installed.";
            case SNOOZE -> "On " + day + " you took more time.";
            default -> "On " + day + " you asked for more time: a person decides.";
        };
    }

    /** What was said of the key by its owner's link in the last {@link #GRANTED_ONCE_IN}, oldest first. */
    private List<Entry.Decision> said(CredentialId id) throws StoreFailure {
        if (!(id.principal() instanceof Principal.OfUser user) || id.keyId() == null) {
            return List.of();
        }
        Instant since = site.now().minus(GRANTED_ONCE_IN);
        List<Entry> entries = site.entries(new JournalStore.Query(
                Streams.of(id.account()), user.id().value(), id.keyId().value(), since));
        return entries.stream()
                .flatMap(entry -> entry instanceof Entry.Decision decision ? Stream.of(decision) : Stream.empty())
                .filter(decision -> decision.by().endsWith(BY_LINK))
                .toList();
    }

    /** Whether the policy grants so many days by itself; else a person decides. */
    private boolean isGranted(SeenKey seen, int days) throws StoreFailure {
        return days <= atMost(seen).toDays()
                && said(seen.key().finding().credential()).stream()
                        .noneMatch(decision -> decision.kind() == Entry.Decision.Kind.SNOOZE);
    }

    private Duration atMost(SeenKey seen) {
        Policy policy = Frame.policy(site, seen.key().finding().governedBy());
        return policy == null ? Policy.DEFAULT_SNOOZE_AT_MOST : policy.snoozeAtMost();
    }

    Reply act(String own, Query form) throws Denied, StoreFailure, Refused {
        String owner = owner(own);
        SeenKey seen = site.catalog()
                .key(form.first("key"))
                .filter(key -> !owner.isEmpty() && key.owner().equals(owner))
                .orElseThrow(() -> Denied.notFound("such key of yours", "Nothing was done. Open the page again."));
        Target target = Targets.of(seen.key().finding().credential());
        String done = switch (form.first("act")) {
            case "installed" -> installed(seen, target, owner);
            case "more-time" -> moreTime(seen, target, owner, form);
            default -> throw Denied.bad("Here it can be said that a key is installed, or that more time is needed.");
        };
        return Reply.to(OwnerLinks.PATH + own + "?done=" + done);
    }

    private String installed(SeenKey seen, Target target, String owner) throws Denied, StoreFailure, Refused {
        if (succeeded(seen.key().finding()) == null) {
            throw new Denied(409, "There is no new key", "Nothing was done: no new key was made for this one.");
        }
        site.decide(decisions -> decisions.installed(target, owner + BY_LINK, "said on the page of the owner's keys"));
        return "installed";
    }

    private String moreTime(SeenKey seen, Target target, String owner, Query form)
            throws Denied, StoreFailure, Refused {
        Standing standing = seen.key().finding().standing();
        if (standing == Standing.LEAKED) {
            throw new Denied(409, "Not for this key", "It is known outside: there is no more time. Nothing was done.");
        }
        int days = days(form);
        String why = form.first("why").strip();
        if (why.isEmpty() || why.length() > LONGEST_WHY) {
            throw Denied.bad("Nothing was done. Say in at most 1000 characters what the time is needed for.");
        }
        Instant until = LocalDate.ofInstant(site.now(), ZoneOffset.UTC)
                .plusDays(days + 1L)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        Scope scope = new Scope.OfTarget(target);
        if (isGranted(seen, days)) {
            site.decide(decisions -> decisions.snooze(scope, owner + BY_LINK, why, until, atMost(seen)));
            return "granted";
        }
        site.decide(decisions -> decisions.askForTime(scope, owner + BY_LINK, why, until));
        return "asked";
    }

    private static int days(Query form) throws Denied {
        return DAYS.stream()
                .filter(days -> form.first("days").equals(days.toString()))
                .findFirst()
                .orElseThrow(() -> Denied.bad("Nothing was done. Choose 3, 7, 14 or 30 days."));
    }
}
