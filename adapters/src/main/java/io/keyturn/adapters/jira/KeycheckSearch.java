package io.keyturn.adapters.jira;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final String FIELDS = "&maxResults=50&fields=summary,description,status";
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
        String mentions = "description~\"" + key.last(ENDING) + "\" and labels=" + KeycheckDesk.LABEL;
        JsonNode page;
        try {
            page = search(NOT_OVER + mentions);
        } catch (JiraFailure e) {
            if (e.status() != 400) {
                throw e;
            }
            // Jira refuses to compare with the name of a status that it does not have.
            page = search(mentions);
        }
        return page.path("issues")
                .valueStream()
                .filter(issue -> !isOver(issue) && isAbout(issue.path("fields"), key, user))
                .map(issue -> issue.path("key").asString(""))
                .filter(reference -> !reference.isEmpty())
                .findFirst();
    }

    private JsonNode search(String jql) throws JiraFailure, InterruptedException {
        String query = "?jql=" + URLEncoder.encode(jql, StandardCharsets.UTF_8).replace("+", "%20") + FIELDS;
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

    /** Whether nothing in the ticket says that it is about another key. */
    private static boolean isAbout(JsonNode fields, KeyId key, UserName user) {
        JsonNode description = fields.path("description");
        String text = description.isString() ? description.asString() : description.toString();
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
