package io.keyturn.app.web;

import io.keyturn.app.config.ExemptionLines;
import io.keyturn.app.render.Safe;
import io.keyturn.core.model.Principal;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Exemption;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.port.StoreFailure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Proposes an exemption: the lines that a reviewed change adds to the configuration. The server changes nothing by it,
 * since whoever may exempt keys is whoever may change that file.
 */
final class ExemptionPage {
    private static final int LONGEST = 200;
    private static final int USUAL_MONTHS = 6;

    private final Site site;
    private final StoryPage story;

    ExemptionPage(Site site, StoryPage story) {
        this.site = site;
        this.story = story;
    }

    Reply answer(Call call) throws StoreFailure, Denied {
        SeenKey seen = story.key(call.parts().getFirst());
        String arn = arn(seen);
        Frame frame = new Frame(site, call);
        LocalDate today = frame.dates().today();
        boolean asked = !call.query().first("until").isEmpty();
        frame.with("key", Rows.key(site, seen, frame.dates()));
        frame.with("lines", asked ? ExemptionLines.of(exemption(call.query(), arn)) : "");
        frame.with("owner", Safe.text(asked ? call.query().first("owner") : seen.owner()));
        frame.with("reason", Safe.text(call.query().first("reason")));
        frame.with("until", asked ? call.query().first("until") : today.plusMonths(USUAL_MONTHS));
        frame.with("today", today);
        return frame.page("exemption", "keys", "Propose an exemption");
    }

    /** The exemption that is asked for, of the key's user. */
    Proposal proposal(Call call) throws StoreFailure, Denied {
        Exemption exemption = exemption(call.query(), arn(story.key(call.parts().getFirst())));
        return new Proposal(exemption, ExemptionLines.of(exemption));
    }

    /** An exemption with its lines. */
    record Proposal(Exemption exemption, String lines) {}

    private static String arn(SeenKey seen) throws Denied {
        if (seen.key().finding().credential().principal() instanceof Principal.OfUser user) {
            return user.arn();
        }
        throw new Denied(409, "Not for this key", "A root key is never exempt. Nothing was proposed.");
    }

    private Exemption exemption(Query query, String arn) throws Denied {
        return new Exemption(
                new ArnPattern(arn),
                text(query, "owner", "who answers for it"),
                text(query, "reason", "why"),
                until(query));
    }

    private static String text(Query query, String name, String what) throws Denied {
        String text = query.first(name).strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
            throw Denied.bad("An exemption says " + what + ": \"" + name + "\" takes 1 to " + LONGEST
                    + " characters. Nothing was proposed.");
        }
        return text;
    }

    private LocalDate until(Query query) throws Denied {
        LocalDate today = LocalDate.ofInstant(site.now(), ZoneOffset.UTC);
        try {
            LocalDate until = LocalDate.parse(query.first("until"));
            if (until.isBefore(today)) {
                throw new Denied(409, "That day is over", day(today));
            }
            return until;
        } catch (DateTimeException e) {
            throw Denied.bad(day(today));
        }
    }

    private static String day(LocalDate today) {
        return "An exemption ends: \"until\" is its last day, written as " + today.plusMonths(USUAL_MONTHS)
                + " and not before " + today + ". Nothing was proposed.";
    }
}
