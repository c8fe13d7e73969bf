package io.keyturn.adapters.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files of one folder that are there whole or not at all, and that their owner alone may read. */
record SealedFiles(Path folder) {
    /** Refuses a folder in which others could put files of their own in the place of these. */
    static void refuseOpen(Path folder) throws IOException {
        Set<PosixFilePermission> may = Files.getPosixFilePermissions(folder);
        if (!Files.isDirectory(folder)) {
            throw new IOException("it is no folder");
        }
        if (may.contains(PosixFilePermission.OTHERS_WRITE) || may.contains(PosixFilePermission.GROUP_WRITE)) {
            throw new IOException("others may write to it");
        }
    }

    /** Writes a file under another name, and gives it its own once it lasts. */
    void write(String name, byte[] content) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path part = part(name);
        Files.deleteIfExists(part);
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(part, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        last();
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    private Path part(String name) {
        return folder.resolve(name + ".part");
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    boolean there(String name) {
        return Files.exists(path(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes a file, and what an unfinished write left of it. */
    void remove(String name) throws IOException {
        boolean removed = Files.deleteIfExists(path(name));
        if (Files.deleteIfExists(part(name)) || removed) {
            last();
        }
    }

    /** Makes the names in a folder outlast a crash of the machine. */
    private void last() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
