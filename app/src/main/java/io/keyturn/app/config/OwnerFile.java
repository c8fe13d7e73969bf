package io.keyturn.app.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/** Reads a file that maps user names to owners: YAML, JSON, CSV with two columns, or a Python file with one dict. */
final class OwnerFile {
    private static final String PAIR = "write a user name and its owner, both as texts";

    private final Tree tree;
    private final Map<String, String> owners = new LinkedHashMap<>();

    private OwnerFile(Tree tree) {
        this.tree = tree;
    }

    /** The owners by user name; what does not fit is among the problems of {@code tree}. */
    static Map<String, String> read(Path file, Tree tree) {
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
        return reading.owners;
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
                if (row.length != 2 || row[0].isBlank() || row[1].isBlank()) {
                    bad(line, "has not the two columns user and owner", String.join(",", row), PAIR);
                } else if (!first || !row[0].equalsIgnoreCase("user")) {
                    put(row[0], row[1], line);
                }
                first = false;
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            bad(line, "this is not CSV: " + e.getOriginalMessage(), "", "close every quote");
        }
    }

    private void put(String user, String owner, int line) {
        if (owners.putIfAbsent(user, owner) != null) {
            bad(line, "has an owner already", user, "keep one of the two lines");
        }
    }

    private void bad(int line, String what, String read, String right) {
        tree.problems.add(new ConfigProblem(tree.file, line, 1, "", what, read, right));
    }
}
