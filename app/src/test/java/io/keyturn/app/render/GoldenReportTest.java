package io.keyturn.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.Golden;
import io.keyturn.app.render.html.HtmlRenderer;
import io.keyturn.app.render.html.Making;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The report of a small organization that has something of most kinds, and each of its pictures. */
class GoldenReportTest {
    /** One that is more than a mark of the sprite. */
    private static final Pattern PICTURE = Pattern.compile("<svg(?:(?!</svg>).){150,}</svg>", Pattern.DOTALL);

    /** What is written in files of its own. */
    private static final Pattern APART = Pattern.compile("(<(style|script)[^>]*>).*?</\\2>", Pattern.DOTALL);

    private static final Pattern HASH = Pattern.compile("sha256-[A-Za-z0-9+/=]+");

    private static final List<DayTotal> PAST = List.of(
            new DayTotal(LocalDate.parse("2026-11-09"), Map.of(Standing.EXPIRED, 6, Standing.WARNED, 3), 4),
            new DayTotal(LocalDate.parse("2026-11-16"), Map.of(Standing.EXPIRED, 4, Standing.WARNED, 4), 5));

    private static AccessKey key(int number, boolean active, long age, LastUse use) {
        AccessKey key = Outcomes.key(number, age, 0);
        return new AccessKey(key.slot(), key.id(), active, key.created(), use, key.asOf());
    }

    private static List<AccountOutcome> organization() {
        return List.of(
                Outcomes.production(),
                Outcomes.surveyed(
                        "222233334444",
                        "data <b>",
                        Reading.COMPLETE,
                        Outcomes.user("never.used", "team-a", key(2001, true, 60, LastUse.NEVER_USED)),
                        Outcomes.user("switched.off", "team-a", key(2002, false, 300, LastUse.NEVER_USED)),
                        Outcomes.user("not.known", "", key(2003, true, 88, new LastUse.Unknown("throttled"))),
                        Outcomes.user("two.keys", "team-b", Outcomes.key(2004, 95, 1), Outcomes.key(2005, 10, 0)),
                        Outcomes.user("<script>alert(1)</script>", "مفاتيح", Outcomes.key(2006, 500, 40)),
                        Outcomes.user("soon", "team-b", Outcomes.key(2007, 84, 2))),
                Outcomes.failed("audit"));
    }

    private static String report() {
        List<AccountOutcome> outcomes = organization();
        StringWriter page = new StringWriter();
        Making making = new Making(
                "keyturn scan", "keyturn 0.1.0", false, Outcomes.RULES.policies(), "0".repeat(64), List.of(), PAST);
        HtmlRenderer html = new HtmlRenderer(new PrintWriter(page), Outcomes.NOW, making);
        outcomes.forEach(outcome -> html.account(outcome, finding -> true));
        html.end(Outcomes.plan(outcomes.toArray(AccountOutcome[]::new)), true);
        return page.toString();
    }

    @Test
    void theReportAndItsPicturesLookAsTheyDidWhenTheyWereLookedAt() throws IOException {
        String html =
                HASH.matcher(APART.matcher(report()).replaceAll("$1</$2>")).replaceAll("sha256-");
        Golden golden = new Golden("report");
        StringBuilder page = new StringBuilder();
        Matcher pictures = PICTURE.matcher(html);
        int number = 0;
        while (pictures.find()) {
            number++;
            pictures.appendReplacement(page, "<svg picture-" + number + ">");
            // An element a line, so that a difference is seen.
            golden.same(Path.of("picture-" + number + ".svg"), pictures.group().replace("><", ">\n<") + "\n");
        }
        pictures.appendTail(page);
        golden.same(Path.of("report.html"), page.toString());
        assertThat(number).isGreaterThan(4);
        golden.nothingElse();
    }
}
