package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.S3Files;
import io.keyturn.engine.port.ReadFailure;
import java.nio.file.Path;
import java.util.Map;

/** Files of Keyturn's own, kept where a process without a disk can reach them. */
public final class OwnFiles {
    private final Map<String, String> environment;

    public OwnFiles(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Whether a text is the address of such a file, {@code s3://bucket/key}. */
    public static boolean isAddress(String text) {
        return S3Files.isAddress(text);
    }

    /** Copies it from its address. */
    public void fetch(String address, Path into) throws ReadFailure {
        try (S3Files files = new S3Files(environment)) {
            files.fetch(address, into);
        }
    }

    /** Stores it at the address. */
    public void store(Path file, String address) throws ReadFailure {
        try (S3Files files = new S3Files(environment)) {
            files.store(file, address);
        }
    }
}
