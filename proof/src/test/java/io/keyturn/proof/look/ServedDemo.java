package io.keyturn.proof.look;

import io.keyturn.app.web.Door;
import io.keyturn.app.web.LocalAccess;
import io.keyturn.app.wiring.DemoServing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The pages of the simulated organization, behind a port of their own. */
record ServedDemo(DemoServing demo, Door door) implements AutoCloseable {
    static ServedDemo open(Path folder) throws Exception {
        DemoServing demo = DemoServing.open(folder, InstantSource.system(), line -> {});
        demo.begin();
        return new ServedDemo(
                demo,
                Door.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new LocalAccess("n.iyer"),
                        Optional.empty(),
                        demo,
                        demo.clock(),
                        line -> {}));
    }

    String address() {
        return "http://127.0.0.1:" + door.address().getPort();
    }

    /** The page of the keys of that owner. */
    String yourKeys(String owner) {
        return demo.links()
                .orElseThrow()
                .of(owner, demo.now(), Duration.ofDays(30))
                .getRawPath();
    }

    @Override
    public void close() {
        door.close();
        demo.close();
    }
}
