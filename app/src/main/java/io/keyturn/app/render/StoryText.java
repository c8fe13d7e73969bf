package io.keyturn.app.render;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.NamedFact;
import io.keyturn.core.explain.OwnerLink;
import io.keyturn.core.explain.PolicyLink;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.SeenValue;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.UserClass;
import io.keyturn.core.report.Words;
import io.keyturn.engine.journal.Entry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole story of a user on a screen: first what each key's standing is and why, then everything it rests on. */
public final class StoryText {
    private static final int LABEL = 14;
    /** Lines of history at the end. */
    private static final int LAST = 20;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** A condition may name a whole key ID, which no screen shows. */
    private static final Pattern KEY_ID = Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{8,}([A-Z0-9]{4})\\b");

    private final PrintWriter out;
    private final Screen screen;
    private final Paint paint;

    public StoryText(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
        this.paint = new Paint(screen);
    }

    /**
     * Prints the story.
     *
     * @param only the one key that is told of; null where all are
     * @param past what the journal says of the user, oldest first; null where there is no journal
     * @param around what is said of other automation in the account, a sentence each
     */
    public void print(UserStory story, @Nullable KeyId only, @Nullable List<Entry> past, List<String> around) {
        headline(story);
        List<KeyStory> keys = story.keys().stream()
                .filter(key ->
                        only == null || only.equals(key.finding().credential().keyId()))
                .toList();
        keys.forEach(key -> key(story, key));
        if (keys.isEmpty()) {
            held(story.holds());
        }
        section("user class", kind(story.kind()));
        owners(story);
        exemptions(story);
        section("stage", stage(story));
        around.forEach(sentence -> section("others", safe(sentence)));
        blank();
        line(paint.bold("facts") + paint.dim("   times are UTC"));
        story.facts().forEach(this::fact);
        past(past);
        out.flush();
    }

    private void headline(UserStory story) {
        String account = story.account().id().value();
        String grouped = account.substring(0, 4) + " " + account.substring(4, 8) + " " + account.substring(8);
        int keys = story.keys().size();
        String count = story.user().keys() instanceof Fact.Known<?>
                ? keys == 0 ? "no access key" : keys == 1 ? "1 access key" : keys + " access keys"
                : "its keys could not be read";
        line(paint.bold(safe(story.user().name().value())) + paint.dot()
                + safe(story.account().name()) + "   " + count);
        wrapped("", 0, safe(story.user().arn()));
        line("account " + grouped + ", made "
                + MINUTE.format(story.user().created()).substring(0, 10));
    }

    private void key(UserStory story, KeyStory key) {
        Finding finding = key.finding();
        KeyId id = finding.credential().keyId();
        blank();
        String four = id == null ? paint.either("····", "----") : id.lastFour();
        line(paint.mark(finding.standing()) + " " + paint.bold(four) + "   " + Words.of(finding.standing()));
        for (Reason reason : finding.reasons()) {
            section("why", Words.sentence(reason));
        }
        if (finding.reasons().isEmpty()) {
            section("why", "within its limits");
        }
        section("next", next(key.next(), story.now()));
        held(key.holds());
        if (key.waits()) {
            section("waits", "for a decision: keyturn approve KEY --why TEXT ends the old key; freeze keeps it");
        }
        limits(key.governing(), finding);
        key.facts().forEach(this::fact);
        policies(key);
        for (Deadline deadline : finding.deadlines()) {
            String since = deadline.at().isAfter(story.now()) ? "" : ", due since then";
            section(
                    "deadline",
                    DAY.format(deadline.at()) + "  " + deadline.step().label() + ", by "
                            + (deadline.limit().equals("age") ? "age" : "idleness") + since);
        }
        for (String need : key.rotation()) {
            section("a rotation", need);
        }
        if (!finding.controls().isEmpty()) {
            section("breaks", String.join(", ", finding.controls()));
        }
    }

