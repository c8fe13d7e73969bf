package io.keyturn.app.web;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Policy;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do here: each is asked for on a page of its own, says who and why, and stands in the journal. */
final class ActPages {
    private static final Duration APPROVAL_HOLDS = Duration.ofDays(3);
    private static final int MOST_DAYS = 90;

    private final Site site;
    private final StoryPage story;

    ActPages(Site site, StoryPage story) {
        this.site = site;
        this.story = story;
    }

    Reply askStop(Call call) throws StoreFailure {
        return new Frame(site, call).page("stop", "", "Stop or resume");
    }

    Reply stop(Call call) throws StoreFailure, Refused, Denied {
        String why = Why.of(call);
        site.decide(decisions -> decisions.stop(call.person().name(), why));
        return Reply.to("/stop?done=stopped");
    }

    Reply resume(Call call) throws StoreFailure, Refused, Denied {
        String why = Why.of(call);
        site.decide(decisions -> decisions.resume(call.person().name(), why));
        return Reply.to("/?done=resumed");
    }

    /** Asks for what is to be said of a key before it is held back, let go or approved. */
    Reply ask(Call call) throws StoreFailure, Denied {
        SeenKey seen = story.key(call.parts().getFirst());
        String act = act(call);
        Frame frame = new Frame(site, call);
        frame.with("key", Rows.key(site, seen, frame.dates()));
        frame.with("act", act);
        frame.with("day", frame.dates().today().plusDays(7).toString());
        frame.with(
                "latest", frame.dates().today().plusDays(atMost(seen).toDays()).toString());
        frame.with("known", seen.key().finding().credential().keyId() != null);
        frame.with("step", step(seen) == null ? "" : String.valueOf(step(seen)));
        return frame.page(
                "act",
                "keys",
                "Decide about " + Rows.key(site, seen, frame.dates()).user());
    }

    private static String act(Call call) throws Denied {
        String act = call.parts().get(1);
        return switch (act) {
            case "snooze", "freeze", "thaw", "approve" -> act;
            default -> throw Denied.notFound("such act", "A key can be snoozed, frozen, thawed, or its step approved.");
        };
    }

    private static @Nullable String step(SeenKey seen) {
        Scheduled next = seen.key().next();
        return next == null || next.step().speaksOnly() ? null : next.step().label();
    }

    /** How far ahead a snooze may reach, by the policy that governs the key. */
    private Duration atMost(SeenKey seen) {
        Policy policy = Frame.policy(site, seen.key().finding().governedBy());
        return policy == null ? Policy.DEFAULT_SNOOZE_AT_MOST : policy.snoozeAtMost();
    }

    Reply decide(Call call) throws StoreFailure, Refused, Denied, InterruptedException {
        return decide(call, act(call));
    }

    Reply decide(Call call, String act) throws StoreFailure, Refused, Denied, InterruptedException {
        SeenKey seen = story.key(call.parts().getFirst());
        // What sets something going again takes more than what holds it back.
        boolean loosens = act.equals("approve") || act.equals("thaw");
        if (loosens && !call.person().role().may(Role.APPROVER)) {
            throw new Denied(
                    403,
                    "Not for your role",
                    "To " + act + " takes the role approver, and "
                            + call.person().name() + " is "
                            + call.person().role().label() + ". Ask somebody who has it.");
        }
        String why = Why.of(call);
        String by = call.person().name();
        CredentialId id = seen.key().finding().credential();
        boolean user = isOfUser(call);
        Target target = user && !act.equals("approve") ? Targets.ofUser(id) : Targets.of(id);
        Scope scope = new Scope.OfTarget(target);
        switch (act) {
            case "snooze" -> {
                Instant until = until(call)
                        .orElseThrow(
                                () -> Denied.bad("A snooze needs its last day, such as 2026-12-04. Nothing was done."));
                site.decide(decisions -> decisions.snooze(scope, by, why, until, atMost(seen)));
            }
            case "freeze" -> {
                Instant until = until(call).orElse(null);
                site.decide(decisions -> decisions.freeze(scope, by, why, until));
            }
            case "thaw" -> site.decide(decisions -> decisions.thaw(scope, by, why));
            default -> approve(call, seen, scope, why);
        }
        String done = switch (act) {
            case "snooze" -> "snoozed";
            case "freeze" -> "frozen";
            case "thaw" -> "thawed";
            default -> "approved";
        };
        return Reply.to("/keys/" + seen.name() + "?done=" + done);
    }

    private void approve(Call call, SeenKey seen, Scope scope, String why)
            throws StoreFailure, Refused, Denied, InterruptedException {
        Scheduled next = seen.key().next();
        if (next == null || next.step().speaksOnly() || next.heldBy() != null) {
            throw new Denied(
                    409, "Nothing waits", "No step of this key waits for an approval, so nothing was approved.");
        }
        String who = site.vouched(call.person());
        Instant until = site.now().plus(APPROVAL_HOLDS);
        site.decide(decisions -> decisions.approve(scope, next.step(), who, why, until));
    }

    /** Whether it is about all keys of the user. */
    private static boolean isOfUser(Call call) throws Denied {
        String scope = call.form().first("scope");
        return switch (scope) {
            case "user" -> true;
            case "key", "" -> false;
            default -> throw Denied.bad("\"scope\" is one of key, user. Nothing was done.");
        };
    }

    /** The end of the day that is named; empty where none is. */
    private static Optional<Instant> until(Call call) throws Denied {
        String day = call.form().first("until").strip();
        if (day.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(day).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw Denied.bad("The last day is written as 2026-12-04. Nothing was done.");
        }
    }

    Reply read(Call call) throws StoreFailure, Refused, Denied {
        return begin(call, false);
    }

    Reply run(Call call) throws StoreFailure, Refused, Denied {
        return begin(call, true);
    }

    private Reply begin(Call call, boolean acts) throws StoreFailure, Refused, Denied {
        String by = call.person().name();
        if (site.work().running() != null) {
            throw notBegun("a run is under way; wait for its end");
        }
        site.decide(decisions -> decisions.begin(acts, by, "asked for on the pages"));
        Optional<String> why = site.begin(acts, by);
        if (why.isPresent()) {
            throw notBegun(why.get());
        }
        return Reply.to("/runs?done=begun");
    }

    private static Denied notBegun(String why) {
        return new Denied(409, "Not begun", ErrorPage.sentence(why));
    }

    /** Lets days pass in a simulated organization. */
    Reply pass(Call call) throws Denied, Refused {
        try {
            int days = Integer.parseInt(call.form().first("days"));
            if (days >= 1 && days <= MOST_DAYS) {
                site.pass(days);
                return Reply.to("/?done=passed");
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is out of its range.
            throw Denied.bad("\"days\" is a number from 1 to " + MOST_DAYS + ".");
        }
        throw Denied.bad("\"days\" is a number from 1 to " + MOST_DAYS + ".");
    }
}
