package io.keyturn.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads {@code store}: the path of a file, or a table of DynamoDB. */
final class StoreReader {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final String PATH = "write the path of a file, or {dynamodb: {table: keyturn-journal}}";

    private StoreReader() {}

    /** @param usual what holds where nothing is written */
    static StorePlace read(Fields top, StorePlace usual) {
        if (!top.has("store")) {
            return usual;
        }
        return top.node("store") instanceof MappingNode
                ? top.mapping("store", List.of("dynamodb"))
                        .flatMap(store -> table(store, usual))
                        .orElse(usual)
                : file(top, usual);
    }

    private static StorePlace file(Fields top, StorePlace usual) {
        String path = top.text("store", PATH);
        if (path == null) {
            return usual;
        }
        try {
            return new StorePlace.File(top.tree.folder.resolve(path));
        } catch (InvalidPathException e) {
            top.bad("store", "is not a path: " + e.getReason(), PATH);
            return usual;
        }
    }

    private static Optional<StorePlace> table(Fields store, StorePlace usual) {
        store.require("name the table, such as {table: keyturn-journal}", "dynamodb");
        return store.mapping("dynamodb", List.of("table", "region")).flatMap(f -> {
            f.require("name the table that `keyturn store create` or a template of deploy/ makes", "table");
            String name = f.text("table", TABLE, "is not the name of a table", "write for example keyturn-journal");
            String region = ChannelsReader.region(f, "region");
            return name == null || !(usual instanceof StorePlace.File(Path beside))
                    ? Optional.empty()
                    : Optional.of(new StorePlace.Table(name, region, beside));
        });
    }
}
