package io.keyturn.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that keeps why it could not be written: writers on top of it only tell that it failed. */
final class StandardOutput extends FilterOutputStream {
    private @Nullable IOException failure;

    StandardOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Why the result is not all there; empty where it is, or where the reader went away and wants no more of it. */
    Optional<String> failure() {
        IOException kept = failure;
        String why = kept == null ? "" : String.valueOf(kept.getMessage());
        return why.isEmpty() || why.contains("Broken pipe") ? Optional.empty() : Optional.of(why);
    }
}
