package io.keyturn.app.wiring;

import io.keyturn.adapters.jira.JiraDesk;
import io.keyturn.adapters.jira.JiraProbe;
import io.keyturn.adapters.jira.JiraSettings;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Channels;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
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
    static @Nullable TicketTools open(Acting acting, Map<String, String> environment, InstantSource clock) {
        Channels.Jira jira = acting.channels().jira();
        if (jira == null) {
            return null;
        }
        Wording wording = new MessageWriter(acting.manner(), clock);
        TicketTools.Each each = jira.perOwner() ? TicketTools.Each.OWNER : TicketTools.Each.KEY;
        try (Secrets secrets = new RunSecrets(environment, acting.credstash())) {
            JiraSettings settings = settings(jira, secrets);
            JiraDesk desk = new JiraDesk(settings, calls(settings, environment), clock, Thread::sleep);
            return new TicketTools(desk, wording, each);
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

    private static WebCalls calls(JiraSettings settings, Map<String, String> environment) {
        String version = Tickets.class.getPackage().getImplementationVersion();
        boolean loopback = "1".equals(environment.get(Web.LOOPBACK));
        return new WebCalls(version == null ? "development" : version, JiraDesk.reach(settings, loopback));
    }

    private static JiraSettings settings(Channels.Jira jira, Secrets secrets) throws SecretFailure {
        return new JiraSettings(
                jira.url(),
                jira.project(),
                jira.type(),
                email(jira.email(), secrets),
                secrets.find(jira.token()),
                jira.labels(),
                (ObjectNode) JsonMapper.shared().readTree(jira.fields()));
    }

    private static @Nullable String email(Channels.@Nullable Given email, Secrets secrets) throws SecretFailure {
        return switch (email) {
            case null -> null;
            case Channels.Given.Plain(String text) -> text;
            case Channels.Given.Referenced(SecretReference reference) ->
                secrets.find(reference).reveal();
        };
    }
}
