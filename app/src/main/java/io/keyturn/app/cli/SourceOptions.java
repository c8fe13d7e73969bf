package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which accounts a command works on, and how it reads them. */
final class SourceOptions {
    @Mixin
    StoreOptions files = new StoreOptions();

    @Option(names = "--demo", description = "Work on the simulated organization of `keyturn demo` instead.")
    boolean demo;

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

    /**
     * What to work on: the configuration with what the command line says instead, or the demo's organization.
     *
     * @param warnings takes what has no effect
     * @throws BadConfiguration where the configuration cannot be used
     */
    Ground ground(Map<String, String> environment, PrintWriter warnings) {
        if (demo) {
            String idle = withoutEffect();
            if (!idle.isEmpty()) {
                throw new BadConfiguration(
                        "--demo looks at the simulated organization by its own configuration, so that " + idle
                                + " would have no effect: leave out the one or the other");
            }
            return Ground.demo();
        }
        return Ground.configured(settings(environment, warnings), environment);
    }

    /** What says where to look, and is not asked in the demo: nobody should take its answer for their own. */
    private String withoutEffect() {
        List<String> named = new ArrayList<>();
        if (files.config != null) {
            named.add("--config");
        }
        if (files.store != null) {
            named.add("--store");
        }
        if (profile != null) {
            named.add("--profile");
        }
        if (organizationRole != null) {
            named.add("--organization");
        }
        return String.join(" and ", named);
    }

    /**
     * The configuration with what the command line says instead, for a command that may change something.
     *
     * @throws BadConfiguration where it cannot be used, or the demo is asked for: nothing real may answer in its place
     */
    Settings settings(Map<String, String> environment, PrintWriter warnings) {
        if (demo) {
            throw new BadConfiguration(
                    "--demo works with scan, plan, explain, doctor and iam-policy; this command acts on real accounts");
        }
        Settings settings = files.settings(environment, warnings);
        if (organizationRole != null) {
            settings = settings.of(
                    new AccountSource.Organization(organizationRole, null, List.of(), List.of(), Set.of(), false));
        } else if (profile != null) {
            settings = settings.of(new AccountSource.Profile(profile, null, false));
        }
        return settings.reading(read == null ? settings.read() : read, fast || settings.fast());
    }
}
