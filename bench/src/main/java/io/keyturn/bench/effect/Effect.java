package io.keyturn.bench.effect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Lives the year under each tool, and prints a table; with a folder as argument it also writes table and picture there. */
public final class Effect {
    private static final long SEED = 7;

    private Effect() {}

    /** Runs it. */
    public static void main(String... arguments) throws Exception {
        Map<String, Tally> years = new LinkedHashMap<>();
        int users = new Street(SEED).users().size();
        for (Function<Street, Tool> tool : List.<Function<Street, Tool>>of(
                street -> new Warner(street, Warner.Which.KEYCHECK),
                street -> new Warner(street, Warner.Which.SLEUTH),
                street -> new Warner(street, Warner.Which.SENTRY),
                Rotator::new,
                street -> new Keyturn(street, "keyturn", Policies.ahead()),
                street -> new Keyturn(street, "keyturn, rotating at the limit", Policies.atTheLimit()))) {
            Street street = new Street(SEED);
            Tool under = tool.apply(street);
            Tally tally = street.year(under);
            years.put(under.name(), tally);
            System.err.print(row(under.name(), tally, users));
        }
        String table = table(years, users);
        System.out.print(table + "\n" + byOwner(years));
        if (arguments.length > 0) {
            write(Path.of(arguments[0]), table, years);
        }
    }

    private static void write(Path folder, String table, Map<String, Tally> years) throws IOException {
        Path page = folder.resolve("effect.md");
        String text = replaced(Files.readString(page), "| tool |", table);
        Files.writeString(page, replaced(text, "| key-days overdue of |", byOwner(years)));
        Files.writeString(folder.resolve("effect.svg"), Picture.of(years));
    }

    /** The text with another table in the place of the one that begins so. */
    private static String replaced(String text, String head, String table) {
        int from = text.indexOf(head);
        int to = text.indexOf("\n\n", from);
        return text.substring(0, from) + table.stripTrailing() + text.substring(to);
    }

    static String table(Map<String, Tally> years, int users) {
        StringBuilder table = new StringBuilder("""
                | tool | days overdue, median | key-days overdue | lock-outs | secrets lost | tickets | messages a person, median | messages a replaced key, median / 9 of 10 | about healthy keys | messages in all |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                """);
        years.forEach((name, tally) -> table.append(row(name, tally, users)));
        return table.toString();
    }

    /** Key-days overdue by the kind of owner, as a table. */
    static String byOwner(Map<String, Tally> years) {
        StringBuilder table = new StringBuilder("| key-days overdue of |");
        years.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n|---|").append("--:|".repeat(years.size())).append('\n');
        for (Temper temper : Temper.values()) {
            table.append("| ").append(temper.name().toLowerCase(Locale.ROOT)).append(" |");
            years.values()
                    .forEach(tally ->
                            table.append(' ').append(tally.overdueDays(temper)).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private static String row(String name, Tally tally, int users) {
        return "| %s | %d | %d | %d | %d | %d | %d | %d / %d | %d | %d |\n"
                .formatted(
                        name,
                        tally.medianOverdue(),
                        tally.overdueDays(),
                        tally.lockOuts,
                        tally.secretsLost,
                        tally.tickets,
                        tally.medianPerUser(users),
                        tally.medianPerEnded(),
                        tally.ninetyPerEnded(),
                        tally.forHealthy,
                        tally.messages());
    }
}
