package io.keyturn.app.words;

import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.trail.Network;
import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an organization speaks to its people.
 *
 * @param templates folder of templates that stand in for Keyturn's own, one by one; null for none
 * @param zone in which dates are told, where an owner's own is not known
 * @param team whom people ask, as they know it
 * @param guide the organization's own page about access keys; null for none
 * @param style whose messages they look like
 * @param trustedDomains mail domains whose addresses may learn where a secret lies, even when a tag names them; {@code *}
 *     is any
 * @param ofEachKey whether an owner of several keys gets a message about each, rather than one about all
 * @param link the page of an owner's keys; null where none is served
 * @param within days and hours, by the owner's clock, outside of which people are told of nothing that can wait;
 *     null for none
 * @param moreTime whether people are offered more time: not where no decision outlives the run
 * @param evidence by what the way is found that needs no key
 * @param timed policies whose rotations go by time, so that an old key ends on its day, in use or not
 */
public record Manner(
        @Nullable Path templates,
        ZoneId zone,
        String team,
        @Nullable URI guide,
        Style style,
        List<String> trustedDomains,
        boolean ofEachKey,
        @Nullable Link link,
        @Nullable ActWindow within,
        boolean moreTime,
        Evidence evidence,
        Set<String> timed) {
    /**
     * By what the way is found that needs no key.
     *
     * @param trail whether CloudTrail is asked where a key is used from
     * @param networks what addresses are known by, the first that fits
     * @param identityCenter where people sign in to IAM Identity Center; null where they do not
     */
    public record Evidence(
            boolean trail, List<Network> networks, @Nullable URI identityCenter) {
        /** Nobody is asked, and nothing is known. */
        public static final Evidence NONE = new Evidence(false, List.of(), null);

        public Evidence {
            networks = List.copyOf(networks);
        }
    }

    /**
     * The page of an owner's keys, as {@code keyturn serve} serves it.
     *
     * @param base the address of the server
     * @param secret seals the links
     * @param valid how long a link opens the page
     */
    public record Link(URI base, SecretReference secret, Duration valid) {
        /** How long, where nothing else is said. */
        public static final Duration USUAL = Duration.ofDays(30);
    }

    /** Trusts any domain. */
    public static final String ANY = "*";

    /** Whom people ask, where nobody is named; letters say it in words that can be others. */
    static final String ANY_TEAM = "whoever runs Keyturn";

    /** Keyturn's own templates, and UTC. */
    public static final Manner DEFAULT = new Manner(null, ZoneOffset.UTC, ANY_TEAM, null, List.of());

    /** Whose messages they look like. */
    public enum Style {
        KEYTURN,
        /** What keycheck's users are told: the key by its last five characters, its age and end, three commands. */
        KEYCHECK;

        /** The word in the configuration, and the folder of its templates. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Without any evidence. */
    public Manner(
            @Nullable Path templates,
            ZoneId zone,
            String team,
            @Nullable URI guide,
            Style style,
            List<String> trustedDomains,
            boolean ofEachKey,
            @Nullable Link link,
            @Nullable ActWindow within,
            boolean moreTime) {
        this(
                templates,
                zone,
                team,
                guide,
                style,
                trustedDomains,
                ofEachKey,
                link,
                within,
                moreTime,
                Evidence.NONE,
                Set.of());
    }

    /** Without a page of an owner's keys, and at any hour. */
    public Manner(
            @Nullable Path templates,
            ZoneId zone,
            String team,
            @Nullable URI guide,
            Style style,
            List<String> trustedDomains,
            boolean ofEachKey) {
        this(templates, zone, team, guide, style, trustedDomains, ofEachKey, null, null, true);
    }

    /** In Keyturn's own style, with one message to an owner about all keys. */
    public Manner(
            @Nullable Path templates, ZoneId zone, String team, @Nullable URI guide, List<String> trustedDomains) {
        this(templates, zone, team, guide, Style.KEYTURN, trustedDomains, false);
    }

    public Manner {
        timed = Set.copyOf(timed);
        trustedDomains = trustedDomains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The same where nothing is remembered from run to run. */
    public Manner withoutMoreTime() {
        return new Manner(
                templates, zone, team, guide, style, trustedDomains, ofEachKey, link, within, false, evidence, timed);
    }

    /** The same by that evidence. */
    public Manner by(Evidence other) {
        return new Manner(
                templates, zone, team, guide, style, trustedDomains, ofEachKey, link, within, moreTime, other, timed);
    }

    /** The same where rotations of these policies go by time. */
    public Manner timed(Set<String> policies) {
        return new Manner(
                templates,
                zone,
                team,
                guide,
                style,
                trustedDomains,
                ofEachKey,
                link,
                within,
                moreTime,
                evidence,
                policies);
    }

    /** Whether an address of that domain may learn where a secret lies, even when a tag names it. */
    boolean trusts(String domain) {
        return trustedDomains.contains(ANY) || trustedDomains.contains(domain.toLowerCase(Locale.ROOT));
    }
}
