package io.keyturn.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Reading;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRendererTest {
    private static String shown(Screen screen, boolean all, AccountOutcome... outcomes) {
        StringWriter text = new StringWriter();
        TableRenderer table = new TableRenderer(
                new PrintWriter(text), screen, Outcomes.NOW, all, List.of(), List.of("Try next:", "  keyturn plan"));
        for (AccountOutcome outcome : outcomes) {
            table.account(outcome, finding -> true);
        }
        table.end(Outcomes.plan(outcomes), false);
        return text.toString();
    }

    private static Screen plain(int width) {
        return new Screen(width, false, true, false, ZoneOffset.UTC);
    }

    @Test
    void theFirstLineSaysHowManyKeysNeedADecision() {
        assertThat(shown(plain(100), false, Outcomes.production()).lines().findFirst())
                .hasValue("2 keys need a decision this week   5 keys in all, 2 healthy (40 %)");
    }

    @Test
    void aRowOfAHundredColumnsTellsEverythingInItsPlace() {
        assertThat(shown(plain(100), false, Outcomes.production()).lines())
                .contains(
                        "  key                             owner       age  last used why                next       by",
                        "◆ data-export · 1002 · production no owner  402 d  yesterday no owner, 90 d     name owner today");
    }

    @Test
    void healthyKeysAreListedOnlyWhereAllIsAskedFor() {
        assertThat(shown(plain(100), false, Outcomes.production())).doesNotContain("r.sato");
        assertThat(shown(plain(100), true, Outcomes.production())).contains("● r.sato · 1004 · production");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 80, 60, 50})
    void noListedKeyIsWiderThanTheScreen(int width) {
        String screen = shown(plain(width), true, Outcomes.production());
        String keys = screen.substring(0, screen.indexOf("\naccount"));

        assertThat(keys.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @Test
    void aNarrowScreenLosesWhyThenLastUsed() {
        assertThat(shown(plain(99), false, Outcomes.production()))
                .doesNotContain("why")
                .contains("last used");
        assertThat(shown(plain(79), false, Outcomes.production())).doesNotContain("last used");
    }

    @Test
    void whatDoesNotFitIsNeverCut() {
        String name = "a-user-whose-name-is-as-long-as-aws-allows-".repeat(2).substring(0, 64);
        AccountOutcome outcome = Outcomes.surveyed(
                "production", Reading.COMPLETE, Outcomes.user(name, "platform", Outcomes.key(7, 400, 0)));

        for (int width : List.of(100, 80, 60, 50)) {
            assertThat(shown(plain(width), false, outcome)).contains(name + " · 0007 · production");
        }
    }

    @Test
    void whereANameNeedsItTheOtherColumnsGiveWay() {
        AccountOutcome outcome = Outcomes.surveyed(
                "production", Reading.COMPLETE, Outcomes.user("billing-reader-10", "web", Outcomes.key(7, 400, 0)));

        assertThat(shown(plain(100), false, outcome).lines())
                .contains(
                        "  key                                                 owner   age  last used why        next   by",
                        "◆ billing-reader-10 · 0007 · production               web   400 d  today     limit 90 d ticket today");
    }

    @Test
    void anOwnerTooLongForItsColumnLeavesTheOthersInTheirPlace() {
        AccountOutcome outcome = Outcomes.surveyed(
                "production",
                Reading.COMPLETE,
                Outcomes.user("ci", "platform", Outcomes.key(7, 400, 0)),
                Outcomes.user("cd", "the-team-whose-name-nobody-can-remember", Outcomes.key(8, 400, 0)));

        List<String> rows = shown(plain(100), false, outcome)
                .lines()
                .filter(line -> line.contains("400 d"))
                .toList();
        assertThat(rows).hasSize(2).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(rows.get(0).indexOf("400 d")).isEqualTo(rows.get(1).indexOf("400 d"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 80, 60, 50})
    void neitherAccountsNorWeeksAreWiderThanTheScreenAndNoneIsCut(int width) {
        String name = "an account whose name is as long as AWS lets it be";
        AccountOutcome partly = Outcomes.surveyed(name, new Reading.Partial("throttled"));

        String screen = shown(plain(width), true, Outcomes.production(), partly, Outcomes.failed("data"));
        String accounts = screen.substring(screen.indexOf("\naccount"), screen.indexOf("\nNot read:"));
        assertThat(accounts.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        assertThat(accounts).contains(name, "partly, see below", "not read, see below");
    }

    @Test
    void nothingThatWasReadToDecideIsNoPromiseOfWhatWasNot() {
        assertThat(shown(plain(100), false, Outcomes.failed("data")).lines())
                .first()
                .isEqualTo("no key was read   0 keys in all, 0 healthy");
        AccountOutcome quiet = Outcomes.surveyed(
                "production", Reading.COMPLETE, Outcomes.user("r.sato", "r.sato", Outcomes.key(4, 20, 2)));
        assertThat(shown(plain(100), false, quiet, Outcomes.failed("data")))
                .startsWith("no key that was read needs a decision this week");
        assertThat(shown(plain(100), false, quiet)).startsWith("no key needs a decision this week");
    }

    @Test
    void withoutUtf8TheScreenIsAscii() {
        Screen ascii = new Screen(100, false, false, true, ZoneOffset.UTC);
        AccountOutcome outcome =
                Outcomes.surveyed("büro", new Reading.Partial("–"), Outcomes.user("zoë", "ö", Outcomes.key(7, 400, 0)));

        assertThat(shown(ascii, true, outcome, Outcomes.failed("data")))
                .isASCII()
                .contains("! zo\\u00eb / 0007");
    }

    @Test
    void colourChangesNothingButTheColours() {
        Screen coloured = new Screen(100, true, true, false, ZoneOffset.UTC);

        String screen = shown(coloured, true, Outcomes.production());

        assertThat(screen).contains("\u001b[31m◆\u001b[0m \u001b[1mdata-export\u001b[0m");
        assertThat(screen.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(shown(plain(100), true, Outcomes.production()));
    }

    @Test
    void hostileNamesCannotMoveTheCursorOrTurnTheLineRound() {
        AccountOutcome outcome = Outcomes.surveyed(
                "prod\u001b[2J",
                new Reading.Partial("a\rb"),
                Outcomes.user("e\u202Evil\u001b]0;x\u0007", "o\nwner", Outcomes.key(7, 400, 0)));

        String screen = shown(plain(100), true, outcome);

        assertThat(screen).contains("e\\u202evil\\u001b]0;x\\u0007").contains("o\\u000awner");
        assertThat(screen.chars().filter(c -> c != '\n').mapToObj(c -> (char) c))
                .noneMatch(c -> Character.isISOControl(c) || c == '\u202E');
    }

    @Test
    void whatWasNotReadIsSaidAboveTheNumbersAndBelowThem() {
        assertThat(shown(plain(100), false, Outcomes.production(), Outcomes.failed("data")))
                .contains("◌ not everything was read")
                .contains("Not read:\n  data: could not assume the role of data: AWS refused it");
    }

    @Test
    void aFullKeyIdIsNeverOnTheScreen() {
        assertThat(shown(plain(100), true, Outcomes.production())).doesNotContain("AKIA");
    }

    @Test
    void hintsAreForPeopleOnly() {
        assertThat(shown(plain(100), false, Outcomes.production())).doesNotContain("Try next");
        assertThat(shown(new Screen(100, false, true, true, ZoneOffset.UTC), false, Outcomes.production()))
                .endsWith("Try next:\n  keyturn plan\n");
    }

    @Test
    void enforcingTodayIsForetoldWhereNothingIsEnforced() {
        assertThat(shown(plain(100), false, Outcomes.production()))
                .contains("Enforcing today: 2 keys in use would be at risk; suggested first wave: 0, not in use.");
    }
}
