package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Action;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that read accounts. */
final class SurveyOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: keyturn.yaml in this folder, if it is there).")
    @Nullable
    Path config;

    @Option(names = "--profile", paramLabel = "NAME", description = "Read the account of this AWS profile.")
    @Nullable
    String profile;

    @Option(
            names = "--organization",
            paramLabel = "ROLE",
            description = "Read every account of the organization, by this role in each.")
    @Nullable
    String organizationRole;

    @Option(
            names = "--read",
            paramLabel = "WAY",
            description = "auto, report or live (default: as configured, else auto).")
    @Nullable
    ReadMode read;

    @Option(names = "--fast", description = "Use nearly all of the call rate that AWS grants, which others share.")
    boolean fast;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "Where learnt key IDs are kept (default: in ~/.local/state/keyturn).")
    @Nullable
    Path store;

    @Option(names = "--account", paramLabel = "ID", description = "Show only this account.")
    @Nullable
    String account;

    @Option(names = "--user", paramLabel = "NAME", description = "Show only this user.")
    @Nullable
    String user;

    @Option(names = "--policy", paramLabel = "NAME", description = "Show only keys that this policy governs.")
    @Nullable
    String policy;

    @Option(
            names = "--fail-on",
            paramLabel = "STANDING",
            description = "Exit with 1 where a key shown is leaked, expired, warned or unknown, or worse.")
    @Nullable
    Standing failOn;

    /**
     * The configuration with what the command line says instead.
     *
     * @param warnings takes what has no effect
     * @throws BadConfiguration where the configuration cannot be used
     */
    Settings settings(Map<String, String> environment, PrintWriter warnings) {
        Settings settings = Configuration.load(config, environment, warnings);
        if (organizationRole != null) {
            settings = settings.of(
                    new AccountSource.Organization(organizationRole, null, List.of(), List.of(), Set.of(), false));
        } else if (profile != null) {
            settings = settings.of(new AccountSource.Profile(profile, null, false));
        }
        if (store != null) {
            settings = settings.storedIn(store);
        }
        return settings.reading(read == null ? settings.read() : read, fast || settings.fast());
    }

    Predicate<Finding> view() {
        return finding ->
                (account == null || finding.credential().account().value().equals(account))
                        && (user == null
                                || finding.credential().principal() instanceof Principal.OfUser held
                                        && held.name().value().equals(user))
                        && (policy == null || policy.equals(finding.governedBy()));
    }

    /** Only the actions that are also within what is shown: what a person narrowed is not acted on outside of it. */
    Predicate<Action> narrowed(Predicate<Action> only) {
        return action -> only.test(action)
                && (account == null || action.credential().account().value().equals(account))
                && (user == null
                        || action.credential().principal() instanceof Principal.OfUser held
                                && held.name().value().equals(user));
    }

    /** Whether a count of this standing fails the run: what is asked for, or worse. */
    boolean fails(Map<Standing, Integer> counts) {
        Standing least = failOn;
        return least != null
                && counts.entrySet().stream()
                        .anyMatch(e -> e.getKey().compareTo(least) <= 0
                                // A key that is being replaced is on its way, not a failing.
                                && e.getKey() != Standing.ROTATING
                                && e.getValue() > 0);
    }
}
