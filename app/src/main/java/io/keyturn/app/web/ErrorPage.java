package io.keyturn.app.web;

import io.keyturn.app.render.html.Look;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** Says what went wrong and what to do: as a page, or to programs as JSON. */
final class ErrorPage {
    private final Site site;

    ErrorPage(Site site) {
        this.site = site;
    }

    Reply of(boolean api, int status, String title, String message) {
        if (api) {
            return Reply.json(
                    status,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("error", title)
                            .put("message", message)
                            .toString());
        }
        return page(status, title, message, "/", "To the overview");
    }

    /**
     * For somebody who was signed in.
     *
     * @param look whether they only wanted to see something
     * @param again where they sign in and go on
     */
    Reply signedOut(boolean look, String again) {
        return page(
                401,
                "You are not signed in",
                (look ? "" : "Nothing was done. ")
                        + "A sign-in lasts eight hours, until you sign out, or until this server is started again."
                        + (look ? "" : " Sign in, and do it once more."),
                again,
                "Sign in again");
    }

    /** For somebody who has no way to the other pages. */
    Reply forOwners(int status, String title, String message) {
        return page(status, title, message, "", "");
    }

    private Reply page(int status, String title, String message, String address, String way) {
        Map<String, Object> values = new HashMap<>();
        values.put("address", address);
        values.put("way", way);
        values.put("title", title);
        values.put("site", site.title());
        values.put("message", message);
        return Reply.html(status, Pages.text("error", values));
    }

    /** A message of the engine as a sentence. */
    static String sentence(String message) {
        return Look.capital(message) + (message.endsWith(".") ? "" : ".");
    }
}
