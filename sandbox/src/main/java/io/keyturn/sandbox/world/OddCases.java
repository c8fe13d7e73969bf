package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The users that break naive tools. Every world has them; one with too few users has the first of them, in this order:
 * quarantined by AWS, without tags, a hostile name, hostile tags, three keys, two keys of one second, never used, last
 * used before AWS kept track, break-glass, a machine amid its rotation, switched off, mail by SES, without keys.
 */
final class OddCases {
    /** How many of them need attention under ordinary limits. */
    static final int AT_RISK = 9;

    private final Random random;
    private final String account;
    private final Instant now;

    OddCases(Random random, String account, Instant now) {
        this.random = random;
        this.account = account;
        this.now = now;
    }

    List<SimUser> users() {
        SimKey fresh = key(20, 1);
        SimKey old = key(140, 2);
        SimKey twin = key(33, 3);
        SimKey other = new SimKey(key(33, 8).id(), twin.secret(), false, twin.created(), twin.created(), List.of());
        return List.of(
                user("t.ibe", Map.of("Owner", "t.ibe"), List.of("AWSCompromisedKeyQuarantineV3"), List.of(key(12, 1))),
                user("no-tags", Map.of(), List.of(), List.of(key(120, 4))),
                user(
                        "=cmd+calc@x.example",
                        Map.of("Owner", "=HYPERLINK(\"https://x.example\")"),
                        List.of(),
                        List.of(key(95, 1))),
                user(
                        "hostile.tags",
                        Map.of("Owner", "<script>alert(1)</script>\u009b31m<!channel>\r\nBcc: x@x.example"),
                        List.of(),
                        List.of(key(30, 1))),
                user("three-keys", Map.of("Owner", "platform"), List.of(), List.of(fresh, old, key(60, 3))),
                user("two-keys-one-second", Map.of("Owner", "platform"), List.of(), List.of(twin, other)),
                user("never-used", Map.of("Owner", "r.sato"), List.of(), List.of(unused(101))),
                user("before-tracking", Map.of("Owner", "platform"), List.of(), List.of(unused(4700))),
                user("break-glass-1", Map.of("Owner", "security"), List.of(), List.of(unused(700))),
                user(
                        "ci-rotating",
                        Map.of("Owner", "platform", "kind", "machine"),
                        List.of(),
                        List.of(key(371, 0), key(3, 0))),
                user(
                        "switched-off",
                        Map.of("Owner", "finance"),
                        List.of(),
                        List.of(key(300, 200).off())),
                user("ses-mailer", Map.of("Owner", "web", "kind", "machine"), List.of(), List.of(key(64, 0))),
                user("no-keys", Map.of("Owner", "web"), List.of(), List.of()));
    }

    private SimKey key(int days, int idleDays) {
        return Keys.of(random, account, now, Duration.ofHours(days * 24L + 5), Duration.ofHours(idleDays * 24L + 1));
    }

    private SimKey unused(int days) {
        return Keys.of(random, account, now, Duration.ofHours(days * 24L + 5), null);
    }

    private SimUser user(String name, Map<String, String> tags, List<String> attached, List<SimKey> keys) {
        boolean machine = tags.getOrDefault("kind", "").equals("machine");
        return new SimUser(
                name,
                "AIDA" + Keys.letters(random, 17),
                machine ? "/service/" : "/",
                Generator.ago(now, Duration.ofDays(5000)),
                name.contains("."),
                false,
                tags,
                List.of("staff"),
                attached,
                List.of(),
                null,
                keys);
    }
}
