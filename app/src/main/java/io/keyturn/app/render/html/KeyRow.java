package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.core.report.Words;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A key as it stands in tables and pictures; all text is harmless, and not yet escaped.
 *
 * @param anchor its place in the table
 * @param look the class of its standing
 * @param bar classes of its age against the limit, empty where one of them is not known
 * @param policy that governs it; empty where none does
 * @param story where its story is told on the same page; empty where it is not
 */
public record KeyRow(
        String anchor,
        String look,
        String standing,
        String user,
        String four,
        String account,
        String owner,
        boolean nobody,
        String age,
        String bar,
        String lastUse,
        String why,
        String next,
        String when,
        String decision,
        String policy,
        String story) {
    /** Where the tick of the limit is on a bar, and where the bar ends, in pixels. */
    static final int LIMIT = 44;

    static final int RAIL = 64;

    static KeyRow of(Attention key, @Nullable Policy policy, Anchors anchors, ReportDates dates) {
        return of(key, policy, anchors.of(key.finding().credential()), dates);
    }

    /** The row of a key that is found at {@code anchor}. */
    public static KeyRow of(Attention key, @Nullable Policy policy, String anchor, ReportDates dates) {
        Finding finding = key.finding();
        KeyId id = finding.credential().keyId();
        String owner = Safe.text(OwnerRow.nameOf(key));
        Long age = finding.ageDays();
        return new KeyRow(
                anchor,
                Look.of(finding.standing()),
                Look.label(finding.standing()),
                Safe.text(finding.credential().principal().display()),
                id == null ? "····" : id.lastFour(),
                Safe.text(key.account()),
                owner.isEmpty() ? "no owner" : owner,
                owner.isEmpty(),
                age == null ? "–" : age + " d",
                bar(finding.age(), policy == null ? null : policy.age()),
                Safe.text(dates.ago(finding.lastUse())),
                ShortIds.of(Safe.text(Words.why(finding))),
                next(key.todo()),
                dates.by(key.at()),
                key.decision(),
                finding.governedBy() == null ? "" : finding.governedBy(),
                "");
    }

    /** The same where its story is told at {@code place}. */
    KeyRow told(String place) {
        return new KeyRow(
                anchor, look, standing, user, four, account, owner, nobody, age, bar, lastUse, why, next, when,
                decision, policy, place);
    }

    private static String next(String todo) {
        return switch (todo) {
            case "name owner" -> "name an owner";
            case "choose key" -> "choose a key";
            default -> todo;
        };
    }

    /** Coloured by age alone, so that the bar of a key that is only idle stays grey. */
    private static String bar(@Nullable Duration age, @Nullable Limit limit) {
        if (age == null || limit == null || limit.expire().isZero()) {
            return "";
        }
        long width =
                Math.min(RAIL, age.toDays() * LIMIT / Math.max(1, limit.expire().toDays()));
        String look =
                age.compareTo(limit.expire()) >= 0 ? "overdue" : age.compareTo(limit.warn()) >= 0 ? "due" : "calm";
        return look + " w" + width;
    }

    /** The key in a sentence: whose, how it stands, how old, and when it was last used. */
    static String sentence(Attention key, ReportDates dates) {
        Finding finding = key.finding();
        KeyId id = finding.credential().keyId();
        Long age = finding.ageDays();
        return Safe.text(finding.credential().principal().display()) + (id == null ? "" : " · " + id.lastFour()) + " · "
                + Safe.text(key.account()) + ": " + Words.of(finding.standing()) + ", "
                + (age == null ? "age not known" : age == 1 ? "1 day old" : age + " days old") + ", "
                + dates.sentence(finding.lastUse());
    }
}
