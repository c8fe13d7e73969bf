package io.keyturn.app.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes one file of the archive, whose hash and length are taken on the way. */
public final class EvidencePen extends Writer {
    private final String name;
    private final Deflater deflater = new Deflater();
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final DeflaterOutputStream packing = new DeflaterOutputStream(packed, deflater);
    private final DigestOutputStream digest = new DigestOutputStream(packing, Hashes.sha256());
    private final Writer text = new OutputStreamWriter(digest, StandardCharsets.UTF_8);

    /** @param name its name in the archive */
    public EvidencePen(String name) {
        this.name = name;
    }

    /** The file as it was written; nothing more can be. */
    public EvidenceFile file() throws IOException {
        text.flush();
        packing.finish();
        String hash = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        return new EvidenceFile(name, packed.toByteArray(), deflater.getBytesRead(), hash);
    }

    /** Writes bytes that are no text. */
    void write(byte[] bytes) throws IOException {
        text.flush();
        digest.write(bytes);
    }

    @Override
    public void write(char[] from, int offset, int length) throws IOException {
        text.write(from, offset, length);
    }

    @Override
    public void flush() throws IOException {
        text.flush();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
