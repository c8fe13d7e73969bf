package io.keyturn.adapters.file;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;

/** A recipient of age. Source: age-encryption.org/v1. */
final class AgeKey implements PublicKeyFile {
    private final String recipient;
    private final RecipientStanzaWriter writer;

    private AgeKey(String recipient, RecipientStanzaWriter writer) {
        this.recipient = recipient;
        this.writer = writer;
    }

    /** The one recipient of a file in which lines with a {@code #} are remarks. */
    static AgeKey parse(String text) throws Unusable {
        List<String> recipients = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (recipients.size() != 1) {
            throw new Unusable("it names " + recipients.size() + " age recipients, and one is meant");
        }
        try {
            return new AgeKey(
                    recipients.getFirst(),
                    X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipients.getFirst()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unusable("it is no age recipient (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public byte[] encrypt(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WritableByteChannel channel = new StandardEncryptingChannelFactory()
                .newEncryptingChannel(Channels.newChannel(out), List.of(writer))) {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("nothing is written but memory, with what every JDK has", e);
        }
        return out.toByteArray();
    }

    @Override
    public String fingerprint() {
        return "age key " + recipient;
    }

    @Override
    public String ending() {
        return ".age";
    }
}
