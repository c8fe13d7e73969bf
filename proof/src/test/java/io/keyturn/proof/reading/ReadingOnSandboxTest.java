package io.keyturn.proof.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.wiring.Demo;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suite on the simulated AWS, which pages as short as it likes. */
class ReadingOnSandboxTest extends ReadingSuite {
    private static SandboxServer server;

    @BeforeAll
    static void start() throws IOException {
        World world = World.generate(new WorldSpec(1, 1, 0, 0, HOUSEHOLD.now()));
        SimAccount account = world.management();
        for (Household.Person person : HOUSEHOLD.people()) {
            account.put(user(world, person));
            person.keys().forEach(key -> make(world, account, person.name(), key));
        }
        server = SandboxServer.start(world, DoorOptions.defaults().paging(Page.Style.RAGGED), InstantSource.system());
    }

    private static SimUser user(World world, Household.Person person) {
        Instant created = HOUSEHOLD.now().minus(Duration.ofDays(500));
        return new SimUser(
                person.name(),
                "AIDA" + world.letters(17),
                person.path(),
                created,
                false,
                false,
                person.tags(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
    }

    private static void make(World world, SimAccount account, String user, Household.Key key) {
        AccessKeys keys = new AccessKeys(world);
        String id = keys.create(account, user, key.created()).id();
        if (key.used() != null) {
            assertThat(world.use(id, key.used(), "s3", "eu-central-1")).isTrue();
        }
        if (!key.active()) {
            keys.update(account, user, id, false, HOUSEHOLD.now().minus(Duration.ofDays(1)));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    Map<String, String> environment() {
        return Demo.environment(server);
    }
}
