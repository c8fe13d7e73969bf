package io.keyturn.app.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the journal is kept: what was done, said and decided. */
public sealed interface StorePlace {
    /** A file of SQLite, for one worker with a disk. */
    record File(Path path) implements StorePlace {
        @Override
        public Path beside(String end) {
            String name = String.valueOf(path.getFileName());
            String stem = name.endsWith(".db") ? name.substring(0, name.length() - 3) : name;
            return path.resolveSibling(stem + end);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A table of DynamoDB, for several workers and for those without a disk.
     *
     * @param region null for that of the environment or its profile
     * @param cachesOf the file in whose place it stands: caches stay on the disk, if there is one
     */
    record Table(String name, @Nullable String region, Path cachesOf) implements StorePlace {
        @Override
        public Path beside(String end) {
            return new File(cachesOf).beside(end);
        }

        @Override
        public String toString() {
            return "the DynamoDB table " + name;
        }
    }

    /** The file of a cache, whose name ends so; deleting it costs time, never correctness. */
    Path beside(String end);
}
