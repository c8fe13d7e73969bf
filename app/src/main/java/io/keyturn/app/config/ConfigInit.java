package io.keyturn.app.config;

import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.UserClass;
import io.keyturn.engine.port.AccountSource;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a commented configuration to start from. */
public final class ConfigInit {
    private static final int MOST_STAGES = 20;

    /** What tells owners more, and asks for a permission more. */
    private static final String NOTICES = """
            # notices:
            #   uses: cloudtrail                       # say where each key is used from (docs/guide/notices.md)
            #   networks: [{cidr: 203.0.113.0/24, name: Head office, is: office}]
            #   identity-center: https://example.awsapps.com/start
            """;

    private ConfigInit() {}

    /**
     * A file for {@code source}, fitted to what was seen of it. Nothing in it acts, and nothing will on what nobody can
     * name: machines, people, and what is neither have a policy each.
     */
    public static String commented(AccountSource source, Seen seen) {
        return "# yaml-language-server: $schema=" + ConfigSchema.ID + "\n"
                + "# Keyturn: which access keys are governed, and how. Check it with: keyturn config check\n"
                + fittedTo(seen)
                + accounts(source, seen)
                + policies(seen)
                + owners(seen)
                + stages(seen)
                + NOTICES
                + line("read: auto", "report | live");
    }

    private static String line(String yaml, String comment) {
        return comment.isEmpty() ? yaml + "\n" : String.format("%-42s # %s\n", yaml, comment);
    }

    private static String fittedTo(Seen seen) {
        int users = seen.users().values().stream().mapToInt(Integer::intValue).sum();
        return seen.accounts().isEmpty()
                ? ""
                : "# Fitted to what was seen: " + count(seen.accounts().size(), "account") + ", " + count(users, "user")
                        + ".\n";
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static String accounts(AccountSource source, Seen seen) {
        String expected = seen.accounts().size() == 1
                ? line(
                        "account: \"" + seen.accounts().getFirst().id().value() + "\"",
                        "refuse any other account: "
                                + Quoted.comment(seen.accounts().getFirst().name()))
                : "";
        return switch (source) {
            case AccountSource.Organization organization ->
                "accounts:\n"
                        + line(
                                "  - organization: {role: " + Quoted.yaml(organization.role()) + "}",
                                "every account, read only");
            case AccountSource.Profile profile ->
                "accounts:\n  - profile: " + Quoted.yaml(profile.name()) + "\n"
                        + (expected.isEmpty() ? "" : "    " + expected);
            case AccountSource.Ambient ambient -> expected.isEmpty() ? "" : "accounts:\n  - " + expected;
            case AccountSource.Role role -> "accounts:\n  - role: " + Quoted.yaml(role.arn()) + "\n";
        };
    }

    private static String policies(Seen seen) {
        return line("policies:", "the first that matches governs the key")
                + line("  - name: machines", ofClass(seen, UserClass.Kind.MACHINE))
                + "    when: " + when(seen, UserClass.Kind.MACHINE) + "\n"
                + "    age: {warn: 300d, expire: 365d, on-warn: [remind], on-expire: [remind, ticket]}\n"
                + line("  - name: people", ofClass(seen, UserClass.Kind.PERSON))
                + "    when: " + when(seen, UserClass.Kind.PERSON) + "\n"
                + "    age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, ticket]}\n"
                + "    idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, ticket]}\n"
                + "    # To rotate as well, begin long before the limit, for owners take time (docs/guide/rotation.md):\n"
                + "    # age: {warn: 50d, expire: 90d, on-warn: [remind, rotate], on-expire: [remind, ticket]}\n"
                + "    # rotate: {delete-after: 21d, deliver: {to: secrets-manager, readers: [ARN]}}\n"
                + line("  - name: unclassified", "nobody knows what it is: a finding, nothing acts")
                + line(
                        "    age: {warn: 75d, expire: 90d, on-warn: [], on-expire: []}",
                        ofClass(seen, UserClass.Kind.UNKNOWN));
    }

    private static String ofClass(Seen seen, UserClass.Kind kind) {
        String which = kind == UserClass.Kind.UNKNOWN ? " of neither class" : " of this class";
        return seen.users().isEmpty() ? "" : count(seen.users().getOrDefault(kind, 0), "user") + which;
    }

    /** The class that evidence speaks for, and what else tells users of that kind apart here. */
    private static String when(Seen seen, UserClass.Kind kind) {
        String ofClass = "user.class == \"" + kind.label() + "\"";
        String signs = seen.signs().stream()
                .filter(sign -> sign.kind() == kind)
                .map(sign -> " || " + condition(sign))
                .collect(Collectors.joining());
        return signs.isEmpty() ? ofClass : Quoted.condition(ofClass + signs);
    }

    private static String condition(Seen.Sign sign) {
        return switch (sign) {
            case Seen.Sign.Tagged tagged ->
                "tag(" + Quoted.literal(tagged.tag()) + ") == " + Quoted.literal(tagged.value());
            case Seen.Sign.Below below -> "user.path.startsWith(" + Quoted.literal(below.path()) + ")";
        };
    }

    private static String owners(Seen seen) {
        // Without a look, the tags that are asked where nothing is configured.
        Stream<String> tags = seen.accounts().isEmpty()
                ? Settings.defaults(Path.of("")).rules().owners().stream()
                        .flatMap(rule -> rule instanceof OwnerRule.Tag(String name) ? Stream.of(name) : Stream.empty())
                : seen.ownerTags().stream();
        return line("owners:", "the first that answers")
                + tags.map(tag -> "  - tag: " + Quoted.yaml(tag) + "\n").collect(Collectors.joining())
                + line("  - name: mail", "the user name, where it is a mail address")
                + line("# - file: owners.yaml", "lines such as deploy: platform")
                + line("# - default: {slack: \"#cloud-security\"}", "whoever is left");
    }

    private static String stages(Seen seen) {
        List<String> units = seen.accounts().stream()
                .map(Seen.Account::unit)
                .filter(unit -> !unit.isBlank())
                .distinct()
                .sorted()
                .limit(MOST_STAGES)
                .toList();
        Stream<String> lines = units.isEmpty()
                ? seen.accounts().stream()
                        .limit(MOST_STAGES)
                        .map(account -> line(
                                "  - {account: \"" + account.id().value() + "\", stage: observe}",
                                Quoted.comment(account.name())))
                : units.stream().map(unit -> "  - {ou: " + Quoted.literal(unit) + ", stage: observe}\n");
        return line("stages:", "the first that matches: observe, notify, rotate or enforce")
                + lines.collect(Collectors.joining())
                + "  - {stage: observe}\n";
    }
}
