package io.keyturn.app.config;

import io.keyturn.core.assess.OwnerZone;
import io.keyturn.core.policy.OwnerRule;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/**
 * Reads a file that maps user names to owners: YAML, JSON, CSV with two columns and a third for the owner's time zone, or a
 * Python file with one dict.
 */
final class OwnerFile {
    private static final String PAIR = "write a user name and its owner, both as texts";
    private static final String ZONE = "write for example Europe/Berlin";
    private static final String OWNER = "owner";

    private final Tree tree;
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, ZoneId> zones = new HashMap<>();

    private OwnerFile(Tree tree) {
        this.tree = tree;
    }

    /**
     * The owners by user name; what does not fit is among the problems of {@code tree}.
     *
     * @param called the file's name, for explaining
     */
    static OwnerRule.Listed read(Path file, Tree tree, String called) {
        OwnerFile reading = new OwnerFile(tree);
        String name = tree.file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
            YamlFile.read(file, tree, YamlFile.Size.OWNERS, "write lines such as deploy: platform")
                    .ifPresent(reading::yaml);
        } else if (name.endsWith(".csv")) {
            YamlFile.text(file, tree, YamlFile.Size.OWNERS).ifPresent(reading::csv);
        } else if (name.endsWith(".py")) {
            YamlFile.text(file, tree, YamlFile.Size.OWNERS)
                    .ifPresent(text -> PythonDict.read(text, reading::put, reading::bad));
        } else {
            tree.whole("is of no known kind", "name a file that ends in .yaml, .json, .csv or .py");
        }
        return new OwnerRule.Listed(called, reading.owners, reading.zones);
    }

    private void yaml(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            tree.bad(root, "", "is not a mapping of users to owners", "", "write lines such as deploy: platform");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String user = Fields.text(tuple.getKeyNode());
            if (Fields.isText(tuple.getKeyNode()) && Fields.isText(tuple.getValueNode())) {
                put(user, Fields.text(tuple.getValueNode()), tree.line(tuple.getKeyNode()));
            } else if (tuple.getValueNode() instanceof MappingNode both) {
                Fields fields = new Fields(tree, both, user, List.of(OWNER, "zone"));
                String owner = fields.text(OWNER, PAIR);
                fields.require(PAIR, OWNER);
                if (owner != null) {
                    put(user, owner, tree.line(tuple.getKeyNode()));
                    zone(
                            user,
                            Objects.requireNonNullElse(fields.text("zone", ZONE), ""),
                            tree.line(tuple.getKeyNode()));
                }
            } else {
                tree.bad(
                        tuple.getKeyNode(),
                        user,
                        "has no owner that is a text",
                        Fields.text(tuple.getValueNode()),
                        PAIR);
            }
        }
    }

    private void csv(String text) {
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvReadFeature.WRAP_AS_ARRAY, CsvReadFeature.SKIP_EMPTY_LINES, CsvReadFeature.TRIM_SPACES)
                .build();
        try (MappingIterator<String[]> rows = mapper.readerFor(String[].class).readValues(text)) {
            boolean first = true;
            while (rows.hasNextValue()) {
                int line = rows.currentLocation().getLineNr();
                String[] row = rows.nextValue();
                if (row.length < 2 || row.length > 3 || row[0].isBlank() || row[1].isBlank()) {
                    bad(line, "has not the two columns user and owner", String.join(",", row), PAIR);
                } else if (!first || !row[0].equalsIgnoreCase("user")) {
                    put(row[0], row[1], line);
                    zone(row[0], row.length == 3 ? row[2] : "", line);
                }
                first = false;
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            bad(line, "this is not CSV: " + e.getOriginalMessage(), "", "close every quote");
        }
    }

    private void put(String user, String owner, int line) {
        String before = owners.putIfAbsent(user, owner);
        if (before != null && !before.equals(owner)) {
            bad(line, "has an owner already", user, "keep one of the two lines");
        }
    }

    private void zone(String user, String zone, int line) {
        if (!zone.isBlank()) {
            OwnerZone.parse(zone)
                    .ifPresentOrElse(
                            known -> zones.put(user, known), () -> bad(line, "is not a time zone", zone, ZONE));
        }
    }

    private void bad(int line, String what, String read, String right) {
        tree.problems.add(new ConfigProblem(tree.file, line, 1, "", what, read, right));
    }
}