    private String next(@Nullable Scheduled next, Instant now) {
        if (next == null) {
            return "no step is to come";
        }
        LocalDate day = LocalDate.ofInstant(next.at(), ZoneOffset.UTC);
        boolean today = !day.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC));
        String when = today ? "today" : "on " + DAY.format(next.at());
        String held = next.heldBy() == null
                ? ""
                : "; the stage " + next.heldBy().label() + " of this account does not allow it, so it would not happen";
        return next.step().label() + " " + when + held;
    }

    private void held(List<Hold> holds) {
        holds.forEach(hold -> section("held back", hold.sentence() + (hold.quiet() ? "; not even reminded of" : "")));
    }

    private void past(@Nullable List<Entry> past) {
        blank();
        line(paint.bold("history"));
        if (past == null || past.isEmpty()) {
            wrapped("  ", 2, past == null ? "no journal was begun yet: nothing was said, done or decided" : "none");
            return;
        }
        int from = Math.max(0, past.size() - LAST);
        if (from > 0) {
            wrapped("  ", 2, from + " earlier lines: keyturn history --user");
        }
        for (Entry entry : past.subList(from, past.size())) {
            String head = "  " + MINUTE.format(entry.stamp().at()) + "  ";
            wrapped(head, head.length(), paint.own(safe(HistoryLines.words(entry))));
        }
    }

    private void limits(@Nullable Policy policy, Finding finding) {
        if (policy == null) {
            section("limits", "none: no policy governs it");
            return;
        }
        section("age", limit(policy.age(), finding.age(), "old"));
        section("idle", limit(policy.idle(), finding.idle(), "unused"));
    }

    private static String limit(@Nullable Limit limit, @Nullable Duration is, String word) {
        String measured = is == null ? "not known" : is.toDays() + " days " + word;
        return limit == null
                ? measured + ", no limit"
                : measured + ", warned from " + limit.warn().toDays() + ", limit "
                        + limit.expire().toDays();
    }

    private void policies(KeyStory key) {
        for (PolicyLink link : key.policies()) {
            String answer = switch (link.answer()) {
                case GOVERNS -> "governs it";
                case DOES_NOT_MATCH -> "does not match";
                case UNDECIDED -> "undecided: " + link.why();
                case NOT_ASKED -> "not asked: an earlier one ended the search";
            };
            section("policy", link.policy() + " " + answer);
            second("when " + link.when() + saw(link.saw()));
        }
    }

    private static String saw(List<SeenValue> saw) {
        return saw.isEmpty()
                ? ""
                : "; saw "
                        + saw.stream()
                                .map(v -> v.attribute() + (v.known() ? " = " + v.text() : " not known"))
                                .collect(Collectors.joining(", "));
    }

    private static String kind(Fact<UserClass> kind) {
        return switch (kind) {
            case Fact.Known<UserClass>(UserClass known, Instant asOf) ->
                known.kind().label()
                        + (known.evidence().isEmpty() ? ": nothing speaks for either" : ": ")
                        + String.join(", ", known.evidence());
            case Fact.NotRead<UserClass>() -> "not known: not read";
            case Fact.Unknown<UserClass>(String why) -> "not known: " + why;
        };
    }

    private void owners(UserStory story) {
        if (story.owners().isEmpty()) {
            section("owner", "no owner: no chain is configured");
        }
        boolean nobody = story.owners().stream().allMatch(link -> link.answer() == OwnerLink.Answer.NOBODY);
        if (nobody && !story.owners().isEmpty()) {
            section("owner", "no owner: no link of the chain answers");
        }
        for (OwnerLink link : story.owners()) {
            String answer = switch (link.answer()) {
                case NAMED -> link.said() + ", by " + link.link();
                case NOBODY -> link.link() + ": " + link.said();
                case UNKNOWN -> link.link() + ": " + link.said() + "; later links are not asked";
                case NOT_ASKED -> link.link() + ": not asked";
            };
            section("owner", answer);
        }
    }

    private void exemptions(UserStory story) {
        if (story.exemptions().isEmpty()) {
            section("exemption", "none fits");
        }
        for (Exemption exemption : story.exemptions()) {
            boolean ended = LocalDate.ofInstant(story.now(), ZoneOffset.UTC).isAfter(exemption.until());
            section(
                    "exemption",
                    (ended ? "ended on " : "until ") + exemption.until() + ", owner " + exemption.owner() + ": "
                            + exemption.reason());
        }
    }

    private static String stage(UserStory story) {
        return words(story.stage())
                + (story.lowered() == null ? "" : "; " + story.lowered().sentence());
    }

    private static String words(Stage stage) {
        return switch (stage) {
            case OBSERVE -> "observe: nothing leaves, nothing is changed";
            case NOTIFY -> "notify: messages and tickets, no change of a key";
            case ROTATE -> "rotate: new keys are made and delivered, none is switched off";
            case ENFORCE -> "enforce: keys are deactivated and deleted when due";
        };
    }

    private void fact(NamedFact fact) {
        String value = fact.value() == null ? paint.mark(Standing.UNKNOWN) + " not known" : "";
        if (fact.value() == null) {
            line("  " + KeyTable.pad(fact.name(), Math.max(LABEL, fact.name().length() + 1)) + value);
        } else {
            section(fact.name(), fact.value());
        }
        String asOf = fact.asOf() == null ? "" : ", as of " + MINUTE.format(fact.asOf());
        second("from " + fact.from() + asOf + (fact.notLookedAt().isEmpty() ? "" : "; " + fact.notLookedAt()));
    }

    private void section(String label, String text) {
        String head = "  " + KeyTable.pad(label, Math.max(LABEL, label.length() + 1));
        wrapped(head, LABEL + 2, safe(text));
    }

    private void second(String text) {
        String indent = " ".repeat(LABEL + 2);
        Wrapped.lines(indent, LABEL + 2, safe(text), screen.width())
                .forEach(line -> line(indent + paint.dim(line.strip())));
    }

    private void wrapped(String first, int indent, String text) {
        Wrapped.lines(first, indent, text, screen.width()).forEach(this::line);
    }

    private String safe(String text) {
        return KEY_ID.matcher(paint.safe(text)).replaceAll(paint.either("…", "...") + "$1");
    }

    private void blank() {
        line("");
    }

    private void line(String text) {
        out.write(text);
        out.write('\n');
    }
}
