package io.keyturn.app.config;

import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.OwnerRule.Contact.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads {@code owners}: who answers for a key. */
final class OwnersReader {
    private static final List<String> KEYS =
            List.of("tag", "file", "name", "cloudtrail", "account-tag", "contact", "default");
    private static final String ONE = "write one of tag: NAME, file: PATH, name: mail, cloudtrail: creator,"
            + " account-tag: NAME, contact: operations, default: {slack: WHO}";

    List<OwnerRule> read(Fields top) {
        List<OwnerRule> rules = top.each("owners", KEYS, OwnersReader::rule);
        for (int i = 0; i < rules.size() - 1; i++) {
            if (rules.get(i) instanceof OwnerRule.Default) {
                String at = "owners[" + i + "]";
                top.tree.warn(
                        top.list("owners").get(i),
                        at,
                        "always answers, so nothing after it is asked",
                        "make it the last");
            }
        }
        return rules;
    }

    /** Reads {@code escalate}: who hears in the place of an owner who does nothing; null where nobody does. */
    static @Nullable Escalation escalation(Fields top) {
        Fields f = top.mapping("escalate", List.of("after", "to")).orElse(null);
        if (f == null) {
            return null;
        }
        f.require("say after how long, such as 21d", "after");
        f.require("say to whom, such as [{default: {slack: \"#platform-leads\"}}]", "to");
        List<OwnerRule> to = f.each("to", KEYS, OwnersReader::rule);
        Optional<Duration> after = f.duration("after");
        if (after.isPresent() && after.get().isZero()) {
            f.bad("after", "leaves the owner no time to answer", "write for example 21d");
        }
        if (f.isEmptyList("to")) {
            f.bad("to", "names nobody", ONE);
        }
        return after.isEmpty() || to.isEmpty() ? null : new Escalation(after.get(), to);
    }

    private static Optional<OwnerRule> rule(Fields f) {
        List<String> ways = KEYS.stream().filter(f::has).toList();
        if (ways.size() != 1) {
            String what = ways.isEmpty() ? "names no owner" : "names several owners at once";
            f.tree.bad(f.node, f.path, what, String.join(", ", ways), ONE);
            return Optional.empty();
        }
        return switch (ways.getFirst()) {
            case "tag" ->
                Optional.ofNullable(f.text("tag", "write the name of a tag")).map(OwnerRule.Tag::new);
            case "file" ->
                Optional.ofNullable(f.text("file", "write the path of a file")).flatMap(path -> listed(f, path));
            case "name" -> {
                f.word("name", List.of("mail"), word -> word, "");
                yield Optional.of(new OwnerRule.MailName());
            }
            case "cloudtrail" -> {
                f.word("cloudtrail", List.of("creator"), word -> word, "");
                yield Optional.of(new OwnerRule.Creator());
            }
            case "account-tag" ->
                Optional.ofNullable(f.text("account-tag", "write the name of a tag of accounts"))
                        .map(OwnerRule.AccountTag::new);
            case "contact" ->
                Optional.of(
                        new OwnerRule.Contact(f.word("contact", List.of(Kind.values()), Kind::label, Kind.OPERATIONS)));
            default -> standing(f);
        };
    }

    private static Optional<OwnerRule> listed(Fields f, String path) {
        try {
            Path file = f.tree.folder.resolve(path);
            Tree own = new Tree(file, path);
            OwnerRule.Listed listed = OwnerFile.read(file, own, path);
            for (ConfigProblem problem : own.problems) {
                if (problem.line() == 0) {
                    f.bad("file", problem.what(), problem.right());
                } else {
                    f.tree.problems.add(problem);
                }
            }
            return Optional.of(listed);
        } catch (InvalidPathException e) {
            f.bad("file", "is not a path: " + e.getReason(), "write the path of a file");
            return Optional.empty();
        }
    }

    private static Optional<OwnerRule> standing(Fields f) {
        if (!(f.node("default") instanceof MappingNode)) {
            f.tree.origin(f.at("default") + "." + OwnerRule.Via.NAME.label(), f.node("default"));
            return Optional.ofNullable(f.text("default", "write who is left, such as {slack: \"#cloud-security\"}"))
                    .map(OwnerRule.Default::new);
        }
        List<String> vias =
                Stream.of(OwnerRule.Via.values()).map(OwnerRule.Via::label).toList();
        Fields d = new Fields(f.tree, f.node("default"), f.at("default"), vias);
        List<OwnerRule.Via> named = Stream.of(OwnerRule.Via.values())
                .filter(via -> d.has(via.label()))
                .toList();
        if (named.size() != 1) {
            f.tree.bad(d.node, d.path, "does not name one way to one owner", "", "write one of slack, email, name");
            return Optional.empty();
        }
        OwnerRule.Via via = named.getFirst();
        return Optional.ofNullable(d.text(via.label(), "write who is left"))
                .map(who -> new OwnerRule.Default(who, via));
    }
}
