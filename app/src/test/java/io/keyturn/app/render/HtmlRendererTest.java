package io.keyturn.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.render.html.HtmlRenderer;
import io.keyturn.app.render.html.Making;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.User;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Place;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlRendererTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static String report(boolean plan, AccountOutcome... outcomes) {
        return report(plan, List.of(), outcomes);
    }

    private static String report(boolean plan, List<String> narrowedTo, AccountOutcome... outcomes) {
        StringWriter text = new StringWriter();
        HtmlRenderer html = new HtmlRenderer(
                new PrintWriter(text),
                Outcomes.NOW,
                new Making(
                        "keyturn scan",
                        "keyturn 0.1.0",
                        false,
                        Outcomes.RULES.policies(),
                        HASH,
                        narrowedTo,
                        List.of()));
        for (AccountOutcome outcome : outcomes) {
            html.account(outcome, finding -> true);
        }
        html.end(Outcomes.plan(outcomes), plan);
        return text.toString();
    }

    /** The words of the page, as a person reads them. */
    private static String words(String html) {
        return html.replaceAll("(?s)<(style|script|svg).*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }

    private static List<String> all(String pattern, String html) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(html)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void theFirstLinesSayHowManyKeysThereAreAndHowManyNeedADecision() {
        assertThat(words(report(false, Outcomes.production())))
                .contains(
                        "Keyturn 1 account, 5 users Read 2026-11-23 08:00 UTC Nothing was changed",
                        "2 keys need a decision this week keys in all 5 healthy 2 40 % not fully read 0",
                        "2 overdue 1 due soon 2 healthy");
    }

    @Test
    void aTrendIsDrawnFromTheSecondDayOnAndNeverOfNarrowedNumbers() {
        assertThat(words(report(false, Outcomes.production()))).contains("Since the first run One day so far");
        assertThat(words(report(false, List.of("user ann"), Outcomes.production())))
                .doesNotContain("Since the first run");
    }

    @Test
    void whatIsToBeDecidedStandsUnderItsDayWithItsOwner() {
        assertThat(words(report(false, Outcomes.production())))
                .contains(
                        "Today 2026-11-23",
                        "data-export · 1002 · production Overdue 402 days old, limit 90",
                        "Owner: no owner",
                        "ci-deploy · 1001 · production");
    }

    @Test
    void everyKeyIsARowUnderItsStandingAndHasAPlaceOfItsOwn() {
        String html = report(false, Outcomes.production());

        assertThat(all("<tr id=\"([^\"]+)\"", html))
                .containsExactly(
                        "key-data-export-1002",
                        "key-ci-deploy-1001",
                        "key-k.lund-1003",
                        "key-r.sato-1004",
                        "key-t.ibe-1005");
        assertThat(all("href=\"#(key-[^\"]+)\"", html))
                .isSubsetOf(all("<tr id=\"([^\"]+)\"", html))
                .isNotEmpty();
        assertThat(html).doesNotContain("AKIA");
    }

    @Test
    void twoKeysThatLookAlikeHaveTwoPlaces() {
        String html = report(
                false,
                Outcomes.surveyed(
                        "production",
                        Reading.COMPLETE,
                        Outcomes.user("a b", "x", Outcomes.key(1, 10, 0)),
                        Outcomes.user("a/b", "x", Outcomes.key(100_001, 10, 0))));

        assertThat(all("<tr id=\"([^\"]+)\"", html)).containsExactlyInAnyOrder("key-a-b-0001", "key-a-b-0001-2");
    }

    @Test
    void aPlanIsShownWithItsHashAndEachOfItsSteps() {
        String html = report(true, Outcomes.production());

        assertThat(words(html))
                .contains("Plan only: nothing was changed", "Today's plan", "remind", "open ticket", "sha256")
                .doesNotContain("Nothing was changed");
        assertThat(words(report(false, Outcomes.production()))).doesNotContain("Today's plan");
    }

    @Test
    void whatWasNotReadIsSaidAndNothingIsPromisedOfIt() {
        String words = words(report(
                false,
                Outcomes.surveyed("data", new Reading.Partial("the last use was throttled")),
                Outcomes.failed("audit")));

        assertThat(words)
                .contains(
                        "1 of 2 accounts",
                        "0 keys that were read need a decision this week",
                        "and 1 account",
                        "Not everything was read",
                        "data (111122223333): the last use was throttled.",
                        "could not assume the role of audit: AWS refused it; check the trust policy.",
                        "No key was read.");
    }

    @Test
    void aKeyWhoseUserSignsInToTheConsoleOrWhoseUsesTellOfAPlaceIsOneThatShouldBecomeSomethingElse() {
        AccountOutcome.Surveyed plain = Outcomes.production();
        assertThat(words(report(false, plain)))
                .contains(
                        "Keys that should become roles Best is no key. Where keys are used from was not looked up.",
                        "Nothing seen speaks for one");

        AccountOutcome.Surveyed console =
                Outcomes.surveyed("data", Reading.COMPLETE, signingIn("ann", 1, true), signingIn("bob", 2, false));
        Finding old = console.findings().getLast();
        KeyUses.Origin build = new KeyUses.Origin(
                new Place(Place.Kind.CI, "GitHub <Actions>"), 7, Outcomes.NOW, List.of("terraform"), List.of(), 0);
        KeyUses uses = new KeyUses(List.of(build), 0, 7, true, Outcomes.ago(90), "eu-west-1");
        String html = report(false, console.usedFrom(Map.of(old.credential(), Fact.known(uses, Outcomes.NOW))));
        assertThat(words(html))
                .contains(
                        "CloudTrail's events of 1 key were looked up, in the Region of the last use",
                        "bob · 0002 · data Let GitHub <Actions> sign in by OIDC and take a role. There is nothing to"
                                + " rotate then. GitHub <Actions>, with terraform, from",
                        "ann · 0001 · data This user signs in to the console, so aws login (CLI 2.32 or later) gives the"
                                + " command line credentials for up to 12 hours. Then delete this key."
                                + " The user has a password for the console");
        // What was looked up comes first, whatever is older.
        assertThat(words(html).indexOf("Let GitHub")).isLessThan(words(html).indexOf("This user signs in"));
    }

    private static User signingIn(String name, int number, boolean console) {
        User user = Outcomes.user(name, "web", Outcomes.key(number, 10, 0));
        return new User(
                user.name(),
                user.id(),
                user.arn(),
                user.path(),
                user.created(),
                user.keys(),
                user.tags(),
                user.groups(),
                user.policies(),
                user.boundary(),
                Fact.known(console, Outcomes.NOW),
                user.mfa());
    }

    @Test
    void keysOfWhichTheSameWasSeenAreNamedTogetherAFewOfThemAndTheOthersCounted() {
        User[] many = IntStream.range(0, 13)
                .mapToObj(i -> signingIn("u" + i, i, true))
                .toArray(User[]::new);
        assertThat(words(report(false, Outcomes.surveyed("data", Reading.COMPLETE, many))))
                .contains("u0 · 0000 · data", "u12 · 0012 · data and 8 more This user signs in to the console")
                .containsOnlyOnce("The user has a password for the console");
    }

    @Test
    void aKeyThatNeedsAttentionHasItsStoryWithWhatIsToComeAndItsRowLeadsThere() {
        String html = report(false, Outcomes.production());

        List<String> stories = all("<ol class=\"timeline\" id=\"([^\"]+)\"", html);
        assertThat(stories).containsExactly("story-data-export-1002", "story-ci-deploy-1001", "story-k.lund-1003");
        assertThat(all("href=\"#(story-[^\"]+)\"", html)).containsExactlyElementsOf(stories);
        assertThat(words(html.substring(html.indexOf("id=\"story-k.lund-1003\""))))
                .contains("Remind the owner By its age", "Today.", "Last use that AWS tells: s3", "Created");
    }

    @Test
    void theEvidenceNamesTheLastLinesOfTheJournal() {
        assertThat(words(report(false, Outcomes.production()))).contains("Journal none yet");
    }

    @Test
    void aNarrowedReportSaysSo() {
        assertThat(words(report(false, List.of("account production", "user ci"), Outcomes.production())))
                .contains("Narrowed to account production, user ci : all numbers are of that alone.");
    }

    @Test
    void healthyKeysStartClosedWhereThereAreMany() {
        List<User> few = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            few.add(Outcomes.user("user-" + i, "web", Outcomes.key(i, 10, 0)));
        }

        assertThat(report(false, Outcomes.surveyed("data", Reading.COMPLETE, few.toArray(User[]::new))))
                .contains("<tbody class=\"healthy many\">");
        assertThat(report(false, Outcomes.production()))
                .contains("<tbody class=\"healthy\">")
                .doesNotContain("class=\"fold\"");
    }

    @Test
    void theFileAsksTheNetworkForNothing() {
        assertThat(report(true, Outcomes.production()))
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("url(")
                .doesNotContain("@import")
                .doesNotContain("<link")
                .doesNotContain("<img")
                .doesNotContain(" src=");
    }

    /** Its days are those of who made it: whose clock is a day off, in whatever zone, reads the same. */
    @Test
    void itsScriptAsksForNoClockAndNoZone() {
        String html = report(true, Outcomes.production());
        assertThat(html.substring(html.lastIndexOf("<script>")))
                .contains("'use strict'")
                .doesNotContain("Date")
                .doesNotContain("Intl")
                .doesNotContain("toLocale");
    }

    @Test
    void theOneSheetAndTheOneScriptAreThoseWhoseHashesThePolicyNames() throws GeneralSecurityException {
        String html = report(true, Outcomes.production());

        List<String> sheets = all("<style>(.*?)</style>", html);
        List<String> scripts = all("<script>(.*?)</script>", html);
        assertThat(sheets).hasSize(1);
        assertThat(scripts).hasSize(1);
        assertThat(all("Content-Security-Policy\" content=\"([^\"]*)\"", html))
                .first()
                .extracting(policy -> policy.replace("&#39;", "'"))
                .isEqualTo("default-src 'none'; style-src " + hash(sheets.getFirst()) + "; script-src "
                        + hash(scripts.getFirst()) + "; base-uri 'none'; form-action 'none'");
        assertThat(html).doesNotContainPattern("<[a-z][^>]* (style|on[a-z]+)=");
    }

    private static String hash(String text) throws GeneralSecurityException {
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(sha) + "'";
    }

    private static String hostileReport(String text) {
        Problem problem = new Problem("read", text, text, text);
        return report(
                true,
                List.of("user " + text),
                Outcomes.surveyed(
                        text,
                        new Reading.Partial(text),
                        Outcomes.user(text, text, Outcomes.key(1, 400, 50), Outcomes.key(2, 10, 0)),
                        Outcomes.user("nobody", "", Outcomes.key(3, 400, 0))),
                new AccountOutcome.Failed(text, text, problem),
                new AccountOutcome.Skipped(text, text, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</style><script>alert(1)</script>",
                "\"><img onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "{{ 7 * 7 }}{% raw %}",
                "]]><svg/onload=alert(1)>",
                "<!--",
                "javascript:alert(1)"
            })
    void whatPeopleNamedThingsIsTextAndNothingElseInEveryPlace(String text) {
        String html = hostileReport(text);

        assertThat(all("<(script|style|img)\\b", html)).containsExactly("style", "script");
        assertThat(html.replaceAll("=\"[^\"]*\"", "")).doesNotContainPattern("<[a-z][^>]* on[a-z]+=");
        assertThat(html).doesNotContain("<!--").doesNotContain("href=\"javascript");
        assertThat(words(html)).contains(text + " · 0001 · " + text);
    }

    @Test
    void whatTurnsTheWritingRoundOrMovesACursorIsMadeVisible() {
        assertThat(hostileReport("a\u202egnp.exe\u0007\u001b[31m\u0000"))
                .doesNotContain("\u202e", "\u0007", "\u001b", "\u0000")
                .contains("a\\u202egnp.exe\\u0007\\u001b[31m\\u0000");
    }

    @Test
    void emojiAndVeryLongTagsAreShownWhole() {
        String emoji = "\uD83D\uDD11".repeat(256);
        String tag = "t".repeat(5_000);

        assertThat(words(hostileReport(emoji))).contains(emoji + " · 0001");
        assertThat(words(hostileReport(tag))).contains(tag + " · 0001");
    }

    @Test
    void fiveThousandUsersFitIntoTwoMegabytes() {
        for (int inTen : new int[] {1, 10}) {
            List<AccountOutcome> outcomes = new ArrayList<>();
            for (int account = 0; account < 10; account++) {
                List<User> users = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    int number = account * 500 + i;
                    int age = i % 10 < inTen ? 91 + i : i % 74;
                    users.add(
                            number % 5 == 0
                                    ? Outcomes.user(
                                            "service-user-" + number,
                                            "a-team-of-ours",
                                            Outcomes.key(number, age, i % 30),
                                            Outcomes.key(number + 5_000, i % 74, i % 9))
                                    : Outcomes.user(
                                            "service-user-" + number,
                                            "a-team-of-ours",
                                            Outcomes.key(number, age, i % 30)));
                }
                outcomes.add(Outcomes.surveyed("account-" + account, Reading.COMPLETE, users.toArray(User[]::new)));
            }

            String html = report(true, outcomes.toArray(AccountOutcome[]::new));
            assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
            // Those with most to decide have their story in the file, and the others are counted.
            assertThat(all("<ol class=\"timeline\" id=\"([^\"]+)\"", html)).hasSizeGreaterThan(90);
            assertThat(words(html)).containsPattern("[0-9]+ more have no room in this file");
            assertThat(all("<tr id=\"([^\"]+)\"", html)).hasSize(6_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void ofVeryManyHealthyKeysTheOldestAreListedAndTheOthersCounted() {
        List<User> users = new ArrayList<>();
        for (int i = 0; i < 10_007; i++) {
            users.add(Outcomes.user("u" + i, "web", Outcomes.key(i, i < 7 ? 1 : 10, 0)));
        }

        String html = report(false, Outcomes.surveyed("data", Reading.COMPLETE, users.toArray(User[]::new)));
        assertThat(all("<tr id=\"([^\"]+)\"", html)).hasSize(10_000).doesNotContain("key-u6-0006");
        assertThat(words(html))
                .contains("All 10007 keys", "Healthy 10007", "Of the healthy keys the oldest are listed; 7 more");
    }
}
