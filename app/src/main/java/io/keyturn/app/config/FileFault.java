package io.keyturn.app.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words: the exceptions of some causes hold nothing but its name. */
public final class FileFault {
    private FileFault() {}

    /** The cause, to be read after a colon. */
    public static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException absent -> "there is no such file or folder";
            case AccessDeniedException denied -> "permission is denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
