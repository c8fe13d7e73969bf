package io.keyturn.adapters.jira;

import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.PlainMessage;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.TicketDesk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tickets as Lacework's keycheck files them, so that either finds what the other filed: REST v2, found again by the label
 * {@value #LABEL} and the last five characters of the key in the description, while nobody works on them. Nothing is added
 * to a ticket that is open, and none is ever closed.
 */
public final class KeycheckDesk implements TicketDesk {
    /** The label that keycheck gives and looks for. */
    public static final String LABEL = "AWS-User-Key-Rotation";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JiraSettings settings;
    private final WebCalls web;
    private final JiraCalls calls;
    private final KeycheckSearch search;

    /** What was filed by this process, which a search may not know yet. */
    private final Map<KeyId, String> filed = new ConcurrentHashMap<>();

    /**
     * Opens nothing yet.
     *
     * @param web for this desk alone, which closes it
     */
    public KeycheckDesk(JiraSettings settings, WebCalls web, InstantSource clock, Patience.Pause pause) {
        this.settings = settings;
        this.web = web;
        this.calls = new JiraCalls(settings, web::send, new Patience(clock, pause, PATIENCE));
        this.search = new KeycheckSearch(settings, calls);
    }

    @Override
    public String name() {
        return "jira";
    }

    @Override
    public Filing file(String marker, Message message, Leave leave) throws InterruptedException {
        return JiraCalls.asking(leave, () -> filing(message));
    }

    private Filing filing(Message message) throws InterruptedException {
        Notice notice = notice(message);
        KeyId key = key(notice);
        try {
            String known = filed.get(key);
            Optional<String> open = known != null
                    ? Optional.of(known)
                    : search.open(key, notice.user().name());
            String reference = open.isPresent() ? open.get() : calls.create("/rest/api/2/issue", issue(message));
            filed.put(key, reference);
            return new Filing.Filed(reference, address(reference), Placement.HANDED_OVER);
        } catch (JiraFailure e) {
            return e.doubtful() ? new Filing.InDoubt(e.problem()) : new Filing.Refused(e.problem());
        }
    }

    private static Notice notice(Message message) {
        if (message.items().size() != 1) {
            throw new IllegalArgumentException("a ticket of keycheck's is about one key");
        }
        return message.items().getFirst().notice();
    }

    private static KeyId key(Notice notice) {
        return Objects.requireNonNull(
                notice.finding().credential().keyId(), "a key that is acted on is known by its ID");
    }

    private ObjectNode issue(Message message) {
        ObjectNode fields = settings.fields().deepCopy();
        fields.set("project", JSON.objectNode().put("key", settings.project()));
        fields.set("issuetype", JSON.objectNode().put("name", settings.type()));
        fields.put("summary", JiraText.summary(message.headline()));
        fields.put("description", description(message));
        ArrayNode labels = fields.putArray("labels").add(LABEL);
        settings.labels().stream().filter(label -> !label.equals(LABEL)).forEach(labels::add);
        return JSON.objectNode().set("fields", fields);
    }

    /** Begins with what it is found again by, whatever the words are. */
    private String description(Message message) {
        Item item = message.items().getFirst();
        String found = KeycheckSearch.mention(
                key(item.notice()),
                item.notice().user().name(),
                item.notice().account().name());
        return Readable.cut(found + "\n\n" + PlainMessage.of(message, 1), JiraText.BODY);
    }

    @Override
    public String address(String reference) {
        return settings.url() + "/browse/" + reference;
    }

    @Override
    public Filing close(String marker, String why, Leave leave) {
        return new Filing.None();
    }

    @Override
    public String preview(String marker, Message message) {
        return "POST " + settings.url() + "/rest/api/2/issue\n\n"
                + new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(issue(message)) + "\n";
    }

    @Override
    public String toString() {
        return name() + " " + settings.place();
    }

    @Override
    public void close() {
        web.close();
    }
}
