package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes a world from its spec: accounts at once, the users of each when they are first asked for. */
final class Generator {
    private static final List<String> NAMES =
            List.of("fernhill", "production", "data", "sandbox", "staging", "shared", "network", "audit");

    private static final OrgUnit ROOT = new OrgUnit("r-fern", "Root", "");
    private static final List<OrgUnit> UNITS = List.of(
            ROOT,
            new OrgUnit("ou-fern-workload", "Workloads", "r-fern"),
            new OrgUnit("ou-fern-prodprod", "Prod", "ou-fern-workload"),
            new OrgUnit("ou-fern-devdevde", "Dev", "ou-fern-workload"),
            new OrgUnit("ou-fern-sandboxs", "Sandbox", "r-fern"));

    private final WorldSpec spec;

    Generator(WorldSpec spec) {
        this.spec = spec;
    }

    World world() {
        Map<String, SimAccount> accounts = new LinkedHashMap<>();
        for (int i = 0; i < spec.accounts(); i++) {
            SimAccount account = account(i);
            accounts.put(account.id(), account);
        }
        if (spec.accounts() > 1) {
            String id = number(spec.accounts());
            accounts.put(id, new SimAccount(id, "old-shop", "SUSPENDED", ROOT, Map.of(), List::of));
        }
        SimAccount last = accounts.get(number(spec.accounts() - 1));
        if (last != null && spec.users() > 0) {
            Random random = random(-2);
            last.addRootKey(Keys.of(random, spec.now(), Duration.ofDays(1400), Duration.ofDays(900)));
        }
        SimKey admin = Keys.of(random(-1), spec.now(), Duration.ofDays(1), Duration.ofHours(1));
        return new World(spec, UNITS, accounts, admin);
    }

    private SimAccount account(int index) {
        String name = index < NAMES.size() ? NAMES.get(index) : "team-%04d".formatted(index);
        OrgUnit unit = switch (index) {
            case 0 -> ROOT;
            case 1 -> UNITS.get(2);
            case 3 -> UNITS.get(4);
            default -> UNITS.get(index % 2 == 0 ? 2 : 3);
        };
        return new SimAccount(
                number(index), name, "ACTIVE", unit, Map.of("team", name), () -> users(index, share(index)));
    }

    private int share(int index) {
        return spec.users() / spec.accounts() + (index < spec.users() % spec.accounts() ? 1 : 0);
    }

    /** 111122223333, 111122223334, …: AWS's own example numbers and their neighbours. */
    private static String number(int index) {
        return Long.toString(111_122_223_333L + index);
    }

    private Random random(int index) {
        return new Random(spec.seed() * 1_000_003L + index);
    }

    private List<SimUser> users(int account, int count) {
        Random random = random(account);
        People people = new People(random, spec.now());
        List<SimUser> users = new ArrayList<>(count);
        // The odd cases stand in the first account that people look at, and in every world that is large enough.
        if (account == Math.min(1, spec.accounts() - 1) && count > 20) {
            users.addAll(new OddCases(random, spec.now()).users());
        }
        long risky = Math.max(0, Math.round(count * spec.atRisk()) - (users.isEmpty() ? 0 : OddCases.AT_RISK));
        int ordinary = count - users.size();
        for (int i = 0; i < ordinary; i++) {
            // Spread evenly: the share is met exactly, whatever the seed.
            boolean atRisk = (i + 1) * risky / ordinary > i * risky / ordinary;
            users.add(people.user(i, atRisk));
        }
        return users;
    }

    static Instant ago(Instant now, Duration age) {
        return Instant.ofEpochSecond(now.minus(age).getEpochSecond());
    }
}
