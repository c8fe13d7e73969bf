package io.keyturn.sandbox.http;

import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A door to a small world whose clock stands until a test moves it. */
final class Door implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    static final String HOME = "111122223333";
    static final String MEMBER = "111122223334";

    final VirtualClock wall = VirtualClock.standingAt(NOW);
    final World world;
    final SandboxServer server;
    final Client client;

    Door(DoorOptions options, WorldOptions behaving) throws IOException {
        world = World.generate(new WorldSpec(3, 3, 90, 0.1, NOW).with(behaving));
        server = SandboxServer.start(world, options, wall);
        client = new Client(server, wall);
        world.management()
                .put(new SimUser(
                        "dora",
                        "AIDADORA",
                        "/people/",
                        NOW,
                        false,
                        false,
                        Map.of("team", "web"),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        List.of()));
    }

    /** Everything known everywhere at once. */
    static Door prompt(DoorOptions options) throws IOException {
        return new Door(options, WorldOptions.DEFAULT.with(Consistency.IMMEDIATE));
    }

    static Door prompt() throws IOException {
        return prompt(DoorOptions.defaults());
    }

    static String role(String account, String name) {
        return "arn:aws:iam::" + account + ":role/" + name;
    }

    /** How many keys the user dora has in truth. */
    int keys() {
        SimUser dora = world.management().user("dora");
        return dora == null ? -1 : dora.keys().size();
    }

    @Override
    public void close() {
        server.close();
    }
}
