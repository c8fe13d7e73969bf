package io.keyturn.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.render.html.HtmlRenderer;
import io.keyturn.app.render.html.Making;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The numbers of the report, each counted once more from what is printed for machines of the same world. */
class ReportNumbersTest {
    private static final Map<String, String> WORDS = Map.of("expired", "overdue", "warned", "due soon");
    private static final List<String> BUSY = List.of("leaked", "expired", "warned", "rotating", "unknown");

    /** What earlier runs counted; the last of them on the day of the report, which counts anew. */
    private static final List<DayTotal> PAST = List.of(
            new DayTotal(LocalDate.parse("2026-11-09"), Map.of(Standing.EXPIRED, 61, Standing.WARNED, 34), 70),
            new DayTotal(LocalDate.parse("2026-11-23"), Map.of(Standing.EXPIRED, 9_999), 9_999));

    private static String html;
    private static List<JsonNode> findings;

    @BeforeAll
    static void render() {
        Random random = new Random(7);
        List<AccountOutcome> outcomes = new ArrayList<>();
        for (String account : List.of("production", "data")) {
            List<User> users = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                String owner = random.nextInt(5) == 0 ? "" : "team-" + random.nextInt(4);
                users.add(Outcomes.user(account + "-" + i, owner, keys(random, account.length() * 1000 + i * 2)));
            }
            outcomes.add(Outcomes.surveyed(account, Reading.COMPLETE, users.toArray(User[]::new)));
        }
        StringWriter json = new StringWriter();
        StringWriter page = new StringWriter();
        Making making = new Making(
                "keyturn scan", "keyturn 0.1.0", false, Outcomes.RULES.policies(), "0".repeat(64), List.of(), PAST);
        for (Renderer renderer :
                List.of(new JsonRenderer(json), new HtmlRenderer(new PrintWriter(page), Outcomes.NOW, making))) {
            outcomes.forEach(outcome -> renderer.account(outcome, finding -> true));
            renderer.end(Outcomes.plan(outcomes.toArray(AccountOutcome[]::new)), false);
        }
        html = page.toString();
        findings = new ArrayList<>();
        JsonMapper.shared().readTree(json.toString()).path("findings").forEach(findings::add);
    }

    private static AccessKey[] keys(Random random, int number) {
        AccessKey[] keys = new AccessKey[1 + random.nextInt(2)];
        for (int i = 0; i < keys.length; i++) {
            int age = random.nextInt(random.nextBoolean() ? 110 : 500);
            AccessKey key = Outcomes.key(number + i, age, random.nextInt(Math.max(1, Math.min(age, 60))));
            LastUse use = switch (random.nextInt(12)) {
                case 0 -> LastUse.NEVER_USED;
                case 1 -> new LastUse.Unknown("throttled");
                default -> key.lastUse();
            };
            keys[i] = new AccessKey(key.slot(), key.id(), random.nextInt(10) > 0, key.created(), use, key.asOf());
        }
        return keys;
    }

    private static List<MatchResult> all(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(html).results().toList();
    }

    private static String text(String part) {
        return part.replaceAll("(?s)<svg.*?</svg>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String section(String from, String to) {
        int start = html.indexOf(from);
        return html.substring(start, html.indexOf(to, start));
    }

    private static String standing(JsonNode finding) {
        String label = finding.path("standing").asString();
        return WORDS.getOrDefault(label, label);
    }

    private static String owner(JsonNode finding) {
        return finding.path("owner").isNull()
                ? "no owner"
                : finding.path("owner").path("name").asString();
    }

    private static Instant next(JsonNode finding) {
        JsonNode at = finding.path("next").path("at");
        return at.isMissingNode() ? Instant.MAX : Instant.parse(at.asString());
    }

    @Test
    void theWorldHasSomethingOfMostKinds() {
        assertThat(findings).hasSizeGreaterThan(300);
        assertThat(findings.stream().map(ReportNumbersTest::standing).distinct())
                .contains("overdue", "due soon", "unknown", "inactive", "healthy");
    }

    @Test
    void theTrendLeadsFromWhatEarlierRunsCountedToWhatThisOneCounts() {
        long overdue = findings.stream()
                .filter(finding -> standing(finding).equals("overdue"))
                .count();
        long due = findings.stream()
                .filter(finding -> standing(finding).equals("due soon"))
                .count();
        assertThat(text(section("<section id=\"trend\"", "</section>")))
                .isEqualTo("Since the first run Overdue from 61 to " + overdue
                        + " since 2026-11-09, due soon from 34 to "
                        + due + ". As numbers Overdue, due soon by day: 2026-11-09 61, 34; 2026-11-23 " + overdue + ", "
                        + due + ".");
    }

    @Test
    void theHeadlineAndTheLegendCountTheKeys() {
        Map<String, Long> counts =
                findings.stream().collect(Collectors.groupingBy(ReportNumbersTest::standing, Collectors.counting()));
        Map<String, Long> legend = all("<span><b>(\\d+)</b> ([a-z ]+)</span></li>").stream()
                .collect(Collectors.toMap(part -> part.group(2), part -> Long.valueOf(part.group(1))));

        assertThat(legend).isEqualTo(counts);
        assertThat(text(section("<section class=\"hero\"", "</section>")))
                .contains("keys in all " + findings.size(), "healthy " + counts.get("healthy"));
        long decisions = findings.stream()
                .filter(finding -> standing(finding).equals("leaked")
                        || standing(finding).equals("overdue")
                        || List.of("rotate", "deactivate", "delete")
                                        .contains(finding.path("next")
                                                .path("step")
                                                .asString(""))
                                && !next(finding).isAfter(Outcomes.NOW.plus(Outcomes.days(7))))
                .count();
        assertThat(text(section("<h1>", "</h1>"))).isEqualTo(decisions + " keys need a decision this week");
    }

    @Test
    void everyKeyIsARowWithItsOwnerItsAgeAndItsDate() {
        List<String> rows = all("<tr id=\"key-[^>]*>(.*?)(?=<tr |</tbody>)").stream()
                .map(row -> row.group(1).split("<td"))
                .map(cells -> String.join(
                        "|",
                        text("<td" + cells[1]).split(" ")[0],
                        text("<td" + cells[2]),
                        text("<td" + cells[3]),
                        text("<td" + cells[8])))
                .toList();
        LocalDate today = LocalDate.ofInstant(Outcomes.NOW, ZoneOffset.UTC);

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(findings.stream()
                        .map(finding -> {
                            boolean waits = List.of("choose key", "name owner").contains(asked(finding));
                            String when = standing(finding).equals("overdue")
                                            && (waits || finding.path("next").isNull())
                                    ? today.toString()
                                    : finding.path("next").isNull()
                                            ? "–"
                                            : LocalDate.ofInstant(next(finding), ZoneOffset.UTC)
                                                    .toString();
                            return String.join(
                                    "|",
                                    finding.path("user").asString(),
                                    owner(finding),
                                    finding.path("ageDays").asInt() + " d",
                                    when);
                        })
                        .toList());
    }

    /** What a person must say first; nothing of this where the step of a limit that is passed can come by itself. */
    private static String asked(JsonNode finding) {
        List<String> rules = rules(finding);
        String step = finding.path("next").path("step").asString("");
        boolean comes = step.equals("deactivate") && rules.contains("past-idle");
        return comes ? "" : rules.contains("two-keys") ? "choose key" : rules.contains("no-owner") ? "name owner" : "";
    }

    private static List<String> rules(JsonNode finding) {
        List<String> rules = new ArrayList<>();
        finding.path("reasons").forEach(reason -> rules.add(reason.path("rule").asString()));
        return rules;
    }

    @Test
    void everyPanelHasAMarkForEachKeyOfItsPolicy() {
        String panel = section("<svg class=\"plot big\"", "</svg>");

        assertThat(text(section("<section class=\"block long\" id=\"age\"", "</figcaption>")))
                .contains("all, " + findings.size() + " keys limits: 90 days of age, 45 days unused");
        assertThat(Pattern.compile("<use ").matcher(panel).results()).hasSize(findings.size());
        Map<String, Long> marks = Pattern.compile("<use href=\"#m-([a-z]+)\"")
                .matcher(panel)
                .results()
                .collect(Collectors.groupingBy(mark -> mark.group(1), Collectors.counting()));
        assertThat(marks.get("healthy"))
                .isEqualTo(findings.stream()
                        .filter(f -> standing(f).equals("healthy"))
                        .count());
    }

    @Test
    void theAgesOfAnAccountAreCountedInThirtyDays() {
        Map<Integer, int[]> bars = new TreeMap<>();
        findings.stream()
                .filter(finding -> finding.path("user").asString().startsWith("data-"))
                .forEach(finding -> {
                    int[] bar = bars.computeIfAbsent(
                            Math.min(15, finding.path("ageDays").asInt() / 30), any -> new int[2]);
                    bar[0]++;
                    bar[1] += BUSY.contains(finding.path("standing").asString()) ? 1 : 0;
                });
        String expected = bars.entrySet().stream()
                .map(bar -> (bar.getKey() == 15
                                ? "450 d and older "
                                : bar.getKey() * 30 + "–" + (bar.getKey() * 30 + 29) + " d ")
                        + bar.getValue()[0]
                        + (bar.getValue()[1] == 0 ? "" : " (" + bar.getValue()[1] + " to do)"))
                .collect(Collectors.joining(", ", "data: ", "."));

        assertThat(html).contains("<p>" + expected + "</p>");
    }

    @Test
    void theStripsCountEveryStepThatHasADate() {
        Map<String, Integer> steps = new TreeMap<>();
        for (JsonNode finding : findings) {
            boolean idle =
                    rules(finding).contains("past-idle") || rules(finding).contains("near-idle");
            JsonNode next = finding.path("next");
            boolean ofIdleness = false;
            for (JsonNode deadline : finding.path("deadlines")) {
                Instant at = Instant.parse(deadline.path("at").asString());
                boolean same = deadline.path("step").equals(next.path("step")) && at.equals(next(finding));
                boolean byIdle = deadline.path("limit").asString().equals("idle");
                ofIdleness |= same && byIdle;
                boolean off = next.path("step").asString("").equals("deactivate")
                        && !next(finding).isAfter(at);
                if ((idle || !byIdle) && at.isAfter(Outcomes.NOW) && !same && !off && !is(deadline, "delete")) {
                    count(steps, deadline.path("step").asString(), at);
                }
            }
            if (!next.isNull() && (idle || !ofIdleness)) {
                count(steps, next.path("step").asString(), next(finding));
            }
        }
        Map<String, Integer> drawn = new TreeMap<>();
        all("<title>(\\d{4}-\\d\\d-\\d\\d): (\\d+) ([a-z]+?)s?</title>")
                .forEach(bar -> drawn.put(bar.group(1) + " " + bar.group(3), Integer.valueOf(bar.group(2))));

        assertThat(drawn).isEqualTo(steps).isNotEmpty();
        int notices = steps.entrySet().stream()
                .filter(step -> step.getKey().endsWith("notice"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        assertThat(text(section("<p class=\"marks\">", "</p>"))).contains(notices + " notices");
        int calendar = all("<td class=\"sum num\">(\\d+)</td>").stream()
                .mapToInt(week -> Integer.parseInt(week.group(1)))
                .sum();
        assertThat(calendar)
                .isEqualTo(steps.values().stream().mapToInt(Integer::intValue).sum());
    }

    private static boolean is(JsonNode deadline, String step) {
        return deadline.path("step").asString().equals(step);
    }

    private static void count(Map<String, Integer> steps, String step, Instant at) {
        LocalDate today = LocalDate.ofInstant(Outcomes.NOW, ZoneOffset.UTC);
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        LocalDate shown = day.isBefore(today) ? today : day;
        if (shown.isBefore(today.plusDays(91))) {
            String word = switch (step) {
                case "rotate" -> "rotation";
                case "deactivate" -> "deactivation";
                case "delete" -> "deletion";
                default -> "notice";
            };
            steps.merge(shown + " " + word, 1, Integer::sum);
        }
    }

    @Test
    void ownersAreListedWithTheStandingsOfTheirKeys() {
        Map<String, Map<String, Long>> counts = findings.stream()
                .collect(Collectors.groupingBy(
                        ReportNumbersTest::owner,
                        Collectors.groupingBy(ReportNumbersTest::standing, Collectors.counting())));
        List<MatchResult> rows =
                all("<tr><th scope=\"row\" class=\"named\">([^<]*)</th><td class=\"end num\">(\\d+)</td>(.*?)</tr>");

        assertThat(rows).hasSize(counts.size());
        for (MatchResult row : rows) {
            Map<String, Long> of = counts.get(row.group(1));
            assertThat(of.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(Long.parseLong(row.group(2)));
            of.forEach((standing, count) -> {
                if (!standing.equals("healthy")) {
                    assertThat(text(row.group(3))).contains(count + " " + standing);
                }
            });
        }
    }

    @Test
    void theEvidenceCountsKeysOfAccountsAndBrokenControls() {
        String evidence = text(section("id=\"evidence\"", "</footer>"));

        long data = findings.stream()
                .filter(finding -> finding.path("user").asString().startsWith("data-"))
                .count();
        assertThat(evidence).contains("data 1111 2222 3333 report 2026-11-23 07:57 UTC " + data + " whole");
        for (String[] control : new String[][] {
            {"2.12 Security Hub: IAM.3", "SecurityHub IAM.3"},
            {"2.11 Security Hub: IAM.22", "SecurityHub IAM.22"},
            {"– Security Hub: IAM.8", "SecurityHub IAM.8"},
            {"6.0: 2.12 Security Hub: –", "CIS-6.0 2.12"}
        }) {
            long broken = findings.stream()
                    .filter(finding -> finding.path("controls")
                            .valueStream()
                            .anyMatch(name -> name.asString().equals(control[1])))
                    .count();
            assertThat(evidence).contains(control[0] + " " + broken);
        }
    }
}
