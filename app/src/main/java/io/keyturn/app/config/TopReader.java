package io.keyturn.app.config;

import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the whole of a configuration: each section by its own reader, each absent value from the defaults. */
final class TopReader {
    private static final List<String> KEYS = List.of(
            "accounts",
            "policies",
            "owners",
            "escalate",
            "exemptions",
            "stages",
            "limits",
            "first-notice",
            "act-window",
            "channels",
            "notices",
            "credstash",
            "hand-over",
            "approval",
            "read",
            "fast",
            "account-deadline",
            "store",
            "leaks",
            "count-days",
            "root-keys",
            "reports",
            "schedule");
    private static final Pattern PRINCIPAL = Pattern.compile("arn:[a-z*?-]+:(?:iam|sts)::[0-9*?]{1,12}:.+");

    private final Tree tree;
    private final ConditionCompiler compiler;
    private final SecretReader secrets;
    private final Settings base;

    /** {@code base} holds what is not written. */
    TopReader(Tree tree, ConditionCompiler compiler, SecretReader secrets, Settings base) {
        this.tree = tree;
        this.compiler = compiler;
        this.secrets = secrets;
        this.base = base;
    }

    Settings read(Node root) {
        Fields top = new Fields(tree, root, "", KEYS);
        List<AccountSource> accounts = new AccountsReader(secrets).read(top);
        ReadMode read =
                top.word("read", List.of(ReadMode.values()), m -> m.name().toLowerCase(Locale.ROOT), base.read());
        Settings settings = new Settings(
                accounts.isEmpty() ? base.accounts() : accounts,
                rules(top, read),
                read,
                top.truth("fast", base.fast()),
                deadline(top),
                StoreReader.read(top, base.store()),
                acting(top),
                new ReportsReader(secrets).read(top),
                ScheduleReader.read(top).orElse(null),
                tree.origins);
        Advice.on(settings, top);
        return settings;
    }

    private Rules rules(Fields top, ReadMode read) {
        List<Policy> policies = top.has("policies")
                ? new PoliciesReader(compiler).read(top)
                : base.rules().policies();
        // Whoever reads live and asks for ages alone wants one call a user: nothing else is read for them.
        boolean agesOnly = read == ReadMode.LIVE
                && top.has("policies")
                && !top.has("owners")
                && policies.stream()
                        .allMatch(policy ->
                                policy.idle() == null && policy.when().needs().isEmpty());
        List<OwnerRule> fallback =
                agesOnly ? List.of(new OwnerRule.MailName()) : base.rules().owners();
        Duration notice = firstNotice(top);
        Rules rules = new Rules(
                        policies,
                        new ExemptionsReader().read(top),
                        new StagesReader().read(top),
                        top.has("owners") ? new OwnersReader().read(top) : fallback,
                        CapsReader.read(top),
                        notice,
                        leaks(top, !agesOnly))
                .counting(top.word(
                        "count-days",
                        List.of(DayCount.values()),
                        DayCount::label,
                        base.rules().days()))
                .looking(top.truth("root-keys", base.rules().root()))
                .escalating(OwnersReader.escalation(top))
                .clockedBy(NoticesReader.zoneTag(top));
        // Whoever announces nothing goes by AWS's last use alone, as earlier tools did.
        return notice != null && policies.stream().anyMatch(TopReader::goesByUse)
                ? rules.watching(Rules.OWN_HISTORY)
                : rules;
    }

    /** Whether it matters to the policy how a key is used. */
    private static boolean goesByUse(Policy policy) {
        Rotation rotation = policy.rotation();
        return policy.idle() != null || (rotation != null && !rotation.byTime());
    }

    /** Null where the file says that nothing is announced. */
    private @Nullable Duration firstNotice(Fields top) {
        return "none".equals(Fields.text(top.node("first-notice")))
                ? null
                : top.duration("first-notice").orElse(base.rules().firstNotice());
    }

    private static boolean leaks(Fields top, boolean auto) {
        return "auto".equals(Fields.text(top.node("leaks"))) ? auto : top.truth("leaks", auto);
    }

    private Duration deadline(Fields top) {
        Duration deadline = top.duration("account-deadline", base.accountDeadline());
        if (deadline.isZero()) {
            top.bad("account-deadline", "leaves no time to read anything", "write for example 10m");
        }
        return deadline;
    }

    private Acting acting(Fields top) {
        Channels channels = new ChannelsReader(secrets).read(top);
        return new Acting(
                channels,
                NoticesReader.read(
                        top,
                        channels.email() == null ? List.of() : channels.email().allowedDomains(),
                        secrets),
                ActWindowReader.read(top).orElse(null),
                top.word(
                        "approval",
                        List.of(Approval.values()),
                        Approval::label,
                        base.acting().approval()),
                top
                        .texts(
                                "hand-over",
                                PRINCIPAL,
                                "is not a pattern of IAM or STS ARNs",
                                "write for example arn:aws:iam::*:role/key-rotator")
                        .stream()
                        .map(ArnPattern::new)
                        .toList(),
                CredstashReader.read(top));
    }
}
