package io.keyturn.app.wiring;

import io.keyturn.adapters.pagerduty.PagerDuty;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import java.time.InstantSource;
import java.util.Map;

/** Makes what wakes somebody. */
final class Alarms {
    private Alarms() {}

    /** It opens no connection yet. */
    static Alarm open(Channels.PagerDuty pager, Map<String, String> environment, Secrets secrets, InstantSource clock)
            throws SecretFailure {
        return new PagerDuty(
                Web.calls(environment, false), Web.patience(clock), PagerDuty.EVENTS, secrets.find(pager.routingKey()));
    }
}
