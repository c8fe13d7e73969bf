package io.keyturn.app.presets;

import io.keyturn.app.config.Report;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What sleuth's settings are as a configuration, for whoever goes on from there. */
final class SleuthFile {
    private SleuthFile() {}

    static String text(
            int warning,
            int expiration,
            int inactivityWarning,
            int inactivity,
            boolean acts,
            Report.Sleuth said,
            boolean slack) {
        String steps = acts ? "[deactivate]" : "[]";
        return """
                # What `keyturn run --preset sleuth` does, as a configuration: `keyturn run --config keyturn.yaml`.
                # The same keys are told of to the same Slack channel and topic, and switched off at the same ages. The runs are
                # remembered in a file (`store`), and the screen shows Keyturn's own table.

                accounts:
                  - {}                        # that of the credentials at hand
                  # - organization: {roles: {read: keyturn-read, act: keyturn-act}}    # better: every account in one run

                policies:
                  - name: exempt              # better: exemptions with an owner, a reason and an end, which no user can set
                    when: '%1$s'
                  - name: sleuth
                    age: {warn: %2$dd, expire: %3$dd, on-warn: [], on-expire: %6$s}
                    idle: {warn: %4$dd, expire: %5$dd, on-warn: [], on-expire: %6$s}
                    # better: on-warn: [remind], on-expire: [remind, rotate], so that owners are told by name and get a new key
                    cut-in-use: true          # better: false, so that no key is switched off that somebody uses

                reports:
                %7$s
                first-notice: none            # better: 30d, so that no key is switched off without a word before
                read: live                    # as sleuth reads; auto takes AWS's report where that is cheaper
                leaks: false                  # better: auto, which finds keys that AWS knows to be leaked
                owners: []                    # better: [{tag: Slack}, {tag: Email}], so that there is somebody to tell
                stages:
                  - {stage: enforce}          # better: only where it is wanted, such as {ou: Sandbox, stage: enforce}
                # limits: {deactivate: {percent: 10}}    # better than none
                """.formatted(
                        Sleuth.EXEMPT, warning, expiration, inactivityWarning, inactivity, steps, reports(said, slack));
    }

    private static String reports(Report.Sleuth said, boolean slack) {
        StringBuilder text = new StringBuilder();
        text.append("  - form: sleuth\n");
        heading(text, "age", said.age());
        heading(text, "idle", said.idle());
        line(text, "slack", slack ? "${env:SLACK_URL}" : null);
        line(text, "topic", said.topic());
        return slack || said.topic() != null
                ? text.toString()
                : "  []                          # better: somebody who is told, such as {form: sleuth, topic: an ARN}\n";
    }

    private static void heading(StringBuilder text, String key, Report.Heading heading) {
        text.append("    ").append(key).append(": {title: ").append(quoted(heading.title()));
        if (!heading.text().isEmpty()) {
            text.append(", text: ").append(quoted(heading.text()));
        }
        text.append("}\n");
    }

    private static void line(StringBuilder text, String key, @Nullable String value) {
        if (value != null) {
            text.append("    ").append(key).append(": ").append(quoted(value)).append('\n');
        }
    }

    /** JSON's strings are YAML's. */
    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
