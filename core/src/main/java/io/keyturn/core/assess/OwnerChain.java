package io.keyturn.core.assess;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.core.policy.OwnerRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the links of the owner chain in turn; a link that cannot be read ends it, so that no later one answers instead. */
public final class OwnerChain {
    private static final Fact<Owner> NOBODY = Fact.unknown("nobody is named");

    private final List<OwnerRule> rules;
    private final Clues clues;
    private final String zoneTag;

    /** A chain that nothing is asked for beside the user. */
    public OwnerChain(List<OwnerRule> rules) {
        this(rules, Clues.NONE, OwnerZone.TAG);
    }

    /** @param zoneTag the tag of a user that says the owner's time zone */
    public OwnerChain(List<OwnerRule> rules, Clues clues, String zoneTag) {
        this.rules = List.copyOf(rules);
        this.clues = clues;
        this.zoneTag = zoneTag;
    }

    /** Who owns the user's keys; not read where there is no chain at all, or a link takes a clue that nobody asked for. */
    public Fact<Owner> of(User user, Instant asOf) {
        for (OwnerRule rule : rules) {
            Fact<String> name = ask(rule, user, asOf);
            switch (name) {
                case Fact.Known<String> known -> {
                    if (!known.value().isBlank()) {
                        return Fact.known(owner(known.value().strip(), rule, user), asOf);
                    }
                }
                case Fact.NotRead<String>() -> {
                    return rule.takesClue()
                            ? Fact.notRead()
                            : Fact.unknown("the user's tags were not read in this run");
                }
                case Fact.Unknown<String>(String why) -> {
                    // A clue is a help, and what cannot be had of it is said where it was asked for.
                    if (!rule.takesClue()) {
                        return Fact.unknown("the user's tags are not known: " + why);
                    }
                }
            }
        }
        return nobody();
    }

    /**
     * Whoever can be told of the user's keys, in order: the owner, and where the owner cannot be reached, each further
     * one that the chain names.
     */
    public List<Owner> all(User user, Instant asOf) {
        List<Owner> all = new ArrayList<>();
        for (OwnerRule rule : rules) {
            if (!(ask(rule, user, asOf) instanceof Fact.Known<String>(String name, Instant at))) {
                if (rule.takesClue()) {
                    continue;
                }
                break;
            }
            String stripped = name.strip();
            if (!stripped.isEmpty()
                    && all.stream().noneMatch(owner -> owner.name().equals(stripped))) {
                all.add(owner(stripped, rule, user));
            }
        }
        return all;
    }

    private Owner owner(String name, OwnerRule rule, User user) {
        return new Owner(name, source(rule), OwnerZone.of(rule, user, zoneTag));
    }

    /** The name that a link gives; empty where it gives none. */
    private Fact<String> ask(OwnerRule rule, User user, Instant asOf) {
        String userName = user.name().value();
        return switch (rule) {
            case OwnerRule.Tag tag ->
                switch (user.tags()) {
                    case Fact.Known<Map<String, String>> tags ->
                        Fact.known(tags.value().getOrDefault(tag.name(), ""), asOf);
                    case Fact.NotRead<Map<String, String>>() -> Fact.notRead();
                    case Fact.Unknown<Map<String, String>>(String why) -> Fact.unknown(why);
                };
            case OwnerRule.Listed listed -> Fact.known(listed.byUser().getOrDefault(userName, ""), asOf);
            case OwnerRule.MailName() -> Fact.known(MailAddress.looksLike(userName) ? userName : "", asOf);
            case OwnerRule.Creator() -> clues.of(user.id()).maker().map(Maker::name);
            case OwnerRule.AccountTag(String name) ->
                clues.of(user.id()).accountTags().map(tags -> tags.getOrDefault(name, ""));
            case OwnerRule.Contact(OwnerRule.Contact.Kind kind) ->
                clues.of(user.id()).contact(kind);
            case OwnerRule.Default standing -> Fact.known(standing.owner(), asOf);
        };
    }

    /** Who answers for the root user's keys: only the default can. */
    public Fact<Owner> ofRoot(Instant asOf) {
        for (OwnerRule rule : rules) {
            if (rule instanceof OwnerRule.Default standing && !standing.owner().isBlank()) {
                return Fact.known(new Owner(standing.owner().strip(), source(rule)), asOf);
            }
        }
        return nobody();
    }

    private Fact<Owner> nobody() {
        return rules.isEmpty() ? Fact.notRead() : NOBODY;
    }

    /** The link as it is named in every output, such as {@code tag Slack}. */
    public static String source(OwnerRule rule) {
        return switch (rule) {
            case OwnerRule.Tag(String name) -> "tag " + name;
            case OwnerRule.Listed listed -> "file " + listed.file();
            case OwnerRule.MailName() -> "user name";
            case OwnerRule.Creator() -> "cloudtrail";
            case OwnerRule.AccountTag(String name) -> "account tag " + name;
            case OwnerRule.Contact(OwnerRule.Contact.Kind kind) -> "account contact " + kind.label();
            case OwnerRule.Default standing -> "default";
        };
    }
}
