package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.notify.EventBus;
import io.keyturn.adapters.aws.notify.NotifyProbe;
import io.keyturn.adapters.aws.notify.SnsTopic;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.Bulletin;
import io.keyturn.engine.port.Channel;
import java.util.List;
import java.util.Map;

/** The ways to people by AWS's own topics and buses. */
final class AwsNotices {
    private AwsNotices() {}

    /** Opens nothing yet. */
    static Channel open(Channels.Sns sns, Map<String, String> environment) {
        return new SnsTopic(environment, sns.topic());
    }

    /** Opens nothing yet. */
    static Channel open(Channels.EventBridge events, Map<String, String> environment) {
        return new EventBus(environment, events.bus());
    }

    /** Where reports are posted, by the ARN of a topic, which may be wrong; opens nothing yet. */
    static Bulletin bulletin(String topic, Map<String, String> environment) {
        return new SnsTopic(environment, topic);
    }

    /** Looks whether those that are configured are there. */
    static void check(Channels channels, Map<String, String> environment, List<Check> checks) {
        Channels.Sns sns = channels.sns();
        Channels.EventBridge events = channels.eventBridge();
        try (NotifyProbe probe = new NotifyProbe(environment)) {
            if (sns != null) {
                checks.add(probe.topic(sns.topic()));
            }
            if (events != null) {
                checks.add(probe.bus(events.bus()));
            }
        }
    }
}
