package io.keyturn.app.config;

import org.jspecify.annotations.Nullable;

/** Writes a commented configuration to start from. */
public final class ConfigInit {
    private ConfigInit() {}

    /** A starter file fitted to the account that can be seen; nothing in it acts on what nobody can name. */
    public static String commented(@Nullable String accountId, @Nullable String accountName, boolean organization) {
        return head(accountId, accountName) + accounts(accountId, organization) + POLICIES;
    }

    private static String head(@Nullable String id, @Nullable String name) {
        String seen = id == null
                ? ""
                : "# Written for account " + id + (name == null ? "" : " (" + plain(name) + ")") + ".\n";
        return "# Keyturn: which access keys are governed, and how. Check it with: keyturn config check\n" + seen;
    }

    private static String accounts(@Nullable String id, boolean organization) {
        if (organization) {
            return "accounts:\n  - organization: {role: keyturn-read}     # every account, read only\n";
        }
        return id == null ? "" : "accounts:\n  - account: \"" + id + "\"                # refuse any other account\n";
    }

    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N} ._@-]", "?");
    }

    private static final String POLICIES = """
            policies:                                  # the first that matches governs the key
              - name: machines
                when: user.class == "machine"
                age: {warn: 300d, expire: 365d, on-warn: [remind], on-expire: [remind, ticket]}
              - name: people
                when: user.class == "person"
                age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, ticket]}
                idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, ticket]}
              - name: unclassified                     # nobody knows what it is: a finding, nothing acts
                age: {warn: 75d, expire: 90d, on-warn: [], on-expire: []}
            owners:                                    # the first that answers
              - tag: Slack
              - tag: Email
              - tag: Owner
              - name: mail                             # the user name, where it is a mail address
            stages:                                    # nothing matches: observe
              - {stage: observe}
            read: auto                                 # report | live
            """;
}
