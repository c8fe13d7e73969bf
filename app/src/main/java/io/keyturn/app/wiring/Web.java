package io.keyturn.app.wiring;

import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Reach;
import io.keyturn.adapters.web.WebCalls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Requests to the web, as far as the environment and the configuration let them reach. */
final class Web {
    /** {@code 1} lets requests go to this machine, also by plain http, for trying things out. */
    static final String LOOPBACK = "KEYTURN_ALLOW_LOOPBACK";

    /** How long one service may ask to wait, for one message. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Web() {}

    /** @param privately whether addresses in private networks may be reached */
    static WebCalls calls(Map<String, String> environment, boolean privately) {
        String version = Web.class.getPackage().getImplementationVersion();
        boolean loopback = "1".equals(environment.get(LOOPBACK));
        return new WebCalls(version == null ? "development" : version, new Reach(privately, loopback));
    }

    static Patience patience(InstantSource clock) {
        return new Patience(clock, time -> Thread.sleep(time), PATIENCE);
    }
}
