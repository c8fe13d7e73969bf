package io.keyturn.app.presets;

import io.keyturn.app.metrics.KeycheckLines;
import io.keyturn.core.policy.UserNames;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Keycheck's settings as a {@code keyturn.yaml} that does the same, with what could be better. */
final class KeycheckFile {
    private final KeycheckSettings read;
    private final StringBuilder file = new StringBuilder();

    private KeycheckFile(KeycheckSettings read) {
        this.read = read;
    }

    static String of(KeycheckSettings read) {
        return new KeycheckFile(read).text();
    }

    private String text() {
        head();
        policies();
        channels();
        credstash();
        tail();
        return file.toString();
    }

    private void head() {
        file.append("""
                # What `keyturn run --preset keycheck %1$s` does, as a configuration: `keyturn run --config keyturn.yaml`.
                # Owners are told and tickets are filed as before. Who was told is remembered in a file (`store`), not in the
                # table, so that everybody hears once more at the switch. The metrics are those of the preset alone.

                accounts:
                  - {profile: %2$s, name: %2$s}
                  # - organization: {roles: {read: keyturn-read, act: keyturn-act}}    # better: all accounts in one run

                """.formatted(read.profile(), quoted(read.profile())));
    }

    private void policies() {
        List<String> told = new ArrayList<>();
        if (read.slack()) {
            told.add("remind");
        }
        List<String> filed = read.tickets() ? List.of("ticket") : List.of();
        told.addAll(filed);
        List<String> over = new ArrayList<>(told);
        if (read.disables()) {
            over.add("deactivate");
        }
        int warn = Math.max(0, read.days() - KeycheckLines.EXPIRING);
        file.append("policies:\n  - name: mapped\n    when: '")
                .append(UserNames.of(read.owners().byUser().keySet()).source())
                .append("'    # better: user.class == \"person\"\n");
        limit(warn, told, over);
        file.append(
                "    # better: on-expire: [remind, ticket, rotate], so that a new key is there before the old one goes\n");
        file.append(
                "  - name: unmapped        # users without an owner are never told, and their keys never switched off\n");
        limit(warn, filed, filed);
        file.append('\n');
    }

    private void limit(int warn, List<String> onWarn, List<String> onExpire) {
        file.append("    age: {warn: %dd, expire: %dd, on-warn: %s, on-expire: %s}\n"
                .formatted(warn, read.days(), onWarn, onExpire));
        file.append("    remind-every: 24h\n");
        file.append("    cut-in-use: true    # by age alone; better: false, which leaves keys that are in use\n");
    }

    private void channels() {
        file.append(
                "owners:\n  - file: %s\n  # - tag: Slack    # better: a tag of the user, which nobody need keep up here\n\n"
                        .formatted(quoted(read.owners().file())));
        if (!read.slack() && !read.tickets()) {
            return;
        }
        file.append("channels:\n");
        if (read.slackToken() != null) {
            file.append(
                    "  slack: {token: %s, look-up: false}    # better: true, which needs users:read and sees who is gone\n"
                            .formatted(secret(read.slackToken())));
        }
        if (read.jira() != null) {
            file.append("""
                      jira:
                        url: %s
                        project: %s
                        type: %s
                        email: %s
                        token: %s
                        found-by: keycheck    # better: label, by which a ticket is also closed when its key is well
                    """.formatted(
                            quoted(read.jira().url()),
                            read.jira().project(),
                            KeycheckSettings.TICKET_TYPE,
                            secret(read.jira().email()),
                            secret(read.jira().token()))
                    .indent(0));
        }
        file.append('\n');
    }

    private void credstash() {
        List<String> store = new ArrayList<>(List.of("table: credential-store"));
        if (read.credstashProfile() != null) {
            store.add("profile: " + quoted(read.credstashProfile()));
        }
        if (read.credstashRegion() != null) {
            store.add("region: " + read.credstashRegion());
        }
        file.append("credstash: {").append(String.join(", ", store)).append("}\n");
    }

    private void tail() {
        file.append("""
                notices: {style: keycheck, per: key}    # better: keyturn, which tells the last use, and what happens when
                stages:
                  - {stage: enforce}
                first-notice: none            # better: 30d, so that nobody's key is cut before they could read of it
                # limits: {deactivate: {per-account: 5/d, percent: 10}}    # better than no limit
                read: live                    # as keycheck reads; auto takes AWS's report where that is cheaper
                leaks: false                  # better: auto, which finds keys that AWS knows to be leaked
                root-keys: false              # better: true, which finds keys of the root user
                """);
    }

    private static String secret(String name) {
        return "\"${credstash:" + name + "}\"";
    }

    /** JSON's texts are YAML's. */
    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
