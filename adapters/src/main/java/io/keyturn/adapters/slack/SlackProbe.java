package io.keyturn.adapters.slack;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.checkup.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks whether the token of the Slack app works and what it may do, and sends nothing. */
public final class SlackProbe {
    private static final String NAME = "slack";

    private final SlackApi api;

    public SlackProbe(SlackAccess access) {
        this.api = access.api();
    }

    /** Asks Slack who the token is. */
    public List<Check> checks() throws InterruptedException {
        return switch (api.get("auth.test", Map.of(), "Slack")) {
            case Reply.Refused(String error, Problem problem) ->
                List.of(
                        error.isEmpty() || error.equals("ratelimited")
                                ? Check.unknown(null, NAME, problem.sentence())
                                : Check.fails(null, NAME, problem.sentence()));
            case Reply.Doubtful(Problem problem) -> List.of(Check.unknown(null, NAME, problem.sentence()));
            case Reply.Done done -> all(done);
        };
    }

    private static List<Check> all(Reply.Done done) {
        List<Check> checks = new ArrayList<>();
        String who = done.body().path("user").asString("");
        String team = done.body().path("team").asString("");
        checks.add(Check.works(null, NAME, "as " + who + " in " + team));
        if (done.scopes().isEmpty()) {
            checks.add(Check.unknown(null, NAME + " scopes", "Slack did not say what the token may do")
                    .optional());
            return checks;
        }
        checks.add(scope(done, "chat:write", "without it no message is sent"));
        checks.add(scope(done, "users:read", "without it nobody is told directly"));
        checks.add(scope(done, "users:read.email", "without it owners are not found by their mail address")
                .optional());
        if (!done.scopes().contains("chat:write.public")) {
            checks.add(Check.note(null, NAME + " chat:write.public", "not given: the app must be invited to channels"));
        }
        return checks;
    }

    private static Check scope(Reply.Done done, String scope, String without) {
        String name = NAME + " " + scope;
        return done.scopes().contains(scope)
                ? Check.works(null, name, "")
                : Check.fails(
                        null, name, "not given, and " + without + "; add it under OAuth & Permissions of the app");
    }
}
