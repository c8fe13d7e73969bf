package io.keyturn.app.cli;

import io.keyturn.app.config.Durations;
import io.keyturn.app.config.Settings;
import io.keyturn.app.wiring.Shard;
import io.keyturn.app.wiring.TimeLimit;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Spelling;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Action;
import io.keyturn.core.policy.Policy;
import io.keyturn.engine.port.AccountEntry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the commands that read accounts and show what was found. */
final class SurveyOptions {
    /** What {@code --fail-on} may ask for, worst first. */
    private static final List<Standing> FAILINGS =
            List.of(Standing.LEAKED, Standing.EXPIRED, Standing.WARNED, Standing.UNKNOWN);

    @Mixin
    SourceOptions source = new SourceOptions();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Read only this account: its number or name.")
    @Nullable
    String account;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = Part.class,
            description = {
                "Work on part I of N of the accounts: for several processes side by side. Few accounts change",
                "their part when N changes."
            })
    @Nullable
    Shard shard;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = Time.class,
            description = {
                "End by oneself within this time, such as 110s or 14m, where a scheduler ends what takes longer:",
                "what was not read is told, and no act is cut off in its middle."
            })
    @Nullable
    Duration time;

    @Option(names = "--user", paramLabel = "NAME", description = "Show only this user.")
    @Nullable
    String user;

    @Option(names = "--policy", paramLabel = "NAME", description = "Show only keys that this policy governs.")
    @Nullable
    String policy;

    @Option(
            names = "--fail-on",
            paramLabel = "STANDING",
            converter = Failing.class,
            description = "Exit with 1 where a key shown is leaked, expired, warned or unknown, or worse.")
    @Nullable
    Standing failOn;

    /** How long it may take; the time begins now. */
    TimeLimit limit() {
        return new TimeLimit(InstantSource.system(), time);
    }

    /** Reads a span of time. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .filter(Duration::isPositive)
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + text + "\" is not a time; write for example 110s or 14m"));
        }
    }

    /** Reads a part of all accounts. */
    static final class Part implements ITypeConverter<Shard> {
        @Override
        public Shard convert(String text) {
            try {
                return Shard.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Reads a standing that can fail a run. */
    static final class Failing implements ITypeConverter<Standing> {
        @Override
        public Standing convert(String word) {
            List<String> words = FAILINGS.stream().map(Standing::label).toList();
            for (Standing standing : FAILINGS) {
                if (standing.label().equals(word.toLowerCase(Locale.ROOT))) {
                    return standing;
                }
            }
            String near = Spelling.nearest(word, words);
            throw new TypeConversionException("\"" + word + "\" is none of " + String.join(", ", words)
                    + (near == null ? "" : "; did you mean \"" + near + "\"?"));
        }
    }

    AccountChoice accounts() {
        return new AccountChoice(account);
    }

    /** Whom it is narrowed to, sought in what is read; another part of the accounts may hold the user. */
    NamedUser namedUser() {
        return new NamedUser(shard == null ? user : null);
    }

    /** Where to look, for a command that only shows. */
    Ground ground(Map<String, String> environment, PrintWriter warnings) {
        Ground ground = source.ground(environment, warnings);
        try {
            refuseUnknownPolicy(ground.settings());
        } catch (BadConfiguration e) {
            ground.close();
            throw e;
        }
        return ground;
    }

    /** A name that no policy bears would show no key, and so pass for clean. */
    private void refuseUnknownPolicy(Settings settings) {
        List<String> names =
                settings.rules().policies().stream().map(Policy::name).toList();
        String asked = policy;
        if (asked != null && !names.contains(asked)) {
            String near = Spelling.nearest(asked, names);
            throw new BadConfiguration("--policy: no policy is named \"" + asked + "\"; "
                    + (near == null ? "there are " + String.join(", ", names) : "did you mean \"" + near + "\"?"));
        }
    }

    /** Which accounts are read. */
    Predicate<AccountEntry> taken() {
        if (shard != null) {
            if (account != null) {
                throw new BadConfiguration(
                        "--shard takes a part of all accounts, and --account one of them; leave one out");
            }
            return shard;
        }
        AccountChoice chosen = accounts();
        return entry -> chosen.takes(entry.id(), entry.label());
    }

    /** The settings, for a command that may change something. */
    Settings settings(Map<String, String> environment, PrintWriter warnings) {
        return source.settings(environment, warnings);
    }

    /** Only the actions that are also within what is shown: what a person narrowed is not acted on outside of it. */
    Predicate<Action> narrowed(Predicate<Action> only) {
        return action -> only.test(action)
                && (user == null
                        || action.credential().principal() instanceof Principal.OfUser held
                                && held.name().value().equals(user));
    }

    Predicate<Finding> view() {
        return finding -> (user == null
                        || finding.credential().principal() instanceof Principal.OfUser held
                                && held.name().value().equals(user))
                && (policy == null || policy.equals(finding.governedBy()));
    }

    /** What the view is narrowed to, in words; empty where everything is shown. */
    List<String> narrowedTo() {
        List<String> parts = new ArrayList<>();
        if (account != null) {
            parts.add("account " + account);
        }
        if (shard != null) {
            parts.add("part " + shard + " of the accounts");
        }
        if (user != null) {
            parts.add("user " + user);
        }
        if (policy != null) {
            parts.add("policy " + policy);
        }
        return parts;
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
