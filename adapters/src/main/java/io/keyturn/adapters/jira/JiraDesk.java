package io.keyturn.adapters.jira;

import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Phrase;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.TicketDesk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tickets in one project of Jira. A ticket is found again by a label; what is found is read itself, for Jira's search is
 * behind the times. Where it is not known whether a ticket was made, it is waited and looked for, and never made again.
 */
public final class JiraDesk implements TicketDesk {
    /** How long a wait for a service that is asked too often may take in all. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** After which waits a ticket is looked for that may have been made. Jira's search mostly knows it within seconds. */
    private static final List<Duration> LOOKS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final JiraSettings settings;
    private final Patience.Pause pause;
    private final Runnable end;
    private final Issues issues;
    private final CreateMeta meta;
    private final Body body;
    private final NewIssue form;

    /** What was made by this process, which a search may not know yet. */
    private final Map<String, String> made = new ConcurrentHashMap<>();

    /**
     * Opens nothing yet.
     *
     * @param web for this desk alone, which closes it
     */
    public JiraDesk(JiraSettings settings, WebCalls web, InstantSource clock, Patience.Pause pause) {
        this(settings, web::send, web::close, clock, pause);
    }

    /**
     * The same over any way to send requests.
     *
     * @param end closes that way
     */
    public JiraDesk(
            JiraSettings settings, Patience.Sender web, Runnable end, InstantSource clock, Patience.Pause pause) {
        this.settings = settings;
        this.pause = pause;
        this.end = end;
        Dialect dialect = Dialect.of(settings);
        JiraCalls calls = new JiraCalls(settings, web, new Patience(clock, pause, PATIENCE));
        this.issues = new Issues(settings, dialect, calls);
        this.meta = new CreateMeta(settings, dialect, calls);
        this.body = dialect.body();
        this.form = new NewIssue(settings, body);
    }

    @Override
    public String name() {
        return "jira";
    }

    /** Work that Jira may refuse. */
    private interface Work {
        Filing done() throws JiraFailure, InterruptedException;
    }

    private static Filing result(Work work) throws InterruptedException {
        try {
            return work.done();
        } catch (JiraFailure e) {
            return e.doubtful() ? new Filing.InDoubt(e.problem()) : new Filing.Refused(e.problem());
        }
    }

    @Override
    public Filing file(String marker, Message message, Leave leave) throws InterruptedException {
        return JiraCalls.asking(leave, () -> filing(marker, message));
    }

    private Filing filing(String marker, Message message) throws InterruptedException {
        return result(() -> {
            List<Issue> all = find(marker);
            List<Issue> open = all.stream().filter(issue -> !issue.done()).toList();
            if (!open.isEmpty()) {
                Issue oldest = open.getFirst();
                add(oldest, message);
                nameOthers(oldest, open, message.phrases());
                return filed(oldest);
            }
            if (all.isEmpty()) {
                return create(marker, message, null);
            }
            // The one made last: the earlier ones were followed by it.
            Issue closed = all.getLast();
            Optional<Transition> back = Transition.to(false, issues.transitions(closed.key()));
            if (back.isEmpty()) {
                return create(marker, message, closed.key());
            }
            issues.move(closed.key(), back.get());
            // Whoever closed it is told why it is open again, be that nothing new.
            halfway(() -> comment(closed.key(), body.of(message), NewIssue.fingerprint(message)));
            return filed(closed);
        });
    }

    private List<Issue> find(String marker) throws JiraFailure, InterruptedException {
        String known = made.get(marker);
        return issues.labelled(marker, known == null ? Set.of() : Set.of(known));
    }

    /** One of several changes. */
    private interface Change {
        void make() throws JiraFailure, InterruptedException;
    }

    /** Where the ticket stands already and the rest is refused, it is not as if nothing had been done. */
    private static void halfway(Change rest) throws JiraFailure, InterruptedException {
        try {
            rest.make();
        } catch (JiraFailure e) {
            throw e.halfway();
        }
    }

    /** Says the message, unless it is what was said last. */
    private void add(Issue issue, Message message) throws JiraFailure, InterruptedException {
        String fingerprint = NewIssue.fingerprint(message);
        if (!issue.said().equals(fingerprint)) {
            comment(issue.key(), body.of(message), fingerprint);
        }
    }

    /** Says one sentence, unless it is what was said last. */
    private void say(Issue issue, String sentence) throws JiraFailure, InterruptedException {
        String fingerprint = NewIssue.fingerprint(sentence);
        if (!issue.said().equals(fingerprint)) {
            issues.comment(issue.key(), body.of(sentence), fingerprint);
        }
    }

    private void comment(String key, List<JsonNode> parts, String fingerprint)
            throws JiraFailure, InterruptedException {
        for (JsonNode part : parts.subList(0, parts.size() - 1)) {
            issues.comment(key, part);
        }
        issues.comment(key, parts.getLast(), fingerprint);
    }

    /** That there are more tickets of the same, which only people can have made, is said once in each of these. */
    private void nameOthers(Issue oldest, List<Issue> open, Phrases phrases) throws JiraFailure, InterruptedException {
        for (Issue other : open.subList(1, open.size())) {
            say(other, phrases.about(Phrase.OLDER_TICKET, oldest.key()));
        }
    }

