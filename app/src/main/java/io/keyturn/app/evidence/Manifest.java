package io.keyturn.app.evidence;

import io.keyturn.engine.port.JournalStore.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an archive holds, with the hash of each file: whoever knows the hash of the manifest knows all of it.
 *
 * @param from the first day, as it is written
 * @param to the last day
 * @param made when
 * @param version of the Keyturn that made it
 * @param files by name
 * @param heads the last line of each chain, by stream
 * @param missing what is not in it and should be, a sentence each
 */
record Manifest(
        String from,
        String to,
        String made,
        String version,
        Map<String, Listed> files,
        Map<String, Head> heads,
        List<String> missing) {
    static final String NAME = "manifest.json";

    /** Names the format; a later one has another number. */
    static final String SCHEMA = "https://keyturn.io/schema/evidence/1";

    /** A file as the manifest lists it. */
    record Listed(long bytes, String sha256) {}

    Manifest {
        files = Map.copyOf(files);
        heads = Map.copyOf(heads);
        missing = List.copyOf(missing);
    }

    /** A manifest cannot be used; the message says why. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /** Writes it; {@code more} takes what stands in it besides. */
    EvidenceFile file(Consumer<ObjectNode> more) {
        ObjectNode top = JsonMapper.shared().createObjectNode();
        top.put("schema", SCHEMA);
        top.put("tool", "keyturn " + version);
        top.put("made", made);
        top.put("from", from);
        top.put("to", to);
        top.put("complete", missing.isEmpty());
        missing.forEach(top.putArray("missing")::add);
        more.accept(top);
        ObjectNode chains = top.putObject("journal");
        new TreeMap<>(heads)
                .forEach((stream, head) -> chains.putObject(stream)
                        .put("file", JournalEvidence.chainFile(stream))
                        .put("lines", head.sequence())
                        .put("head", head.hash()));
        ObjectNode listed = top.putObject("files");
        new TreeMap<>(files)
                .forEach((name, file) ->
                        listed.putObject(name).put("bytes", file.bytes()).put("sha256", file.sha256()));
        return EvidenceFile.of(
                NAME, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(top) + "\n");
    }

    /** Reads one. */
    static Manifest read(byte[] json) throws Unreadable {
        JsonNode top = parse(json);
        String schema = top.path("schema").asString("");
        if (!schema.equals(SCHEMA)) {
            throw new Unreadable(
                    schema.startsWith("https://keyturn.io/schema/evidence/")
                            ? "it is of another version (" + schema + "); use the Keyturn that made it, or a newer one"
                            : "it is no manifest of Keyturn's evidence");
        }
        Map<String, Listed> files = new TreeMap<>();
        top.path("files")
                .properties()
                .forEach(file -> files.put(
                        file.getKey(),
                        new Listed(
                                file.getValue().path("bytes").asLong(-1),
                                file.getValue().path("sha256").asString(""))));
        Map<String, Head> heads = new TreeMap<>();
        top.path("journal")
                .properties()
                .forEach(chain -> heads.put(
                        chain.getKey(),
                        new Head(
                                chain.getValue().path("lines").asLong(-1),
                                chain.getValue().path("head").asString(""))));
        List<String> missing = new ArrayList<>();
        top.path("missing").forEach(sentence -> missing.add(sentence.asString("")));
        return new Manifest(
                text(top, "from"),
                text(top, "to"),
                text(top, "made"),
                text(top, "tool").replaceFirst("^keyturn ", ""),
                files,
                heads,
                missing);
    }

    /** What it says of its signature; nothing where it has none, or cannot be read. */
    static JsonNode signature(byte[] json) {
        try {
            return parse(json).path("signature");
        } catch (Unreadable e) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode parse(byte[] json) throws Unreadable {
        try {
            JsonNode top = JsonMapper.shared().readTree(json);
            if (top.isObject()) {
                return top;
            }
            throw new Unreadable("it is no JSON object");
        } catch (JacksonException e) {
            throw new Unreadable("it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(JsonNode top, String name) throws Unreadable {
        String text = top.path(name).asString("");
        if (text.isEmpty()) {
            throw new Unreadable("it lacks \"" + name + "\"");
        }
        return text;
    }
}
