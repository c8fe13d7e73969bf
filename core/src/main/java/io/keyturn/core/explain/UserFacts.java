package io.keyturn.core.explain;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is known, from where and as of when, and what was not looked at. */
final class UserFacts {
    /** From the IAM user guide: one last use is kept for each key, and it trails by up to some hours. */
    private static final String LAST_USE_LIMIT = "AWS keeps one last use: a key pasted in five places shows the latest";

    private static final String NO_TRAIL = "; CloudTrail was not looked at";

    private static final String TRAIL = "cloudtrail:LookupEvents";

    private static final String WATCHED = "last uses that runs saw";

    private UserFacts() {}

    /** Of the user and the account. */
    static List<NamedFact> of(Account account, User user) {
        List<NamedFact> facts = new ArrayList<>();
        facts.add(fact("tags", user.tags(), "iam:ListUserTags", UserFacts::pairs));
        facts.add(fact("groups", user.groups(), "iam:ListGroupsForUser", UserFacts::list));
        facts.add(fact(
                "policies", user.policies(), "iam:ListAttachedUserPolicies, iam:ListUserPolicies", UserFacts::list));
        facts.add(fact("boundary", user.boundary(), "iam:GetUser", arn -> arn.isEmpty() ? "none" : arn));
        facts.add(fact("console", user.console(), "iam:GetLoginProfile", UserFacts::yes));
        facts.add(fact("MFA device", user.mfa(), "iam:ListMFADevices", UserFacts::yes));
        facts.add(fact(
                "account's OU",
                account.ou(),
                "organizations:ListAccountsForParent",
                ou -> ou.isEmpty() ? "the root" : ou));
        if (!(user.keys() instanceof Fact.Known<List<AccessKey>>)) {
            facts.add(fact("keys", user.keys(), "iam:ListAccessKeys", keys -> ""));
        }
        return facts;
    }

    /** Of one key. */
    static List<NamedFact> of(AccessKey key) {
        String created = key.created().toString();
        String use = switch (key.lastUse()) {
            case LastUse.Used used -> used.at() + " by " + used.service() + " in " + used.region();
            case LastUse.NeverUsed() ->
                key.created().isBefore(LastUse.TRACKED_SINCE) ? "not since 2015-04-22" : "never used";
            case LastUse.Unknown unknown -> null;
        };
        String missing = key.lastUse() instanceof LastUse.Unknown(String why) ? why : LAST_USE_LIMIT + NO_TRAIL;
        return List.of(
                new NamedFact("status", key.active() ? "active" : "inactive", "iam:ListAccessKeys", key.asOf(), ""),
                new NamedFact("created", created, "iam:ListAccessKeys", key.asOf(), ""),
                new NamedFact("last use", use, "iam:GetAccessKeyLastUsed", use == null ? null : key.asOf(), missing));
    }

    /**
     * What runs saw of one key's uses, and what follows from it.
     *
     * @param observed null where none did yet
     * @param idle the policy's limit of disuse
     * @param enough how long a key must be watched before its disuse changes anything
     */
    static NamedFact watched(@Nullable Observed observed, Duration idle, Duration enough) {
        if (observed == null) {
            return new NamedFact(
                    "uses watched",
                    null,
                    WATCHED,
                    null,
                    "no run has: its disuse changes nothing in the first " + enough.toDays() + " days");
        }
        String gap = observed.longestGap().isZero()
                ? "no gap between uses seen"
                : "longest gap " + observed.longestGap().toDays() + " days";
        String follows = observed.isPeriodic(idle)
                ? ": periodic, so its idle limit is " + observed.stillness().toDays() + " days and not " + idle.toDays()
                : "";
        Instant from = observed.since().plus(enough);
        return new NamedFact(
                "uses watched",
                "since " + day(observed.since()) + ", " + gap + follows,
                WATCHED,
                observed.last() == null ? observed.since() : observed.last(),
                "before " + day(from) + " its disuse changes nothing");
    }

    /** The facts of a key of which it was asked where it is used from too. */
    static List<NamedFact> usedFrom(List<NamedFact> facts, Fact<KeyUses> uses) {
        List<NamedFact> all = new ArrayList<>();
        for (NamedFact fact : facts) {
            all.add(new NamedFact(
                    fact.name(),
                    fact.value(),
                    fact.from(),
                    fact.asOf(),
                    fact.notLookedAt().replace(NO_TRAIL, "")));
        }
        all.add(
                switch (uses) {
                    case Fact.Known<KeyUses>(KeyUses known, Instant asOf) ->
                        new NamedFact(
                                "used from",
                                known.origins().isEmpty()
                                        ? "no event tells"
                                        : known.origins().stream()
                                                .map(UserFacts::origin)
                                                .collect(Collectors.joining("; ")),
                                TRAIL,
                                asOf,
                                looked(known));
                    case Fact.NotRead<KeyUses>() ->
                        new NamedFact("used from", null, TRAIL, null, "of a key that was never used nobody asks");
                    case Fact.Unknown<KeyUses>(String why) -> new NamedFact("used from", null, TRAIL, null, why);
                });
        return all;
    }

    private static String looked(KeyUses uses) {
        String which = uses.whole() ? " events since " : " latest events since ";
        String where = uses.region().isEmpty() ? "IAM's Region" : uses.region();
        return uses.events() + which + day(uses.since()) + " in " + where + "; no other Region, and no uses of data";
    }

    private static String origin(KeyUses.Origin origin) {
        Place place = origin.place();
        String name = place.name().isEmpty() ? "" : " " + place.name();
        String tools = origin.tools().isEmpty() ? "" : " with " + String.join(", ", origin.tools());
        String more = origin.otherAddresses() == 0 ? "" : " and " + origin.otherAddresses() + " more";
        return place.kind().label() + name + tools + " from " + String.join(", ", origin.addresses()) + more + ", "
                + (origin.events() == 1 ? "once" : origin.events() + " times");
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static <T> NamedFact fact(String name, Fact<T> fact, String from, Function<T, String> words) {
        return switch (fact) {
            case Fact.Known<T>(T value, var asOf) -> new NamedFact(name, words.apply(value), from, asOf, "");
            case Fact.NotRead<T>() ->
                new NamedFact(name, null, from, null, "no condition, limit, owner or stage asks for it");
            case Fact.Unknown<T>(String why) -> new NamedFact(name, null, from, null, why);
        };
    }

    private static String pairs(Map<String, String> tags) {
        return tags.isEmpty()
                ? "none"
                : new TreeMap<>(tags)
                        .entrySet().stream()
                                .map(tag -> tag.getKey() + " = " + tag.getValue())
                                .collect(Collectors.joining(", "));
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String yes(boolean there) {
        return there ? "yes" : "no";
    }
}
