package io.keyturn.core.assess;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.core.policy.OwnerRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Asks the links of the owner chain in turn; a link that cannot be read ends it, so that no later one answers instead. */
public final class OwnerChain {
    private static final Fact<Owner> NOBODY = Fact.unknown("nobody is named");

    private final List<OwnerRule> rules;

    public OwnerChain(List<OwnerRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Who owns the user's keys; not read where there is no chain at all. */
    public Fact<Owner> of(User user, Instant asOf) {
        for (OwnerRule rule : rules) {
            String name = "";
            switch (rule) {
                case OwnerRule.Tag tag -> {
                    switch (user.tags()) {
                        case Fact.Known<Map<String, String>> tags ->
                            name = tags.value().getOrDefault(tag.name(), "");
                        case Fact.NotRead<Map<String, String>>() -> {
                            return Fact.unknown("the user's tags were not read in this run");
                        }
                        case Fact.Unknown<Map<String, String>>(String why) -> {
                            return Fact.unknown("the user's tags are not known: " + why);
                        }
                    }
                }
                case OwnerRule.Listed listed ->
                    name = listed.byUser().getOrDefault(user.name().value(), "");
                case OwnerRule.MailName() -> {
                    String userName = user.name().value();
                    name = MailAddress.looksLike(userName) ? userName : "";
                }
                case OwnerRule.Default standing -> name = standing.owner();
            }
            if (!name.isBlank()) {
                return Fact.known(new Owner(name.strip(), source(rule)), asOf);
            }
        }
        return nobody();
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
            case OwnerRule.Default standing -> "default";
        };
    }
}
