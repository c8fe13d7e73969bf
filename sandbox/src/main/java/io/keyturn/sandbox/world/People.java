package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes ordinary users: people and machines of a middling company. */
final class People {
    private static final String[] FAMILY = {
        "meyer", "sato", "lund", "ibe", "novak", "silva", "haddad", "okafor", "jensen", "rossi", "kaya", "dubois",
        "moreau", "berg", "tanaka", "iyer", "costa", "weber", "eriksen", "park"
    };
    private static final String[] JOBS = {
        "ci-deploy",
        "build-agent",
        "billing-reader",
        "data-export",
        "partner-feed",
        "qa-runner",
        "legacy-sync",
        "log-shipper",
        "backup",
        "metrics-push",
        "image-builder",
        "mail-sender"
    };
    private static final String[] TEAMS = {"platform", "finance", "data-eng", "quality", "web", "security", "mobile"};

    private final Random random;
    private final long seed;
    private final String partition;
    private final String account;
    private final Instant now;

    People(Random random, long seed, String partition, String account, Instant now) {
        this.random = random;
        this.seed = seed;
        this.partition = partition;
        this.account = account;
        this.now = now;
    }

    SimUser user(int number, boolean atRisk) {
        boolean machine = number % 5 < 2;
        String base = machine
                ? JOBS[random.nextInt(JOBS.length)]
                : (char) ('a' + random.nextInt(26)) + "." + FAMILY[random.nextInt(FAMILY.length)];
        String name = base + (number < 8 ? "" : "-" + number);
        if (number < 8) {
            name = base + "-" + (char) ('a' + number);
        }
        return make(name, machine, List.of(atRisk ? risky(machine) : healthy(machine)));
    }

    SimUser make(String name, boolean machine, List<SimKey> keys) {
        Map<String, String> tags = new LinkedHashMap<>();
        String team = TEAMS[random.nextInt(TEAMS.length)];
        // Most are known by their team, some by its channel, and one in ten by nobody.
        switch (random.nextInt(10)) {
            case 0 -> tags.put("cost-center", Integer.toString(1000 + random.nextInt(9000)));
            case 1 -> tags.put("Slack", "#" + team);
            default -> tags.put("Owner", team);
        }
        tags.put("kind", machine ? "machine" : "person");
        // Of its own chance, so that what is rare here moves nothing else.
        long rare = Chance.bits(seed, account, name);
        if (!machine && Math.floorMod(rare, 5) == 0) {
            tags.put("Email", name + "@fernhill.example");
        }
        return new SimUser(
                name,
                "AIDA" + Keys.letters(random, 17),
                machine ? "/service/" : "/people/",
                Generator.ago(now, Duration.ofDays(400 + random.nextInt(1500))),
                !machine,
                !machine && random.nextInt(10) > 0,
                tags,
                List.of(machine ? "services" : "staff"),
                List.of(),
                Math.floorMod(rare >> 8, 8) == 0 ? List.of("own-bucket") : List.of(),
                Math.floorMod(rare >> 16, 12) == 0 ? "arn:" + partition + ":iam::" + account + ":policy/bounds" : null,
                keys);
    }

    private SimKey healthy(boolean machine) {
        int age = 1 + random.nextInt(70);
        int idle = random.nextInt(Math.min(age, machine ? 2 : 20) + 1);
        return Keys.of(random, account, now, Duration.ofHours(age * 24L + 2), Duration.ofHours(idle * 24L + 1));
    }

    private SimKey risky(boolean machine) {
        int old = machine ? 366 + random.nextInt(50) : 92 + random.nextInt(120);
        return switch (random.nextInt(6)) {
            case 0 ->
                Keys.of(
                        random,
                        account,
                        now,
                        Duration.ofHours(66 * 24),
                        Duration.ofHours((46 + random.nextInt(15)) * 24L));
            case 1 -> Keys.of(random, account, now, Duration.ofHours(60 * 24), null);
            case 2 ->
                Keys.of(
                        random,
                        account,
                        now,
                        Duration.ofHours((machine ? 310 : 76 + random.nextInt(12)) * 24L),
                        Duration.ofHours(20));
            default ->
                Keys.of(random, account, now, Duration.ofHours(old * 24L + 3), Duration.ofHours(random.nextInt(200)));
        };
    }
}
