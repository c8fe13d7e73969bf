package io.keyturn.app.render;

import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.checkup.AccountCheckup;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Checkup;
import io.keyturn.engine.checkup.Remedy;
import io.keyturn.engine.checkup.Role;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What works and what does not, for people; accounts of the same results share one table. */
public final class CheckupText {
    /** Accounts that a heading names; more are counted. */
    private static final int NAMED = 5;

    private static final int NARROW = 80;

    private final PrintWriter out;
    private final Screen screen;
    private final Paint paint;

    public CheckupText(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
        this.paint = new Paint(screen);
    }

    /** Prints all of it. */
    public void print(Checkup checkup, List<Remedy> remedies) {
        headline(checkup);
        section("this machine", checkup.here());
        for (List<AccountCheckup> group : checkup.groups()) {
            AccountCheckup first = group.getFirst();
            Stage stage = first.stage();
            String heading = names(group.stream().map(AccountCheckup::label).toList())
                    + (stage == null ? "" : ", stage " + stage.label());
            section(heading, first.checks());
        }
        if (!checkup.leftOut().isEmpty()) {
            out.println();
        }
        for (Checkup.LeftOut account : checkup.leftOut()) {
            wrapped("", 2, "left out: " + paint.safe(account.label()) + ": " + paint.safe(account.why()));
        }
        remedies.forEach(this::print);
        out.flush();
    }

    private void headline(Checkup checkup) {
        long bad =
                checkup.accounts().stream().filter(account -> !account.works()).count();
        int all = checkup.accounts().size();
        String accounts = count(all, "account") + (bad == 0 ? "" : ": " + (all - bad) + " ok, " + bad + " not");
        String leftOut =
                checkup.leftOut().isEmpty() ? "" : ", " + checkup.leftOut().size() + " left out";
        long failing = checkup.here().stream().filter(Check::inTheWay).count();
        String rest = failing == 0 ? "" : "; on this machine " + count(failing, "thing") + " not";
        String first = checkup.works() ? "All that is needed works" : "Something that is needed does not work";
        wrapped("", 0, paint.bold(first) + "   " + accounts + leftOut + rest);
    }

    private void section(String heading, List<Check> checks) {
        out.println();
        wrapped("", 2, heading);
        int name = checks.stream()
                .mapToInt(check -> paint.safe(check.name()).length())
                .max()
                .orElse(0);
        boolean roles = checks.stream().anyMatch(check -> check.role() != null);
        for (Check check : checks) {
            Role role = check.role();
            String whose = roles ? KeyTable.pad(role == null ? "" : role.label(), 6) + " " : "";
            String row = KeyTable.pad(whose + KeyTable.pad(paint.safe(check.name()), name), 18) + "  ";
            // The mark is coloured, so its width is counted apart from its text.
            List<String> lines = Wrapped.lines(
                    "  " + row,
                    screen.width() < NARROW ? 4 : row.length() + 2,
                    paint.safe(words(check)),
                    screen.width());
            out.println(mark(check) + lines.getFirst().substring(1));
            lines.subList(1, lines.size()).forEach(out::println);
        }
    }

    private static String words(Check check) {
        if (!check.said().isEmpty()) {
            return check.said();
        }
        return switch (check.result()) {
            case WORKS -> "works";
            case NOTE -> "works";
            case FAILS -> "does not work";
            case UNKNOWN -> "not known";
            case UNUSED -> "not used";
        };
    }

    private String mark(Check check) {
        return paint.mark(
                switch (check.result()) {
                    case WORKS -> Standing.HEALTHY;
                    case NOTE -> Standing.WARNED;
                    case FAILS -> Standing.EXPIRED;
                    case UNKNOWN -> Standing.UNKNOWN;
                    case UNUSED -> Standing.EXEMPT;
                });
    }

    private void print(Remedy remedy) {
        out.println();
        String where = remedy.accounts().isEmpty() ? "" : " in " + names(remedy.accounts());
        wrapped("", 2, "To add to the policy of " + paint.safe(remedy.to()) + where + ":");
        JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(PolicyJson.document(remedy.statements()).get("Statement"))
                .lines()
                .forEach(line -> out.println(paint.safe(line)));
    }

    private String names(List<String> labels) {
        String named =
                String.join(", ", labels.stream().limit(NAMED).map(paint::safe).toList());
        int more = labels.size() - NAMED;
        String all = more > 0 ? named + " and " + more + " more" : named;
        return labels.size() == 1 ? all : labels.size() + " accounts: " + all;
    }

    private void wrapped(String first, int indent, String text) {
        Wrapped.lines(first, indent, text, screen.width()).forEach(out::println);
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
