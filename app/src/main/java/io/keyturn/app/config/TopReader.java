package io.keyturn.app.config;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the top of the configuration and its policies. */
final class TopReader {
    private static final List<String> TOP = List.of(
            "accounts",
            "policies",
            "owners",
            "exemptions",
            "stages",
            "first-notice",
            "read",
            "fast",
            "account-deadline",
            "store",
            "leaks");
    private static final List<String> POLICY =
            List.of("name", "when", "age", "idle", "remind-every", "in-use-window", "cut-in-use");

    private final Tree tree;
    private final ConditionCompiler compiler;
    private final Path store;
    private final Function<String, Optional<String>> environment;
    private final Map<String, String> origins = new TreeMap<>();

    TopReader(Tree tree, ConditionCompiler compiler, Path store, Function<String, Optional<String>> environment) {
        this.environment = environment;
        this.tree = tree;
        this.compiler = compiler;
        this.store = store;
    }

    Settings read(Node root) {
        Fields top = new Fields(tree, root, "", TOP);
        for (String key : TOP) {
            Node node = top.get(key);
            origins.put(key, node == null ? "default" : tree.file + ":" + tree.line(node));
        }
        ReadMode read = word(top, "read", ReadMode.values(), ReadMode.AUTO);
        List<Policy> policies = top.has("policies") ? policies(top) : SettingsReader.policies();
        // Whoever reads live and asks for ages alone wants one call a user: nothing else is read for them.
        boolean agesOnly = read == ReadMode.LIVE
                && top.has("policies")
                && !top.has("owners")
                && policies.stream()
                        .allMatch(policy ->
                                policy.idle() == null && policy.when().needs().isEmpty());
        List<OwnerRule> owners = top.has("owners")
                ? owners(top)
                : agesOnly ? List.of(new OwnerRule.MailName()) : SettingsReader.owners();
        Rules rules = new Rules(
                policies,
                exemptions(top),
                stages(top),
                owners,
                Map.of(),
                Objects.requireNonNull(top.duration("first-notice", Rules.DEFAULT_FIRST_NOTICE)),
                leaks(top, agesOnly));
        String path = top.text("store", "write the path of a file");
        return new Settings(
                accounts(top),
                rules,
                read,
                top.truth("fast", false),
                Objects.requireNonNull(top.duration("account-deadline", Duration.ofMinutes(10))),
                path == null ? store : tree.folder.resolve(path),
                origins);
    }

    private boolean leaks(Fields top, boolean agesOnly) {
        String text = top.text("leaks", "write auto, true or false");
        return text == null || text.equals("auto") ? !agesOnly : top.truth("leaks", true);
    }

    private <E extends Enum<E>> E word(Fields in, String key, E[] values, E fallback) {
        String right = "write one of "
                + String.join(
                        ", ",
                        Arrays.stream(values)
                                .map(v -> v.name().toLowerCase(Locale.ROOT))
                                .toList());
        String text = in.text(key, right);
        if (text == null) {
            return fallback;
        }
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        tree.bad(Objects.requireNonNull(in.get(key)), in.at(key), "is not known here", text, right);
        return fallback;
    }

    private List<AccountSource> accounts(Fields top) {
        List<AccountSource> out = new ArrayList<>();
        int i = 0;
        for (Node node : top.list("accounts")) {
            String at = "accounts[" + i++ + "]";
            Fields f = new Fields(
                    tree, node, at, List.of("profile", "role", "external-id", "organization", "account", "dr"));
            boolean dr = f.truth("dr", false);
            AccountId expected = account(f, "account");
            String profile = f.text("profile", "write the name of a profile");
            String role = f.text("role", "write the ARN of a role");
            Node organization = f.get("organization");
            oneForm(f, expected);
            if (organization != null) {
                Fields o = new Fields(
                        tree,
                        organization,
                        at + ".organization",
                        List.of("role", "external-id", "include", "exclude-units", "exclude"));
                String name = o.text("role", "write the name of a role");
                if (name == null) {
                    tree.bad(
                            organization, o.at("role"), "is missing", "", "name the role to read with in each account");
                    continue;
                }
                Set<AccountId> exclude = new HashSet<>();
                for (String id : o.texts("exclude")) {
                    AccountId read = id(id, organization, o.at("exclude"));
                    if (read != null) {
                        exclude.add(read);
                    }
                }
                out.add(new AccountSource.Organization(
                        name, secret(o, "external-id"), o.texts("include"), o.texts("exclude-units"), exclude, dr));
            } else if (role != null) {
                if (!role.matches("arn:aws[a-z-]*:iam::\\d{12}:role/.+")) {
                    tree.bad(
                            Objects.requireNonNull(f.get("role")),
                            at + ".role",
                            "is not the ARN of a role",
                            role,
                            "write for example arn:aws:iam::111122223333:role/keyturn-read");
                }
                out.add(new AccountSource.Role(role, secret(f, "external-id"), dr));
            } else if (profile != null) {
                out.add(new AccountSource.Profile(profile, expected, dr));
            } else {
                out.add(new AccountSource.Ambient(expected, dr));
            }
        }
        return out.isEmpty() ? List.of(new AccountSource.Ambient(null, false)) : out;
    }

