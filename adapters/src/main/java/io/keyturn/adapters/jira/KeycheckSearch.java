package io.keyturn.adapters.jira;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the open ticket of a key as keycheck does. Five characters are not unique, so where a ticket says whose key it is
 * about, that must be the user.
 */
final class KeycheckSearch {
    private static final int ENDING = 5;
    private static final String TRIED = "look for the ticket";

    /** Statuses in which keycheck takes a ticket for done with. */
    private static final Set<String> OVER = Set.of("closed", "cancelled", "resolved", "in progress");

    private static final String NOT_OVER = "status not in (Closed, Cancelled, Resolved, \"In Progress\") and ";
    private static final String LABELLED = "labels=" + KeycheckDesk.LABEL;
    private static final String FIELDS = "&fields=summary,description,status&maxResults=";
    private static final int SOME = 50;
    private static final int PAGE = 100;

    /** Keys that are looked for one by one, as keycheck does, before all open tickets are read at once. */
    static final int SINGLY = 5;

    /** Pages of open tickets that are worth it. */
    static final int PAGES = 10;

    private static final String SERVER = "/rest/api/2/search";
    /** Where Jira Cloud has its search since it took the other away. */
    private static final String CLOUD = "/rest/api/2/search/jql";

    /** Answers of an address that is not there. */
    private static final Set<Integer> ELSEWHERE = Set.of(404, 405, 410);

    /** How keycheck itself names user and key in a description. */
    private static final Pattern NAMED =
            Pattern.compile("must be rotated for (?<user>\\S+) with Key ID ending in \\**+(?<ending>\\w{5})");

    private final JiraCalls calls;
    private final List<String> addresses;
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> foundSingly = ConcurrentHashMap.newKeySet();
    private @Nullable List<JsonNode> all;
    private boolean listed;

    KeycheckSearch(JiraSettings settings, JiraCalls calls) {
        this.calls = calls;
        String host = String.valueOf(settings.url().getHost());
        this.addresses = host.endsWith(".atlassian.net") ? List.of(CLOUD, SERVER) : List.of(SERVER, CLOUD);
    }

    /** The line of a ticket by which it is found again, by keycheck too. */
    static String mention(KeyId key, UserName user, String account) {
        return "Key " + key.value() + ", ending in ****" + key.last(ENDING) + ", of the user " + user.value() + " in "
                + JiraText.clean(account);
    }

    /** The oldest open ticket about the key; empty where there is none. */
    Optional<String> open(KeyId key, UserName user) throws JiraFailure, InterruptedException {
        List<JsonNode> known = asked.incrementAndGet() > SINGLY ? all() : null;
        Stream<JsonNode> found = known == null
                ? page("description~\"" + key.last(ENDING) + "\" and " + LABELLED, SOME, "")
                        .path("issues")
                        .valueStream()
                : known.stream().filter(issue -> mentions(issue.path("fields"), key));
        Optional<String> open = found.filter(issue -> !isOver(issue) && isAbout(issue.path("fields"), key, user))
                .map(KeycheckSearch::reference)
                .filter(reference -> !reference.isEmpty())
                .findFirst();
        if (known == null) {
            open.ifPresent(foundSingly::add);
        }
        return open;
    }

    private static String reference(JsonNode issue) {
        return issue.path("key").asString("");
    }

    /** All open tickets, read once; null where they are too many, or Jira does not give them all at once. */
    private synchronized @Nullable List<JsonNode> all() throws InterruptedException {
        if (!listed) {
            listed = true;
            try {
                all = list();
            } catch (JiraFailure e) {
                // Each key can still be looked for by itself, and what hinders that is said there.
                all = null;
            }
        }
        return all;
    }

    private @Nullable List<JsonNode> list() throws JiraFailure, InterruptedException {
        List<JsonNode> issues = new ArrayList<>();
        String from = "";
        for (int i = 0; i < PAGES; i++) {
            JsonNode page = page(LABELLED, PAGE, from);
            page.path("issues").valueStream().forEach(issues::add);
            String next = page.path("nextPageToken").asString("");
            if (!next.isEmpty()) {
                from = "&nextPageToken=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            } else if (issues.size() < page.path("total").asInt(0)) {
                from = "&startAt=" + issues.size();
            } else {
                return areAll(issues) ? issues : null;
            }
        }
        return null;
    }

    /** Whether those that were found one by one are among them: else another is taken for missing, and filed again. */
    private boolean areAll(List<JsonNode> issues) {
        return issues.stream()
                .map(KeycheckSearch::reference)
                .collect(Collectors.toSet())
                .containsAll(foundSingly);
    }

    private JsonNode page(String jql, int most, String from) throws JiraFailure, InterruptedException {
        String more = FIELDS + most + from;
        try {
            return search(NOT_OVER + jql, more);
        } catch (JiraFailure e) {
            if (e.status() != 400) {
                throw e;
            }
            // Jira refuses to compare with the name of a status that it does not have.
            return search(jql, more);
        }
    }

    private JsonNode search(String jql, String more) throws JiraFailure, InterruptedException {
        String query = "?jql=" + URLEncoder.encode(jql, StandardCharsets.UTF_8).replace("+", "%20") + more;
        try {
            return calls.read(TRIED, addresses.getFirst() + query);
        } catch (JiraFailure e) {
            if (!ELSEWHERE.contains(e.status())) {
                throw e;
            }
            return calls.read(TRIED, addresses.getLast() + query);
        }
    }

    private static boolean isOver(JsonNode issue) {
        String status = issue.path("fields").path("status").path("name").asString("");
        return OVER.contains(status.toLowerCase(Locale.ROOT));
    }

    /** Whether Jira would find it by the key's last characters: by a whole word. */
    private static boolean mentions(JsonNode fields, KeyId key) {
        String text = description(fields);
        return text.contains(key.value())
                || Pattern.compile("(?<!\\w)" + Pattern.quote(key.last(ENDING)) + "(?!\\w)", Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find();
    }

    private static String description(JsonNode fields) {
        JsonNode description = fields.path("description");
        return description.isString() ? description.asString() : description.toString();
    }

    /** Whether nothing in the ticket says that it is about another key. */
    private static boolean isAbout(JsonNode fields, KeyId key, UserName user) {
        String text = description(fields);
        if (text.contains(key.value())) {
            return true;
        }
        Matcher whole = Pattern.compile("\\bA[KS]IA[A-Z2-7]{7,}" + Pattern.quote(key.last(ENDING)) + "\\b")
                .matcher(text);
        if (whole.find()) {
            return false;
        }
        Matcher named = NAMED.matcher(text);
        return !named.find() || named.group("user").equals(user.value());
    }
}
