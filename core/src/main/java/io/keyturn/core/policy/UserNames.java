package io.keyturn.core.policy;

import io.keyturn.core.model.FactName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The condition {@code user.name in ["alice", "bob"]}, understood without CEL: where every user is named, a list is long,
 * and looking a name up takes no longer for that.
 *
 * @param source as written in the configuration
 */
public record UserNames(String source, Set<String> names) implements Condition {
    private static final String NAME = "\"[A-Za-z0-9+=,.@_-]{1,64}+\"";
    private static final Pattern WRITTEN =
            Pattern.compile("\\s*+user\\.name\\s++in\\s++\\[\\s*+(?:" + NAME + "\\s*+(?:,\\s*+|(?=\\])))*+\\]\\s*+");
    private static final Pattern ONE = Pattern.compile(NAME);

    public UserNames {
        names = Set.copyOf(names);
    }

    /** Reads one; empty where {@code source} is anything else. */
    public static Optional<UserNames> read(String source) {
        if (!WRITTEN.matcher(source).matches()) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        for (Matcher name = ONE.matcher(source); name.find(); ) {
            names.add(source.substring(name.start() + 1, name.end() - 1));
        }
        return Optional.of(new UserNames(source, names));
    }

    /** That of these names, of which those that IAM allows no user are left out. */
    public static UserNames of(Set<String> names) {
        String list = names.stream()
                .map(name -> '"' + name + '"')
                .filter(name -> ONE.matcher(name).matches())
                .sorted()
                .collect(Collectors.joining(", "));
        return read("user.name in [" + list + "]").orElseThrow();
    }

    @Override
    public Set<FactName> needs() {
        return Set.of();
    }

    @Override
    public boolean mentionsKey() {
        return false;
    }

    @Override
    public Verdict test(Subject subject) {
        return names.contains(subject.user().name().value()) ? Verdict.MATCHES : Verdict.DOES_NOT_MATCH;
    }

    @Override
    public List<SeenValue> seen(Subject subject) {
        return List.of(new SeenValue("user.name", subject.user().name().value(), true));
    }

    @Override
    public String toString() {
        return source;
    }
}