    /** Refuses an entry whose meaning would have to be guessed. */
    private void oneForm(Fields f, @Nullable AccountId expected) {
        List<String> forms = List.of("profile", "role", "organization").stream()
                .filter(f::has)
                .toList();
        if (forms.size() > 1) {
            tree.bad(f.node, f.path, "names several ways at once", String.join(", ", forms), "make an entry of each");
        }
        if (expected != null && (f.has("role") || f.has("organization"))) {
            tree.bad(
                    Objects.requireNonNull(f.get("account")),
                    f.at("account"),
                    "has no meaning beside a role or an organization",
                    expected.value(),
                    "leave it out: the ARN or the organization names the account");
        }
    }

    private @Nullable AccountId account(Fields f, String key) {
        String text = f.text(key, "write twelve digits in quotes");
        return text == null ? null : id(text, Objects.requireNonNull(f.get(key)), f.at(key));
    }

    private @Nullable AccountId id(String text, Node at, String path) {
        if (text.matches("\\d{12}")) {
            return new AccountId(text);
        }
        tree.bad(at, path, "is not an AWS account ID", text, "write twelve digits in quotes");
        return null;
    }

    private List<StageRule> stages(Fields top) {
        List<StageRule> out = new ArrayList<>();
        int i = 0;
        for (Node node : top.list("stages")) {
            Fields f = new Fields(tree, node, "stages[" + i++ + "]", List.of("ou", "account", "stage"));
            if (!f.has("stage")) {
                tree.bad(node, f.at("stage"), "is missing", "", "write observe, notify, rotate or enforce");
            }
            out.add(new StageRule(
                    f.text("ou", "write a path"),
                    account(f, "account"),
                    word(f, "stage", Stage.values(), Stage.OBSERVE)));
        }
        return out;
    }

    private List<OwnerRule> owners(Fields top) {
        List<OwnerRule> out = new ArrayList<>();
        int i = 0;
        for (Node node : top.list("owners")) {
            Fields f = new Fields(tree, node, "owners[" + i++ + "]", List.of("tag", "name", "default"));
            String tag = f.text("tag", "write the name of a tag");
            String fallback = f.text("default", "write who is left");
            if (tag != null) {
                out.add(new OwnerRule.Tag(tag));
            } else if (fallback != null) {
                out.add(new OwnerRule.Default(fallback));
            } else if ("mail".equals(f.text("name", "write name: mail"))) {
                out.add(new OwnerRule.MailName());
            } else {
                tree.bad(node, f.path, "names no owner", "", "write tag: NAME, name: mail, or default: WHO");
            }
        }
        return out;
    }

    private List<Policy> policies(Fields top) {
        List<Policy> out = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int i = 0;
        Node all = Objects.requireNonNull(top.get("policies"));
        if (top.list("policies").isEmpty()) {
            tree.bad(all, "policies", "has no entry", "", "name a policy, or leave the key out for the built-in one");
        }
        for (Node node : top.list("policies")) {
            Fields f = new Fields(tree, node, "policies[" + i++ + "]", POLICY);
            String name = f.text("name", "write a name");
            if (name == null || !names.add(name)) {
                tree.bad(
                        node,
                        f.at("name"),
                        name == null ? "is missing" : "is the name of an earlier policy",
                        name == null ? "" : name,
                        "give every policy its own name");
            }
            out.add(new Policy(
                    name == null ? "" : name,
                    when(f),
                    limit(f, "age"),
                    limit(f, "idle"),
                    Objects.requireNonNull(f.duration("remind-every", Policy.DEFAULT_REMIND_EVERY)),
                    null,
                    Objects.requireNonNull(f.duration("in-use-window", Policy.DEFAULT_IN_USE_WINDOW)),
                    f.truth("cut-in-use", false)));
        }
        return out;
    }

