package io.keyturn.app.wiring;

import io.keyturn.adapters.jira.JiraDesk;
import io.keyturn.adapters.jira.JiraProbe;
import io.keyturn.adapters.jira.JiraSettings;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.app.config.Channels;
import io.keyturn.app.config.LocalSecrets;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.Wording;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the desk that tickets are filed at. */
final class Tickets {
    /** Admits this machine, by plain http too: for trying things out. */
    private static final String ALLOW_LOOPBACK = "KEYTURN_ALLOW_LOOPBACK";

    private Tickets() {}

    /** Finds secrets. */
    interface Secrets {
        String resolve(SecretReference reference) throws LocalSecrets.Missing;
    }

    /**
     * What tickets are filed with; opens no connection yet, and is closed by its desk.
     *
     * @throws LocalSecrets.Missing where the token, or the address that it belongs to, is not where its reference says
     */
    static TicketTools open(
            Channels.Jira jira, Secrets secrets, Wording wording, Map<String, String> environment, InstantSource clock)
            throws LocalSecrets.Missing {
        JiraSettings settings = settings(jira, secrets);
        JiraDesk desk = new JiraDesk(settings, calls(settings, environment), clock, Thread::sleep);
        return new TicketTools(desk, wording, jira.perOwner() ? TicketTools.Each.OWNER : TicketTools.Each.KEY);
    }

    /** Looks whether tickets could be filed. */
    static JiraProbe probe(Channels.Jira jira, Secrets secrets, Map<String, String> environment, InstantSource clock)
            throws LocalSecrets.Missing {
        JiraSettings settings = settings(jira, secrets);
        return new JiraProbe(settings, calls(settings, environment), clock, Thread::sleep);
    }

    private static WebCalls calls(JiraSettings settings, Map<String, String> environment) {
        String version = Tickets.class.getPackage().getImplementationVersion();
        boolean loopback = "1".equals(environment.get(ALLOW_LOOPBACK));
        return new WebCalls(version == null ? "development" : version, JiraDesk.reach(settings, loopback));
    }

    private static JiraSettings settings(Channels.Jira jira, Secrets secrets) throws LocalSecrets.Missing {
        return new JiraSettings(
                jira.url(),
                jira.project(),
                jira.type(),
                email(jira.email(), secrets),
                new Secret(secrets.resolve(jira.token())),
                jira.labels(),
                (ObjectNode) JsonMapper.shared().readTree(jira.fields()));
    }

    private static @Nullable String email(Channels.@Nullable Given email, Secrets secrets) throws LocalSecrets.Missing {
        return switch (email) {
            case null -> null;
            case Channels.Given.Plain(String text) -> text;
            case Channels.Given.Referenced(SecretReference reference) -> secrets.resolve(reference);
        };
    }
}
