package io.keyturn.app.config;

import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run is told.
 *
 * @param fast use nearly all of a throttled account's call rate
 * @param accountDeadline what reading one account may take
 * @param store where the journal is kept: what was done, said and decided
 * @param acting what holds where messages are sent and keys are changed
 * @param reports what is posted after every run
 * @param schedule when {@code serve} begins runs by itself; null is never
 * @param origins where each value that is no default came from, by its path: {@code file:line:column}
 */
public record Settings(
        List<AccountSource> accounts,
        Rules rules,
        ReadMode read,
        boolean fast,
        Duration accountDeadline,
        StorePlace store,
        Acting acting,
        List<Report> reports,
        @Nullable Rhythm schedule,
        Map<String, String> origins) {
    public Settings {
        accounts = List.copyOf(accounts);
        reports = List.copyOf(reports);
        origins = Map.copyOf(origins);
        acting = acting.speaking(acting.channels(), acting.manner().timed(timed(rules)));
    }

    private static Set<String> timed(Rules rules) {
        return rules.policies().stream()
                .filter(policy -> policy.rotation() != null && policy.rotation().byTime())
                .map(Policy::name)
                .collect(Collectors.toSet());
    }

    /**
     * What holds where nothing is configured, and the one place of these values: 90 days of age, 45 without use,
     * everything only observed. The defaults of a single policy or rotation are with {@link Policy} and its parts.
     */
    public static Settings defaults(Path store) {
        Policy policy = new Policy(
                "default",
                Condition.ALWAYS,
                limit(75, 90),
                limit(30, 45),
                Policy.DEFAULT_REMIND_EVERY,
                null,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
        List<OwnerRule> owners = List.of(
                new OwnerRule.Tag("Slack"),
                new OwnerRule.Tag("Email"),
                new OwnerRule.Tag("Owner"),
                new OwnerRule.MailName());
        Rules rules = new Rules(
                        List.of(policy), List.of(), List.of(), owners, Map.of(), Rules.DEFAULT_FIRST_NOTICE, true)
                .watching(Rules.OWN_HISTORY);
        return new Settings(
                List.of(new AccountSource.Ambient(null, false)),
                rules,
                ReadMode.AUTO,
                false,
                Duration.ofMinutes(10),
                new StorePlace.File(store),
                Acting.NONE,
                List.of(),
                null,
                Map.of());
    }

    /** The file of learnt key IDs; deleting it costs time, never correctness. */
    public Path keyIds() {
        return store.beside("-key-ids.db");
    }

    /** The file of the latest findings and the trend, beside the store; deleting it costs these, and nothing else. */
    public Path catalog() {
        return store.beside("-catalog.db");
    }

    /** The file of how keys are used, beside the store; deleting it costs time, never safety. */
    public Path observations() {
        return store.beside("-uses.db");
    }

    private static Limit limit(int warn, int expire) {
        return new Limit(
                Duration.ofDays(warn),
                Duration.ofDays(expire),
                List.of(Step.REMIND),
                List.of(Step.REMIND, Step.TICKET));
    }

    /** The same with other accounts. */
    public Settings of(AccountSource... others) {
        return new Settings(
                List.of(others), rules, read, fast, accountDeadline, store, acting, reports, schedule, origins);
    }

    /** The same with another way of reading. */
    public Settings reading(ReadMode mode, boolean fastly) {
        return new Settings(accounts, rules, mode, fastly, accountDeadline, store, acting, reports, schedule, origins);
    }

    /** The same that gives each account so long. */
    public Settings readingWithin(Duration deadline) {
        return new Settings(accounts, rules, read, fast, deadline, store, acting, reports, schedule, origins);
    }

    /** The same with its store in another file. */
    public Settings storedIn(Path other) {
        return new Settings(
                accounts,
                rules,
                read,
                fast,
                accountDeadline,
                new StorePlace.File(other),
                acting,
                reports,
                schedule,
                origins);
    }

    /** The same judged by other rules. */
    public Settings judgedBy(Rules others) {
        return new Settings(accounts, others, read, fast, accountDeadline, store, acting, reports, schedule, origins);
    }

    /** The same that acts so. */
    public Settings acting(Acting other) {
        return new Settings(accounts, rules, read, fast, accountDeadline, store, other, reports, schedule, origins);
    }

    /** The same that posts these. */
    public Settings reporting(List<Report> others) {
        return new Settings(accounts, rules, read, fast, accountDeadline, store, acting, others, schedule, origins);
    }
}
