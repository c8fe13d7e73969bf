package io.keyturn.adapters.jira;

import tools.jackson.databind.JsonNode;

/** In what the two kinds of Jira differ. */
interface Dialect {
    /** Where its API begins. */
    String base();

    /** How it takes rich text. */
    Body body();

    /**
     * A page of a search for issues: IDs and keys alone, since all else that a search says may be old.
     *
     * @param after what {@link #next} said of the page before; a missing node for the first
     */
    Search search(String jql, JsonNode after);

    /** One question. */
    record Search(String path, JsonNode body) {}

    /** What to go on from after a page; a missing node where it was the last. */
    JsonNode next(JsonNode page);

    /** The path, with its query, that finds people who can be assigned issues of a project. */
    String assignable(String project, String mail);

    /** A person as a field of an issue takes them. */
    JsonNode person(JsonNode user);

    /** That of the settings. */
    static Dialect of(JiraSettings settings) {
        return settings.cloud() ? new CloudDialect() : new ServerDialect();
    }
}
