package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.ControlCount;
import io.keyturn.core.report.Summary;
import io.keyturn.core.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the report stands on: what was read, how well, and what was not. */
final class EvidenceValues {
    private static final int MOST_CAUSES = 8;

    private EvidenceValues() {}

    /** An account and how it was read. */
    record AccountValue(String name, String number, String via, String asOf, String keys, boolean whole, String read) {}

    static void put(Map<String, Object> values, Summary summary, List<Attention> keys, Making making) {
        List<AccountRow> skipped = summary.accounts().stream()
                .filter(row -> row.state() == AccountRow.State.SKIPPED)
                .toList();
        values.put(
                "accounts",
                summary.accounts().stream()
                        .filter(row -> row.state() != AccountRow.State.SKIPPED)
                        .map(EvidenceValues::account)
                        .toList());
        long root = keys.stream()
                .filter(key -> key.finding().reasons().stream().anyMatch(Reason.RootKey.class::isInstance))
                .count();
        String left = skipped.isEmpty()
                ? "No account was left out."
                : "Left out: "
                        + skipped.stream()
                                .map(row -> Safe.text(row.name()) + " (" + Safe.text(row.read()) + ")")
                                .collect(Collectors.joining(", "))
                        + ".";
        values.put("notLookedAt", left + " Root access keys: " + (root == 0 ? "none was found." : root + "."));
        values.put("notes", summary.notes().stream().map(Safe::text).toList());
        values.put(
                "controls",
                ControlCount.of(keys).stream().map(EvidenceValues::control).toList());
        int tolerated = ControlCount.tolerated(keys);
        values.put(
                "tolerated",
                tolerated == 0
                        ? ""
                        : PictureValues.counted(tolerated) + (tolerated == 1 ? " is" : " are")
                                + " healthy, due soon or exempt here and still "
                                + (tolerated == 1 ? "breaks" : "break") + " the 90-day control: the policies let "
                                + (tolerated == 1 ? "it" : "them") + " be older.");
        values.put("policyHash", PlanValues.grouped(making.fingerprint(), 8));
        JournalPast journal = making.journal();
        values.put("journalHash", journal.hash().isEmpty() ? "" : PlanValues.grouped(journal.hash(), 8));
        values.put("journalEntries", "%,d".formatted(journal.entries()));
        values.put(
                "journalHeads",
                journal.heads().stream()
                        .map(head -> head.stream() + ", entry " + head.sequence() + ": "
                                + PlanValues.grouped(head.hash(), 8))
                        .toList());
        values.put("madeBy", making.version());
        values.put("command", making.command() + " --output html");
    }

    private static AccountValue account(AccountRow row) {
        boolean whole = row.state() == AccountRow.State.WHOLE;
        ReadVia via = row.via();
        return new AccountValue(
                Safe.text(row.name()),
                row.id().equals(row.name()) ? "" : PlanValues.grouped(Safe.text(row.id()), 4),
                via == null ? "–" : via == ReadVia.LIVE ? "live" : "report",
                row.asOf() == null ? "–" : ReportDates.minute(row.asOf()),
                row.state() == AccountRow.State.FAILED ? "–" : Integer.toString(row.keys()),
                whole,
                Safe.text(row.read()));
    }

    private static ControlCount control(ControlCount control) {
        return new ControlCount(control.says(), dash(control.cis()), dash(control.hub()), control.broken());
    }

    private static String dash(String number) {
        return number.isEmpty() ? "–" : number;
    }

    /** What could not be read or judged, a sentence each: accounts first, then keys by cause. */
    static List<String> unread(Summary summary, List<Attention> keys) {
        List<String> sentences = new ArrayList<>();
        summary.unread().forEach(sentence -> sentences.add(Safe.text(sentence) + "."));
        Map<String, Integer> causes = new TreeMap<>();
        for (Attention key : keys) {
            if (key.finding().standing() == Standing.UNKNOWN) {
                causes.merge(Safe.text(key.account() + ": " + Words.why(key.finding())), 1, Integer::sum);
            }
        }
        causes.entrySet().stream()
                .limit(MOST_CAUSES)
                .forEach(cause ->
                        sentences.add(PictureValues.counted(cause.getValue()) + " in " + cause.getKey() + "."));
        if (causes.size() > MOST_CAUSES) {
            sentences.add("The other causes stand with their keys in the table.");
        }
        return sentences;
    }
}
