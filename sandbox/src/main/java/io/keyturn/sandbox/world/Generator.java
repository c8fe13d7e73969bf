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
    private final WorldOptions options;

    Generator(WorldSpec spec) {
        this.spec = spec;
        this.options = spec.options();
    }

    World world() {
        Map<String, SimRole> roles = Roles.standard(options.partition(), options.externalId());
        Map<String, SimAccount> accounts = new LinkedHashMap<>();
        for (int i = 0; i < spec.accounts(); i++) {
            SimAccount account = account(i, roles);
            accounts.put(account.id(), account);
        }
        if (spec.accounts() > 1) {
            String id = number(spec.accounts());
            accounts.put(id, new SimAccount(spec, id, "old-shop", "SUSPENDED", ROOT, roles, List::of));
        }
        SimAccount last = accounts.get(number(spec.accounts() - 1));
        if (last != null && spec.users() > 0) {
            Random random = random(-2);
            last.addRootKey(Keys.of(random, last.id(), spec.now(), Duration.ofDays(1400), Duration.ofDays(900)));
        }
        SimAccount home = accounts.values().iterator().next();
        SimKey admin = Keys.of(random(-1), home.id(), spec.now(), Duration.ofDays(1), Duration.ofHours(1));
        home.putUnlisted(operator(admin));
        return new World(spec, UNITS, accounts, admin);
    }

    /** Whoever runs the tools that are tried out on this world. */
    private SimUser operator(SimKey key) {
        return new SimUser(
                "administrator",
                "AIDA" + Keys.letters(Chance.bits(spec.seed(), "administrator"), 17),
                "/",
                key.created(),
                false,
                false,
                Map.of(),
                List.of(),
                List.of("AdministratorAccess"),
                List.of(),
                null,
                List.of(key));
    }

    private SimAccount account(int index, Map<String, SimRole> roles) {
        String name = index < NAMES.size() ? NAMES.get(index) : "team-%04d".formatted(index);
        OrgUnit unit = switch (index) {
            case 0 -> ROOT;
            case 1 -> UNITS.get(2);
            case 3 -> UNITS.get(4);
            default -> UNITS.get(index % 2 == 0 ? 2 : 3);
        };
        return new SimAccount(spec, number(index), name, "ACTIVE", unit, roles, () -> users(index, share(index)));
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
        String id = number(account);
        People people = new People(random, spec.seed(), options.partition(), id, spec.now());
        List<SimUser> users = new ArrayList<>(count);
        // The odd cases stand in the first account that people look at: all of them, or in a tiny world the first ones.
        if (account == Math.min(1, spec.accounts() - 1)) {
            List<SimUser> odd = new OddCases(random, id, spec.now()).users();
            users.addAll(odd.subList(0, Math.min(odd.size(), count)));
        }
        long risky = Math.max(0, Math.round(count * spec.atRisk()) - Math.min(OddCases.AT_RISK, users.size()));
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
