package io.keyturn.app.web;

/** What was done a moment ago, told on the page that follows: only words that are known, since an address carries them. */
final class Done {
    private Done() {}

    static String words(String what) {
        return switch (what) {
            case "stopped" -> "Everything is stopped. No change starts any more, wherever a worker runs.";
            case "resumed" -> "Resumed. Changes may start again.";
            case "snoozed" -> "Snoozed. Nothing happens to it and nobody is reminded until then.";
            case "frozen" -> "Frozen. No key of it is changed; owners are still told.";
            case "thawed" -> "Thawed. What was held back exactly here no longer is.";
            case "approved" -> "Approved, and written down with your name.";
            case "refused" -> "Refused, and written down with your name. Nobody is asked again until it changes.";
            case "installed" -> "Written down. What was announced stays as it is.";
            case "granted" -> "More time is granted. Nothing happens to the key before, and nobody is reminded.";
            case "asked" -> "Asked. A person decides, and nothing has changed until then.";
            case "applying" ->
                "Begun, and written down with your name. What came of each step is shown here once it has ended.";
            case "begun" -> "Begun. What it finds is shown here once it has ended.";
            case "passed" -> "Days pass, with a run on each; look again until they have.";
            default -> "";
        };
    }
}
