package io.keyturn.app.wiring;

import io.keyturn.adapters.jira.JiraDesk;
import io.keyturn.adapters.jira.JiraProbe;
import io.keyturn.adapters.jira.JiraSettings;
import io.keyturn.adapters.jira.KeycheckDesk;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Channels;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.port.Wording;
import io.keyturn.engine.tell.ShutDesk;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the desk that tickets are filed at. */
final class Tickets {
    private Tickets() {}

    /**
     * What tickets are filed with; opens no connection yet. Null where none are configured. A desk whose token cannot be
     * had is shut, and says so to whoever would file.
     */
    static @Nullable TicketTools open(
            Acting acting, Map<String, String> environment, Secrets secrets, InstantSource clock) {
        Channels.Jira jira = acting.channels().jira();
        if (jira == null) {
            return null;
        }
        Wording wording = new MessageWriter(acting.manner(), clock);
        TicketTools.Each each = jira.perOwner() ? TicketTools.Each.OWNER : TicketTools.Each.KEY;
        try {
            JiraSettings settings = settings(jira, secrets);
            WebCalls web = calls(settings, environment);
            return new TicketTools(
                    switch (jira.foundBy()) {
                        case LABEL -> new JiraDesk(settings, web, clock, Thread::sleep);
                        case KEYCHECK -> new KeycheckDesk(settings, web, clock, Thread::sleep);
                    },
                    wording,
                    each);
        } catch (SecretFailure e) {
            return new TicketTools(new ShutDesk("jira", e.problem()), wording, each);
        }
    }

    /** Looks whether tickets could be filed. */
    static JiraProbe probe(Channels.Jira jira, Secrets secrets, Map<String, String> environment, InstantSource clock)
            throws SecretFailure {
        JiraSettings settings = settings(jira, secrets);
        return new JiraProbe(settings, calls(settings, environment), clock, Thread::sleep);
    }

    /** A Jira of one's own mostly stands in one's own network. */
    private static WebCalls calls(JiraSettings settings, Map<String, String> environment) {
        return Web.calls(environment, !settings.cloud());
    }

    private static JiraSettings settings(Channels.Jira jira, Secrets secrets) throws SecretFailure {
        return new JiraSettings(
                jira.url(),
                jira.project(),
                jira.type(),
                jira.email() == null ? null : RunSecrets.text(jira.email(), secrets),
                secrets.find(jira.token()),
                jira.labels(),
                (ObjectNode) JsonMapper.shared().readTree(jira.fields()));
    }
}
