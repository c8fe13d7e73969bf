package io.keyturn.adapters.jira;

import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.engine.checkup.Check;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Looks whether tickets could be filed, and files none. */
public final class JiraProbe implements AutoCloseable {
    private static final String NAME = "jira";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What filing and closing take; Jira's names of them. */
    private static final List<String> NEEDED =
            List.of("BROWSE_PROJECTS", "CREATE_ISSUES", "ADD_COMMENTS", "EDIT_ISSUES", "TRANSITION_ISSUES");

    private static final String ASSIGN = "ASSIGN_ISSUES";

    private final JiraSettings settings;
    private final WebCalls web;
    private final Dialect dialect;
    private final JiraCalls calls;

    /** @param web for this probe alone, which closes it */
    public JiraProbe(JiraSettings settings, WebCalls web, InstantSource clock, Patience.Pause pause) {
        this.settings = settings;
        this.web = web;
        this.dialect = Dialect.of(settings);
        this.calls = new JiraCalls(settings, web::send, new Patience(clock, pause, PATIENCE));
    }

    /** A question to Jira. */
    private interface Question {
        Check answer() throws JiraFailure, InterruptedException;
    }

    /** Who we are, what we may, and whether the project takes such a ticket. */
    public List<Check> checks() throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        checks.add(tried(NAME, this::account));
        if (!checks.getFirst().inTheWay()) {
            checks.add(tried(NAME + " permissions", this::permissions));
            checks.add(tried(NAME + " tickets", this::form));
        }
        return checks;
    }

    private static Check tried(String name, Question question) throws InterruptedException {
        try {
            return question.answer();
        } catch (JiraFailure e) {
            String said = e.problem().sentence();
            return e.status() == 0 || e.status() >= 500 || e.status() == 429
                    ? Check.unknown(null, name, said)
                    : Check.fails(null, name, said);
        }
    }

    private Check account() throws JiraFailure, InterruptedException {
        String who = calls.read("ask who we are", dialect.base() + "/myself")
                .path("displayName")
                .asString("");
        return Check.works(null, NAME, "as " + JiraText.clean(who) + " at " + settings.url());
    }

    private Check permissions() throws JiraFailure, InterruptedException {
        String query = "/mypermissions?projectKey=" + settings.project() + "&permissions=" + String.join(",", NEEDED)
                + "," + ASSIGN;
        JsonNode all = calls.read("ask what we may", dialect.base() + query).path("permissions");
        String name = NAME + " permissions";
        String lacking =
                NEEDED.stream().filter(permission -> !has(all, permission)).collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) {
            return Check.fails(
                    null,
                    name,
                    lacking + " is lacking in the project " + settings.project() + "; let the account have it");
        }
        return has(all, ASSIGN)
                ? Check.works(null, name, "in the project " + settings.project())
                : Check.note(
                        null,
                        name,
                        ASSIGN
                                + " is lacking: tickets stay with whom the project assigns them to, and count as placed only"
                                + " where that is somebody active");
    }

    private static boolean has(JsonNode permissions, String name) {
        return permissions.path(name).path("havePermission").asBoolean(false);
    }

    private Check form() throws JiraFailure, InterruptedException {
        String name = NAME + " tickets";
        CreateMeta meta = new CreateMeta(settings, dialect, calls);
        List<CreateMeta.Type> types = meta.types();
        Optional<CreateMeta.Type> type = meta.type(types);
        if (type.isEmpty()) {
            return Check.fails(
                    null, name, meta.noSuchType("file tickets", types).sentence());
        }
        List<CreateMeta.Missing> missing = meta.missing(type.get());
        return missing.isEmpty()
                ? Check.works(null, name, "as " + settings.type() + " in " + settings.project())
                : Check.fails(
                        null,
                        name,
                        missing.stream()
                                .map(field -> "Jira requires the field " + field.sentence() + "; " + field.advice())
                                .collect(Collectors.joining("; ")));
    }

    @Override
    public void close() {
        web.close();
    }
}
