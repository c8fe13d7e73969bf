package io.keyturn.proof.simulation;

import io.keyturn.adapters.jira.JiraDesk;
import io.keyturn.adapters.jira.JiraSettings;
import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Request;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project of Jira Cloud, as the real desk asks it: its search is behind by seconds, every request can meet a blow, and
 * what was sent may take effect after everybody has stopped looking for it.
 */
final class SimulatedJira implements Patience.Sender {
    private static final String BASE = "/rest/api/3";
    private static final Pattern ISSUE = Pattern.compile(BASE + "/issue/(OPS-\\d+)(/.*)?");
    private static final Pattern LABEL = Pattern.compile("labels = \"([^\"]*)\"");
    private static final Pattern KEY_ID =
            Pattern.compile("(AKIA[A-Z0-9]{16}) (?:null|Deadline\\[step=(\\w+), limit=\\w+, at=([^]]+)])");

    /** How far its search is behind; where it is stale, further. */
    private static final Duration BEHIND = Duration.ofSeconds(4);

    private static final Duration STALE = Duration.ofSeconds(25);

    /** Later than the desk looks for what it asked for. */
    private static final Duration LATE = Duration.ofSeconds(40);

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * What an issue says of a key.
     *
     * @param step what is announced; empty where nothing is
     * @param due when that comes; empty where nothing does
     */
    record Word(String key, String step, String due, Instant at) {}

    /** An issue as it is. */
    record Issue(String name, Set<String> labels, List<Word> words, boolean done, String said, Instant made) {
        Issue {
            labels = Set.copyOf(labels);
            words = List.copyOf(words);
        }

        /** The access keys that it names. */
        Set<String> keys() {
            return words.stream().map(Word::key).collect(Collectors.toCollection(TreeSet::new));
        }

        String marker() {
            return labels.stream().filter(label -> !label.equals("keyturn")).collect(Collectors.joining());
        }

        private Issue moved(boolean end) {
            return new Issue(name, labels, words, end, said, made);
        }

        private Issue keeping(String fingerprint) {
            return new Issue(name, labels, words, done, fingerprint, made);
        }

        private Issue commented(List<Word> more) {
            return new Issue(
                    name, labels, Stream.concat(words.stream(), more.stream()).toList(), done, said, made);
        }
    }

    /** What is under way still. */
    private record Landing(Instant at, Request request) {}

    final List<Issue> issues = new ArrayList<>();
    private final List<Landing> late = new ArrayList<>();
    private final Points points;
    private final InstantSource clock;
    private final Runnable beforeWrite;

    /** @param beforeWrite looks right before a request that changes something */
    SimulatedJira(Points points, InstantSource clock, Runnable beforeWrite) {
        this.points = points;
        this.clock = clock;
        this.beforeWrite = beforeWrite;
    }

    private static List<Word> words(String text, Instant now) {
        return KEY_ID.matcher(text)
                .results()
                .map(found -> new Word(
                        found.group(1),
                        Objects.requireNonNullElse(found.group(2), ""),
                        Objects.requireNonNullElse(found.group(3), ""),
                        now))
                .toList();
    }

    /** A desk of its own for each run: what one remembered died with it. Null where no tickets are filed. */
    static @Nullable TicketTools tools(Life life, Patience.Sender web) {
        TicketTools.Each each = life.scenario().tickets();
        if (each == null) {
            return null;
        }
        JiraSettings settings = new JiraSettings(
                URI.create("https://jira.example.com"),
                "OPS",
                JiraSettings.DEFAULT_TYPE,
                "keyturn@example.com",
                new Secret("token-of-jira"),
                List.of(),
                NODES.objectNode());
        return new TicketTools(
                new JiraDesk(settings, web, () -> {}, life.clock, life.clock::move), new FewWords(), each);
    }

