package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads {@code channels.jira}: where tickets are filed. */
final class JiraReader {
    static final List<String> KEYS =
            List.of("url", "project", "type", "email", "token", "labels", "fields", "per", "found-by");

    /** Plain http only to this machine, for trying things out. */
    private static final Pattern URL = Pattern.compile("https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[^\\s?#@]*)?"
            + "|http://(?:localhost|127\\.0\\.0\\.1)(?::[0-9]{1,5})?(?:/[^\\s?#@]*)?");

    private static final Pattern PROJECT = Pattern.compile("[A-Z][A-Z0-9_]{1,254}");
    private static final Pattern TYPE = Pattern.compile("\\S(?:.{0,58}\\S)?");
    private static final Pattern LABEL = Pattern.compile("\\S{1,255}");
    private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9_]{0,60}");

    /** What every ticket has, and is found again by. */
    private static final List<String> OURS = List.of("project", "issuetype", "summary", "description", "labels");

    private static final String KEY = "key";
    private static final String OWNER = "owner";

    private final SecretReader secrets;

    JiraReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    Channels.@Nullable Jira read(Fields f) {
        f.require("jira has url, project and token, and for Jira Cloud email", "url", "project", "token");
        String url = f.text("url", URL, "is not an https address", "write for example https://example.atlassian.net");
        String project = f.text("project", PROJECT, "is not the key of a project", "write for example OPS");
        String type = f.text("type", TYPE, "is not the name of an issue type", "write for example Task");
        Channels.Given email =
                secrets.given(f, "email", ChannelsReader.MAIL, ChannelsReader.NO_MAIL, ChannelsReader.RIGHT_MAIL);
        SecretReference token = secrets.reference(f, "token");
        List<String> labels = f.texts("labels", LABEL, "is not a label", "write it without spaces, such as security");
        String fields = fields(f);
        String per = f.word("per", List.of(KEY, OWNER), word -> word, KEY);
        Channels.FoundBy foundBy =
                f.word("found-by", List.of(Channels.FoundBy.values()), Channels.FoundBy::label, Channels.FoundBy.LABEL);
        if (foundBy == Channels.FoundBy.KEYCHECK && per.equals(OWNER)) {
            f.bad("per", "does not go with found-by: keycheck, whose tickets are about one key", "write per: key");
        }
        return url == null || project == null || token == null
                ? null
                : new Channels.Jira(
                        URI.create(url),
                        project,
                        email,
                        token,
                        type == null ? "Task" : type,
                        labels,
                        fields,
                        per.equals(OWNER),
                        foundBy);
    }

    private static String fields(Fields f) {
        Node node = f.node("fields");
        if (!f.has("fields")) {
            return "{}";
        }
        if (!(node instanceof MappingNode mapping)) {
            f.bad(
                    "fields",
                    "is not a mapping",
                    "write fields as Jira's REST API takes them, such as {priority: {name: High}}");
            return "{}";
        }
        for (NodeTuple field : mapping.getValue()) {
            String name = Fields.text(field.getKeyNode());
            String at = f.at("fields");
            if (OURS.contains(name)) {
                f.tree.bad(field.getKeyNode(), at, "is filled in by Keyturn", name, "leave it out");
            } else if (!Fields.fits(name, FIELD)) {
                f.tree.bad(
                        field.getKeyNode(),
                        at,
                        "is not the ID of a field",
                        name,
                        "write IDs such as priority or customfield_10010, not the names that people see");
            }
        }
        return NodeJson.of(mapping).toString();
    }
}
