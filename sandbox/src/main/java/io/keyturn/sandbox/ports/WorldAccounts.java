package io.keyturn.sandbox.ports;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Partition;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.world.OrgUnit;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The ports over a world, without HTTP: every account of its organization, read and acted on through one hook. */
public final class WorldAccounts implements Accounts {
    /** Names of the roles that read, deactivate and delete, and create. */
    public static final String READ = "keyturn-read";

    public static final String ACT = "keyturn-act";
    public static final String CREATE = "keyturn-create";

    private final World world;
    private final VirtualClock clock;
    private final Faults faults;
    private final ReadMode mode;
    private final Duration reportDelay;

    /** @param reportDelay time from asking for a credential report until it is ready; the clock is moved over it */
    public WorldAccounts(World world, VirtualClock clock, Faults faults, ReadMode mode, Duration reportDelay) {
        this.world = world;
        this.clock = clock;
        this.faults = faults;
        this.mode = mode;
        this.reportDelay = reportDelay;
    }

    @Override
    public void each(Consumer<AccountEntry> sink) {
        SimAccount home = world.management();
        try {
            LiveUsers.patiently(() -> {
                iam(home).touch("organizations", "ListAccounts");
                return true;
            });
        } catch (CallFailed failed) {
            sink.accept(new AccountEntry.Unreachable(
                    "organization", "", failed.problem("list the accounts", "the organization")));
            return;
        }
        for (SimAccount account : world.accounts()) {
            String label = account.name() + " (" + account.id() + ")";
            sink.accept(
                    account.active()
                            ? new AccountEntry.Readable(label, account.id(), reader(account))
                            : new AccountEntry.Skipped(
                                    label, account.id(), "it is " + account.state() + " in its organization"));
        }
    }

    private WorldIam iam(SimAccount account) {
        return new WorldIam(world, account, READ, clock, faults);
    }

    private WorldReader reader(SimAccount account) {
        return new WorldReader(iam(account), described(account), mode, reportDelay);
    }

    /** One account as it is now, read and acted on. */
    public LiveAccount live(SimAccount account) {
        return new WorldAccount(iam(account), world.partition());
    }

    private Account described(SimAccount account) {
        Instant now = clock.instant();
        return new Account(
                new AccountId(account.id()),
                account.name(),
                new Partition(world.partition()),
                Fact.known(path(account.unit()), now),
                Fact.known(account.tags(), now),
                false);
    }

    private String path(OrgUnit unit) {
        if (unit.isRoot()) {
            return "";
        }
        for (OrgUnit parent : world.units()) {
            if (parent.id().equals(unit.parent()) && !parent.isRoot()) {
                return path(parent) + "/" + unit.name();
            }
        }
        return unit.name();
    }
}
