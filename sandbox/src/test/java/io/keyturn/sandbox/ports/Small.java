package io.keyturn.sandbox.ports;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** A small world behind the ports, whose clock stands until something moves it. */
final class Small {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    static final Needs ALL = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    final VirtualClock clock = VirtualClock.standingAt(NOW);
    final World world;

    Small(int users, Consistency consistency) {
        WorldOptions options = WorldOptions.DEFAULT.with(consistency);
        world = World.generate(new WorldSpec(4, 1, users, 0.1, NOW, options));
    }

    SimAccount account() {
        return world.management();
    }

    SimUser user(String name) {
        SimUser user = account().user(name);
        if (user == null) {
            throw new AssertionError("no user " + name);
        }
        return user;
    }

    WorldAccounts ports(ReadMode mode, Faults faults) {
        return new WorldAccounts(world, clock, faults, mode, Duration.ofSeconds(2));
    }

    List<AccountEntry> entries(ReadMode mode, Faults faults) {
        List<AccountEntry> entries = new ArrayList<>();
        ports(mode, faults).each(entries::add);
        return entries;
    }

    LiveAccount live(Faults faults) {
        return ports(ReadMode.LIVE, faults).live(account());
    }

    /** A user's key, counted from 0. */
    Target target(String userName, int key) {
        SimUser user = user(userName);
        KeyId id = key < user.keys().size() ? new KeyId(user.keys().get(key).id()) : null;
        return new Target(new AccountId(account().id()), new UserId(user.id()), new UserName(userName), id);
    }
}
