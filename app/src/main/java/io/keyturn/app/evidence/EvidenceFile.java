package io.keyturn.app.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.InflaterInputStream;

/** One file of the archive. It is kept packed, so that the reports and journals of an organization fit into memory. */
public final class EvidenceFile {
    private final String name;
    private final byte[] packed;
    private final long bytes;
    private final String sha256;

    /**
     * A file that was written.
     *
     * @param packed its bytes, deflated
     * @param bytes how many there are unpacked
     * @param sha256 of the unpacked bytes, in hexadecimal
     */
    EvidenceFile(String name, byte[] packed, long bytes, String sha256) {
        this.name = name;
        this.packed = packed;
        this.bytes = bytes;
        this.sha256 = sha256;
    }

    /** A file of this text, in UTF-8. */
    public static EvidenceFile of(String name, String text) {
        return of(name, pen -> pen.write(text));
    }

    /** A file of these bytes. */
    static EvidenceFile of(String name, byte[] bytes) {
        return of(name, pen -> pen.write(bytes));
    }

    /** What goes into a file. */
    interface Content {
        void writeTo(EvidencePen pen) throws IOException;
    }

    /** A file of what is written here. */
    static EvidenceFile of(String name, Content content) {
        try (EvidencePen pen = new EvidencePen(name)) {
            content.writeTo(pen);
            return pen.file();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written", e);
        }
    }

    /** Its name in the archive, such as {@code reports/111122223333.csv}. */
    public String name() {
        return name;
    }

    /** How many bytes it has. */
    public long bytes() {
        return bytes;
    }

    /** SHA-256 of its bytes, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Its bytes. */
    InputStream open() {
        return new InflaterInputStream(new ByteArrayInputStream(packed));
    }
}
