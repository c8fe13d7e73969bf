package io.keyturn.core.policy;

import io.keyturn.core.model.FactName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a condition may mention, with its type and the facts that answer it. */
enum Attribute {
    USER_NAME("user", "name", Kind.TEXT),
    USER_PATH("user", "path", Kind.TEXT),
    USER_ARN("user", "arn", Kind.TEXT),
    USER_TAGS("user", "tags", Kind.TEXT_MAP, FactName.TAGS),
    USER_GROUPS("user", "groups", Kind.TEXT_LIST, FactName.GROUPS),
    USER_POLICIES("user", "policies", Kind.TEXT_LIST, FactName.POLICIES),
    USER_BOUNDARY("user", "boundary", Kind.TEXT, FactName.BOUNDARY),
    USER_CREATED("user", "created", Kind.TIMESTAMP),
    USER_CONSOLE("user", "console", Kind.TRUTH, FactName.CONSOLE),
    USER_MFA("user", "mfa", Kind.TRUTH, FactName.MFA),
    USER_CLASS("user", "class", Kind.TEXT, FactName.CONSOLE, FactName.MFA, FactName.TAGS),
    ACCOUNT_ID("account", "id", Kind.TEXT),
    ACCOUNT_NAME("account", "name", Kind.TEXT),
    ACCOUNT_TAGS("account", "tags", Kind.TEXT_MAP, FactName.ACCOUNT_TAGS),
    ACCOUNT_OU("account", "ou", Kind.TEXT, FactName.ACCOUNT_OU),
    KEY_ID("key", "id", Kind.TEXT),
    KEY_AGE("key", "age", Kind.DURATION),
    KEY_IDLE("key", "idle", Kind.DURATION, FactName.LAST_USE),
    KEY_ACTIVE("key", "active", Kind.TRUTH),
    KEY_LAST_USE("key", "lastUse", Kind.TIMESTAMP, FactName.LAST_USE);

    /** Types of attributes. */
    enum Kind {
        TEXT,
        TRUTH,
        TIMESTAMP,
        DURATION,
        TEXT_LIST,
        TEXT_MAP
    }

    /** The names that attributes are attributes of. */
    static final List<String> ROOTS = List.of("user", "account", "key");

    private final String root;
    private final String field;
    private final Kind kind;
    private final Set<FactName> facts;
    private final String dotted;

    Attribute(String root, String field, Kind kind, FactName... facts) {
        this.root = root;
        this.field = field;
        this.kind = kind;
        this.facts = Set.of(facts);
        this.dotted = root + "." + field;
    }

    String root() {
        return root;
    }

    Kind kind() {
        return kind;
    }

    /** As written in a condition, such as {@code user.name}. */
    String dotted() {
        return dotted;
    }

    private static final Map<String, Attribute> BY_DOTTED =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(a -> a.dotted, a -> a));

    /** The attribute written so, or null. */
    static @Nullable Attribute of(String dotted) {
        return BY_DOTTED.get(dotted);
    }

    /** Names of all attributes of {@code root}. */
    static List<String> fieldsOf(String root) {
        return Arrays.stream(values())
                .filter(a -> a.root.equals(root))
                .map(a -> a.field)
                .toList();
    }

    /** The facts behind all of them. */
    static Set<FactName> factsOf(Set<Attribute> attributes) {
        return attributes.stream()
                .flatMap(a -> a.facts.stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FactName.class)));
    }
}