    private Condition when(Fields f) {
        String source = f.text("when", "write a condition, such as user.class == \"person\"");
        if (source == null) {
            return Condition.ALWAYS;
        }
        try {
            return compiler.compile(source);
        } catch (ConditionError e) {
            Node at = Objects.requireNonNull(f.get("when"));
            tree.problems.add(new ConfigProblem(
                    tree.file,
                    tree.line(at) + e.line() - 1,
                    tree.column(at) + Math.max(0, e.column() - 1),
                    f.at("when"),
                    String.valueOf(e.getMessage()),
                    "",
                    ""));
            return Condition.ALWAYS;
        }
    }

    private @Nullable Limit limit(Fields in, String key) {
        Node node = in.get(key);
        if (node == null) {
            return null;
        }
        Fields f = new Fields(tree, node, in.at(key), List.of("warn", "expire", "on-warn", "on-expire"));
        Duration warn = f.duration("warn", null);
        Duration expire = f.duration("expire", null);
        List<Step> onWarn = steps(f, "on-warn");
        List<Step> onExpire = steps(f, "on-expire");
        if (expire == null) {
            if (!f.has("expire")) {
                tree.bad(node, f.at("expire"), "is missing", "", "write for example expire: 90d");
            }
            return null;
        }
        Duration from = warn == null ? expire : warn;
        if (warn != null && warn.compareTo(expire) >= 0) {
            tree.bad(
                    Objects.requireNonNull(f.get("warn")),
                    f.at("warn"),
                    "is not before expire",
                    Objects.toString(f.text("warn", "")),
                    "make warn shorter than expire");
            return null;
        }
        return new Limit(from, expire, onWarn, onExpire);
    }

    private List<Step> steps(Fields f, String key) {
        if (!f.has(key)) {
            return List.of(Step.REMIND);
        }
        List<Step> out = new ArrayList<>();
        for (String word : f.texts(key)) {
            if (word.equals("rotate")) {
                Node at = Objects.requireNonNull(f.get(key));
                tree.warn(at, f.at(key), "names rotate, which this version plans and does not do", "");
            }
            try {
                out.add(Step.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                tree.bad(
                        Objects.requireNonNull(f.get(key)),
                        f.at(key),
                        "is not a step",
                        word,
                        "write some of remind, ticket, rotate, deactivate, delete");
            }
        }
        return out;
    }

    private @Nullable String secret(Fields f, String key) {
        String text = f.text(key, "write a text or ${env:NAME}");
        if (text == null || !text.contains("${")) {
            return text;
        }
        Node at = Objects.requireNonNull(f.get(key));
        if (!text.matches("\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}")) {
            tree.bad(at, f.at(key), "is not a reference that can be used here", text, "write ${env:NAME}");
            return null;
        }
        String name = text.substring("${env:".length(), text.length() - 1);
        Optional<String> value = environment.apply(name).filter(v -> !v.isEmpty());
        if (value.isEmpty()) {
            tree.bad(at, f.at(key), "names an environment variable that is not set", text, "set " + name);
        }
        return value.orElse(null);
    }

    private List<Exemption> exemptions(Fields top) {
        List<Exemption> out = new ArrayList<>();
        int i = 0;
        for (Node node : top.list("exemptions")) {
            List<String> keys = List.of("user", "owner", "reason", "until");
            Fields f = new Fields(tree, node, "exemptions[" + i++ + "]", keys);
            for (String key : keys) {
                if (!f.has(key)) {
                    tree.bad(node, f.at(key), "is missing", "", "an exemption has user, owner, reason and until");
                }
            }
            String user = f.text("user", "write a pattern of ARNs");
            String owner = f.text("owner", "write who answers for it");
            String reason = f.text("reason", "write why");
            String until = f.text("until", "write a day such as 2027-06-30");
            if (user == null || owner == null || reason == null || until == null) {
                continue;
            }
            try {
                out.add(new Exemption(new ArnPattern(user), owner, reason, LocalDate.parse(until)));
            } catch (DateTimeParseException e) {
                Node at = Objects.requireNonNull(f.get("until"));
                tree.bad(at, f.at("until"), "is not a date", until, "write for example 2027-06-30");
            }
        }
        return out;
    }
}