    /** What was under way and has come by now takes effect. */
    void settle() {
        if (late.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Landing> due =
                late.stream().filter(landing -> !landing.at().isAfter(now)).toList();
        late.removeAll(due);
        due.forEach(landing -> answer(landing.request(), BEHIND, landing.at()));
    }

    /** Whether nothing is under way. */
    boolean isSettled() {
        return late.isEmpty();
    }

    @Override
    public Answer send(Request request) {
        String path = request.target().getPath();
        boolean reads = request.method().equals("GET") || path.endsWith("/search/jql");
        if (!reads) {
            beforeWrite.run();
        }
        Blow blow = points.meet(reads ? Blow.Place.DESK_READ : Blow.Place.DESK_WRITE);
        settle();
        Answer answer = new Answer.Lost("it was so ordained");
        if (Points.takesEffect(blow) || blow == Blow.STALE) {
            answer = answered(200, answer(request, blow == Blow.STALE ? STALE : BEHIND, clock.instant()));
            points.after(blow);
        } else if (blow == Blow.LATE_LANDING) {
            late.add(new Landing(clock.instant().plus(LATE), request));
        }
        return switch (blow) {
            case DENIED -> answered(403, "{}");
            case ERROR_BEFORE, ERROR_AFTER -> answered(500, "{}");
            case DROPPED_BEFORE, DROPPED_AFTER, LATE_LANDING -> new Answer.Lost("it was so ordained");
            default -> answer;
        };
    }

    private static Answer answered(int status, String body) {
        return new Answer.Answered(status, HttpHeaders.of(Map.of(), (name, value) -> true), body);
    }

    private String answer(Request request, Duration behind, Instant now) {
        String path = request.target().getPath();
        String body = request.body() == null ? "" : request.body();
        if (path.equals(BASE + "/search/jql")) {
            return search(body, now.minus(behind));
        }
        if (path.equals(BASE + "/user/assignable/search")) {
            return "[{\"accountId\":\"id-ann\",\"active\":true}]";
        }
        if (path.equals(BASE + "/issue")) {
            return made(JSON.readTree(body), body, now);
        }
        Matcher matcher = ISSUE.matcher(path);
        if (!matcher.matches()) {
            throw new AssertionError("no such address: " + path);
        }
        int at = issues.stream().map(Issue::name).toList().indexOf(matcher.group(1));
        Issue issue = issues.get(at);
        String below = matcher.group(2) == null ? "" : matcher.group(2);
        return switch (below) {
            case "" -> json(issue);
            case "/transitions" ->
                request.method().equals("GET") ? ways(issue) : set(at, issue.moved(body.contains("end")));
            case "/comment" -> set(at, issue.commented(words(body, now)));
            default -> set(at, issue.keeping(JSON.readTree(body).path("said").asString()));
        };
    }

    private String set(int at, Issue issue) {
        issues.set(at, issue);
        return "{}";
    }

    private String search(String body, Instant seen) {
        Matcher label = LABEL.matcher(JSON.readTree(body).path("jql").asString());
        ObjectNode page = NODES.objectNode().put("isLast", true);
        var found = page.putArray("issues");
        if (label.find()) {
            issues.stream()
                    .filter(issue -> issue.labels().contains(label.group(1))
                            && issue.made().isBefore(seen))
                    .forEach(issue -> found.addObject().put("key", issue.name()));
        }
        return page.toString();
    }

    private String made(JsonNode form, String body, Instant now) {
        String name = "OPS-" + (issues.size() + 1);
        Set<String> labels = form.path("fields")
                .path("labels")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
        String said = form.path("properties").path(0).path("value").path("said").asString("");
        issues.add(new Issue(name, labels, words(body, now), false, said, now));
        return NODES.objectNode().put("key", name).toString();
    }

    private static String json(Issue issue) {
        ObjectNode json =
                NODES.objectNode().put("id", issue.name().substring(4)).put("key", issue.name());
        ObjectNode fields = json.putObject("fields");
        fields.set("status", status(issue.done()));
        fields.putObject("assignee").put("active", true);
        var labels = fields.putArray("labels");
        issue.labels().forEach(labels::add);
        json.putObject("properties").putObject("keyturn").put("said", issue.said());
        return json.toString();
    }

    private static ObjectNode status(boolean done) {
        ObjectNode status = NODES.objectNode().put("name", done ? "Done" : "To Do");
        status.putObject("statusCategory").put("key", done ? "done" : "new");
        return status;
    }

    private static String ways(Issue issue) {
        ObjectNode json = NODES.objectNode();
        ObjectNode way = json.putArray("transitions").addObject();
        way.put("id", issue.done() ? "again" : "end").set("to", status(!issue.done()));
        return json.toString();
    }
}