    private Filing create(String marker, Message message, @Nullable String earlier)
            throws JiraFailure, InterruptedException {
        String key;
        try {
            key = newIssue(marker, message);
        } catch (JiraFailure e) {
            if (!e.doubtful()) {
                throw e;
            }
            Issue found = lookAgain(marker).orElseThrow(() -> e);
            add(found, message);
            return filed(found);
        }
        made.put(marker, key);
        List<JsonNode> parts = body.of(message);
        if (parts.size() > 1) {
            halfway(() -> comment(key, parts.subList(1, parts.size()), NewIssue.fingerprint(message)));
        }
        if (earlier != null && !issues.relate(key, earlier)) {
            follow(key, earlier, message.phrases());
        }
        return new Filing.Filed(key, address(key), placement(key));
    }

    /** Where tickets cannot be linked, words do. */
    private void follow(String key, String earlier, Phrases phrases) throws InterruptedException {
        try {
            issues.comment(key, body.of(phrases.about(Phrase.EARLIER_TICKET, earlier)));
        } catch (JiraFailure e) {
            // The ticket stands, and nothing hangs on where it comes from.
            return;
        }
    }

    private String newIssue(String marker, Message message) throws JiraFailure, InterruptedException {
        Optional<String> mail = NewIssue.mail(message);
        Optional<JsonNode> person = mail.isEmpty() ? Optional.empty() : issues.assignable(mail.get());
        try {
            return issues.create(form.of(marker, message, person));
        } catch (JiraFailure e) {
            if (e.doubtful() || e.status() != 400) {
                throw e;
            }
            if (person.isPresent() && e.fields().containsKey("assignee")) {
                return newIssue(form.of(marker, message, Optional.empty()));
            }
            throw JiraFailure.refused(meta.explained(e));
        }
    }

    private String newIssue(JsonNode issue) throws JiraFailure, InterruptedException {
        try {
            return issues.create(issue);
        } catch (JiraFailure e) {
            throw e.doubtful() || e.status() != 400 ? e : JiraFailure.refused(meta.explained(e));
        }
    }

    /** The ticket that may have been made; empty where it is not seen, which does not say that there is none. */
    private Optional<Issue> lookAgain(String marker) throws InterruptedException {
        for (Duration wait : LOOKS) {
            pause.of(wait);
            try {
                Optional<Issue> found =
                        find(marker).stream().filter(issue -> !issue.done()).findFirst();
                if (found.isPresent()) {
                    return found;
                }
            } catch (JiraFailure e) {
                continue;
            }
        }
        return Optional.empty();
    }

    private Filing filed(Issue issue) {
        return new Filing.Filed(issue.key(), address(issue.key()), placement(issue));
    }

    private Placement placement(String key) throws InterruptedException {
        try {
            return issues.get(key).map(JiraDesk::placement).orElse(Placement.HANDED_OVER);
        } catch (JiraFailure e) {
            return Placement.HANDED_OVER;
        }
    }

    private static Placement placement(Issue issue) {
        return issue.assigned() ? Placement.PLACED : Placement.HANDED_OVER;
    }

    @Override
    public String address(String key) {
        return settings.url() + "/browse/" + key;
    }

    @Override
    public Filing close(String marker, String why, Leave leave) throws InterruptedException {
        return JiraCalls.asking(leave, () -> closing(marker, why));
    }

    private Filing closing(String marker, String why) throws InterruptedException {
        return result(() -> {
            List<Issue> open =
                    find(marker).stream().filter(issue -> !issue.done()).toList();
            Filing filing = new Filing.None();
            for (Issue issue : open) {
                say(issue, why);
                close(issue);
                filing = filing instanceof Filing.Filed ? filing : filed(issue);
            }
            return filing;
        });
    }

    private void close(Issue issue) throws JiraFailure, InterruptedException {
        List<Transition> ways = issues.transitions(issue.key());
        Optional<Transition> end = Transition.to(true, ways);
        if (end.isEmpty()) {
            throw JiraFailure.refused(new Problem(
                    "close " + issue.key(),
                    settings.place(),
                    "no transition leads from its status to one of the category Done; there are: "
                            + Transition.all(ways),
                    "close it by hand, or add such a transition to the workflow"));
        }
        issues.move(issue.key(), end.get());
    }

    @Override
    public String preview(String marker, Message message) {
        String assignee = NewIssue.mail(message)
                .map(mail -> "assigned to " + mail + ", where Jira knows one active person by it")
                .orElse("assigned as the project does by itself");
        List<JsonNode> parts = body.of(message);
        return "POST " + settings.url() + Dialect.of(settings).base() + "/issue\n" + assignee + "\n\n"
                + json(form.of(marker, message, Optional.empty()))
                + parts.stream()
                        .skip(1)
                        .map(part -> "\nas a comment, for it is long:\n\n" + json(part))
                        .collect(Collectors.joining());
    }

    private static String json(JsonNode node) {
        return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    @Override
    public String toString() {
        return name() + " " + settings.place();
    }

    @Override
    public void close() {
        end.run();
    }
}
