package io.keyturn.adapters.jira;

import io.keyturn.core.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The issues of one project: each method is one thing that Jira is asked. */
final class Issues {
    /** Pages of one search, beyond which it is not believed. */
    private static final int PAGES = 40;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JiraSettings settings;
    private final Dialect dialect;
    private final JiraCalls calls;

    Issues(JiraSettings settings, Dialect dialect, JiraCalls calls) {
        this.settings = settings;
        this.dialect = dialect;
        this.calls = calls;
    }

    /**
     * All issues with the label, oldest first. The search alone is behind the times, for seconds and now and then for
     * minutes: it names candidates, and each is then read itself.
     *
     * @param more keys to look at besides
     */
    List<Issue> labelled(String label, Set<String> more) throws JiraFailure, InterruptedException {
        Set<String> keys = new LinkedHashSet<>(more);
        // Both texts were checked to be words: there is nothing in them to quote.
        String jql = "project = \"" + settings.project() + "\" AND labels = \"" + label + "\" ORDER BY created ASC";
        JsonNode after = JSON.missingNode();
        for (int pages = 0; pages == 0 || !after.isMissingNode(); pages++) {
            if (pages == PAGES) {
                throw JiraFailure.refused(new Problem(
                        "look for the ticket",
                        settings.place(),
                        "Jira's search does not end",
                        "the next run tries again"));
            }
            Dialect.Search search = dialect.search(jql, after);
            JsonNode page = calls.ask("look for the ticket", search.path(), search.body());
            page.path("issues").forEach(issue -> keys.add(issue.path("key").asString("")));
            after = dialect.next(page);
        }
        List<Issue> issues = new ArrayList<>();
        for (String key : keys) {
            get(key).filter(issue -> issue.labels().contains(label)).ifPresent(issues::add);
        }
        issues.sort((a, b) -> Long.compare(a.number(), b.number()));
        return issues;
    }

    /** The issue as it stands now; empty where there is none. */
    Optional<Issue> get(String key) throws JiraFailure, InterruptedException {
        try {
            String query = "?fields=status,assignee,labels&properties=" + Issue.PROPERTY;
            return Optional.of(Issue.of(calls.read("read " + key, path(key) + query)));
        } catch (JiraFailure e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes one; its key. */
    String create(JsonNode issue) throws JiraFailure, InterruptedException {
        return calls.create(dialect.base() + "/issue", issue);
    }

    /** Comments on it, and keeps the fingerprint of what was said. */
    void comment(String key, JsonNode body, String fingerprint) throws JiraFailure, InterruptedException {
        calls.change(
                "comment on " + key,
                "POST",
                path(key) + "/comment",
                JSON.objectNode().set("body", body));
        try {
            calls.change(
                    "keep what was said in " + key,
                    "PUT",
                    path(key) + "/properties/" + Issue.PROPERTY,
                    said(fingerprint));
        } catch (JiraFailure e) {
            // It is said. At worst it is said once more, when it is next due.
            return;
        }
    }

    /** Comments on it. */
    void comment(String key, JsonNode body) throws JiraFailure, InterruptedException {
        calls.change(
                "comment on " + key,
                "POST",
                path(key) + "/comment",
                JSON.objectNode().set("body", body));
    }

    /** What is kept of what was said. */
    static ObjectNode said(String fingerprint) {
        return JSON.objectNode().put("said", fingerprint);
    }

    /** Where it can go from where it is. */
    List<Transition> transitions(String key) throws JiraFailure, InterruptedException {
        List<Transition> transitions = new ArrayList<>();
        calls.read("read what can be done with " + key, path(key) + "/transitions?expand=transitions.fields")
                .path("transitions")
                .forEach(transition -> transitions.add(Transition.of(transition)));
        return transitions;
    }

    /** Sends it there. */
    void move(String key, Transition transition) throws JiraFailure, InterruptedException {
        ObjectNode body = JSON.objectNode();
        body.set("transition", JSON.objectNode().put("id", transition.id()));
        if (!transition.fields().isEmpty()) {
            body.set("fields", transition.fields());
        }
        try {
            calls.change("move " + key + " to " + transition.to(), "POST", path(key) + "/transitions", body);
        } catch (JiraFailure e) {
            // Unlike a search, the issue itself is never behind the times.
            if (!e.doubtful()
                    || get(key).filter(issue -> issue.done() == transition.done())
                            .isEmpty()) {
                throw e;
            }
        }
    }

    /** Links two of them as related; whether Jira let. */
    boolean relate(String key, String other) throws InterruptedException {
        ObjectNode link = JSON.objectNode();
        link.set("type", JSON.objectNode().put("name", "Relates"));
        link.set("inwardIssue", JSON.objectNode().put("key", other));
        link.set("outwardIssue", JSON.objectNode().put("key", key));
        try {
            calls.change("link " + key + " with " + other, "POST", dialect.base() + "/issueLink", link);
            return true;
        } catch (JiraFailure e) {
            return false;
        }
    }

    /** The one active person with that mail address, as a field takes them; empty where that is not to be told. */
    Optional<JsonNode> assignable(String mail) throws InterruptedException {
        JsonNode people;
        try {
            people = calls.read("look for " + mail, dialect.assignable(settings.project(), mail));
        } catch (JiraFailure e) {
            return Optional.empty();
        }
        List<JsonNode> fit = new ArrayList<>();
        people.forEach(person -> {
            // Where people hide their address it was searched by nevertheless.
            String shown = person.path("emailAddress").asString("");
            if (person.path("active").asBoolean(false) && (shown.isEmpty() || shown.equalsIgnoreCase(mail))) {
                fit.add(person);
            }
        });
        return fit.size() == 1 ? Optional.of(dialect.person(fit.getFirst())) : Optional.empty();
    }

    private String path(String key) {
        return dialect.base() + "/issue/" + key;
    }
}
