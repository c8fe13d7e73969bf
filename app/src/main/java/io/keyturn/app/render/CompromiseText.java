package io.keyturn.app.render;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.User;
import io.keyturn.engine.port.Belongings;
import io.keyturn.engine.port.Belongings.Holding;
import io.keyturn.engine.port.Belongings.Item;
import io.keyturn.engine.run.Aftermath;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What there is to see, and left to do by hand, after a key was declared compromised. */
public final class CompromiseText {
    private static final String QUARANTINE = "AWSCompromisedKeyQuarantine";

    private final PrintWriter out;

    public CompromiseText(PrintWriter out) {
        this.out = out;
    }

    /** What the user has, as far as it could be read. */
    public void aftermath(Aftermath aftermath) {
        User user = aftermath.user();
        if (user == null) {
            Problem problem = aftermath.problem();
            line("access keys", problem == null ? "none: the user is gone" : "not known: " + Safe.text(problem.why()));
        } else {
            line("access keys", keys(user.keys()));
        }
        for (Holding holding : aftermath.belongings().holdings()) {
            line(holding.kind().label(), items(holding));
        }
        if (aftermath.belongings().holdings().isEmpty()) {
            line("other credentials", "not looked at: the user could not be read");
        }
        if (user != null) {
            line("AWS's quarantine", quarantine(user.policies()));
        }
        new DeedsText(out, this::line).show(aftermath.did());
    }

    private void line(String what, String found) {
        out.println(String.format(Locale.ROOT, "  %-22s%s", what, found));
    }

    private static String keys(Fact<List<AccessKey>> keys) {
        return switch (keys) {
            case Fact.Known<List<AccessKey>>(List<AccessKey> all, Instant asOf) ->
                all.isEmpty() ? "none" : all.stream().map(CompromiseText::key).collect(Collectors.joining("; "));
            case Fact.NotRead<List<AccessKey>>() -> "not looked at";
            case Fact.Unknown<List<AccessKey>>(String why) -> "not known: " + Safe.text(why);
        };
    }

    private static String key(AccessKey key) {
        return (key.id() == null ? "a key" : key.id().lastFour()) + (key.active() ? " still works" : " is switched off")
                + ", made " + day(key.created());
    }

    private static String items(Holding holding) {
        return switch (holding.items()) {
            case Fact.Known<List<Item>>(List<Item> all, Instant asOf) ->
                all.isEmpty() ? "none" : all.stream().map(CompromiseText::item).collect(Collectors.joining("; "));
            case Fact.NotRead<List<Item>>() -> "not looked at";
            case Fact.Unknown<List<Item>>(String why) -> "not known: " + Safe.text(why);
        };
    }

    private static String item(Item item) {
        Instant created = item.created();
        return Safe.text(item.name())
                + (item.active() ? " works" : " is switched off")
                + (created == null ? "" : ", made " + day(created));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static String quarantine(Fact<List<String>> policies) {
        return switch (policies) {
            case Fact.Known<List<String>>(List<String> all, Instant asOf) ->
                all.stream()
                        .filter(name -> name.startsWith(QUARANTINE))
                        .findFirst()
                        .map(name -> Safe.text(name) + " is attached: leave it, Keyturn does too")
                        .orElse("none is attached");
            case Fact.NotRead<List<String>>() -> "not looked at";
            case Fact.Unknown<List<String>>(String why) -> "not known: " + Safe.text(why);
        };
    }

    /**
     * The policies that a person attaches.
     *
     * @param until sessions that were given out before this instant are ended
     */
    public void policies(Account account, User user, Instant until) {
        out.println();
        out.println(
                "A session that was made with a key outlives it by up to 36 hours. To end those that the user itself");
        out.println(
                "was given, put this on the user; for roles it went into, use \"Revoke active sessions\" of each role:");
        out.println(json(
                "Sessions",
                "DateLessThan",
                "aws:TokenIssueTime",
                Instant.ofEpochSecond(until.getEpochSecond() + 1).toString()));
        out.println();
        out.println("To keep the user from doing anything in " + Safe.text(account.name())
                + " meanwhile, attach this as a service control policy:");
        out.println(json("CompromisedUser", "ArnEquals", "aws:PrincipalArn", user.arn()));
        out.println();
    }

    private static String json(String sid, String operator, String key, String value) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement")
                .addObject()
                .put("Sid", sid)
                .put("Effect", "Deny")
                .put("Action", "*")
                .put("Resource", "*");
        statement.putObject("Condition").putObject(operator).put(key, value);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(policy);
    }

    /** Whether something there is to look at was not answered. */
    public static boolean isWhole(Aftermath aftermath) {
        User user = aftermath.user();
        Belongings belongings = aftermath.belongings();
        return user != null
                && user.keys() instanceof Fact.Known
                && aftermath.did() instanceof Fact.Known
                && !belongings.holdings().isEmpty()
                && belongings.holdings().stream().allMatch(holding -> holding.items() instanceof Fact.Known);
    }
}
