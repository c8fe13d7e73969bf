package io.keyturn.app.wiring;

import io.keyturn.adapters.pagerduty.PagerDuty;
import io.keyturn.adapters.web.WebAddress;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/** Makes what wakes somebody. */
final class Alarms {
    /** Address that events go to where it is not PagerDuty's usual one, such as that of its service in the EU. */
    static final String EVENTS = "KEYTURN_PAGERDUTY_EVENTS_URL";

    private Alarms() {}

    /** It opens no connection yet. */
    static Alarm open(Channels.PagerDuty pager, Map<String, String> environment, Secrets secrets, InstantSource clock)
            throws SecretFailure {
        URI events = WebAddress.of(environment.getOrDefault(EVENTS, "")).orElse(PagerDuty.EVENTS);
        return new PagerDuty(
                Web.calls(environment, false), Web.patience(clock), events, secrets.find(pager.routingKey()));
    }
}
