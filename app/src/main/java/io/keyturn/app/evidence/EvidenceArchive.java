package io.keyturn.app.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files as one archive; the same files give the same bytes, whenever and wherever it is done. */
public final class EvidenceArchive {
    /**
     * When it was made stands in the manifest. Not the first day that an archive can tell: Java takes that one for an earlier
     * time, and writes an instant by the zone of the machine beside it.
     */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private EvidenceArchive() {}

    /** Writes them by name; {@code out} is left open. */
    public static void write(List<EvidenceFile> files, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (EvidenceFile file :
                files.stream().sorted(Comparator.comparing(EvidenceFile::name)).toList()) {
            ZipEntry entry = new ZipEntry(file.name());
            entry.setTimeLocal(NO_TIME);
            zip.putNextEntry(entry);
            try (InputStream bytes = file.open()) {
                bytes.transferTo(zip);
            }
            zip.closeEntry();
        }
        zip.finish();
    }
}
