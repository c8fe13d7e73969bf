package io.keyturn.app.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a command wrote, in a file, and what can be told of it in few words without holding it in memory. */
record Result(Path file) {
    /** An answer of Lambda may have 6 MB, and the rest of ours is small. */
    static final long MOST = 5_000_000;

    boolean fits() throws IOException {
        return Files.size(file) <= MOST;
    }

    /** Puts the whole result into an answer: as JSON where it is, else as text. */
    void into(ObjectNode answer) throws IOException {
        String text = Files.readString(file);
        try {
            answer.set("result", JsonMapper.shared().readTree(text));
        } catch (JacksonException e) {
            answer.put("result", text);
        }
    }

    /**
     * What an earlier tool's function printed, and then returned.
     *
     * @param object a JSON object; null where it returned none
     */
    record Returned(String printed, @Nullable String object) {}

    /** The whole is returned where it is a JSON object, else the last line is, where it is one. */
    Returned returned() throws IOException {
        String text = Files.readString(file).strip();
        if (isObject(text)) {
            return new Returned("", text);
        }
        int last = text.lastIndexOf('\n') + 1;
        String line = text.substring(last);
        return isObject(line) ? new Returned(text.substring(0, last), line) : new Returned(text + "\n", null);
    }

    private static boolean isObject(String text) {
        try {
            return JsonMapper.shared().readTree(text).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Puts its numbers into an answer: keys by standing, steps by kind, accounts, and whether all was read. */
    void numbersInto(ObjectNode answer) throws IOException {
        Map<String, Integer> standings = new TreeMap<>();
        Map<String, Integer> actions = new TreeMap<>();
        try (JsonParser json = JsonMapper.shared().createParser(file)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            int accounts = 0;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                switch (key) {
                    case "findings" -> count(json, "standing", standings);
                    case "actions" -> count(json, "action", actions);
                    case "accounts" -> accounts = count(json, "id", new TreeMap<>());
                    case "complete" -> answer.put("complete", value == JsonToken.VALUE_TRUE);
                    default -> json.skipChildren();
                }
            }
            answer.put("accounts", accounts);
            answer.set("standings", JsonMapper.shared().valueToTree(standings));
            answer.set("actions", JsonMapper.shared().valueToTree(actions));
        } catch (JacksonException e) {
            // A result that was cut off is told by its exit code, and counts of a part would pass for the whole.
            answer.put("complete", false);
        }
    }

    /** Counts the entries of the list that the parser is at, by the text at a key of each. */
    private static int count(JsonParser json, String key, Map<String, Integer> counts) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return 0;
        }
        int entries = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
            entries++;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals(key) && value == JsonToken.VALUE_STRING) {
                    counts.merge(json.getString(), 1, Integer::sum);
                }
                json.skipChildren();
            }
        }
        return entries;
    }
}
