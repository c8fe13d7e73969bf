package io.keyturn.app.render;

import io.keyturn.app.Golden;
import io.keyturn.app.render.html.ForecastPage;
import io.keyturn.app.render.html.HtmlRenderer;
import io.keyturn.app.render.html.Making;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.ForecastHours;
import io.keyturn.core.forecast.Forecaster;
import io.keyturn.core.forecast.People;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.History;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pages in a file of a small organization that has something of most kinds, and each of their pictures. */
class GoldenReportTest {
    /** One that is more than a mark of the sprite. */
    private static final int DAYS = 120;

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

    private static Forecast forecast(Rules rules) {
        Forecaster forecaster = new Forecaster(rules, Habits.NONE, People.DO_NOTHING, ForecastHours.ANY);
        organization().stream()
                .filter(AccountOutcome.Surveyed.class::isInstance)
                .map(AccountOutcome.Surveyed.class::cast)
                .forEach(found -> forecaster.add(found.snapshot(), History.NONE));
        return forecaster.over(
                IntStream.range(0, DAYS).mapToObj(day -> Outcomes.ago(-day)).toList());
    }

    @Test
    void theReportAndItsPicturesLookAsTheyDidWhenTheyWereLookedAt() throws IOException {
        Golden golden = new Golden("golden/report");
        golden.samePage("report", report());
        golden.nothingElse();
    }

    @Test
    void aForecastOfTwoPoliciesLooksAsItDidWhenItWasLookedAt() throws IOException {
        StringWriter page = new StringWriter();
        new ForecastPage(forecast(Outcomes.RULES.at(Stage.ENFORCE)), forecast(Outcomes.RULES), "<b>slower</b>.yaml")
                .write("owners do nothing", List.of("account audit could not be read"), new PrintWriter(page));
        Golden golden = new Golden("golden/forecast");
        golden.samePage("forecast", page.toString());
        golden.nothingElse();
    }
}
