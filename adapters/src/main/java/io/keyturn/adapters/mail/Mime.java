package io.keyturn.adapters.mail;

import io.keyturn.engine.message.Readable;
import io.keyturn.engine.port.MailCarrier.Letter;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Letters in MIME (RFC 5322, 2045): ASCII throughout, whatever they say. */
public final class Mime {
    private static final String UTF_8 = "utf-8";
    private static final String NAME = "Keyturn";
    private static final int SUBJECT = 200;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[\\x21-\\x3b\\x3d\\x3f-\\x7e]{1,200}>");
    private static final Session NOWHERE = Session.getInstance(new Properties());

    private Mime() {}

    /**
     * A letter of two forms, of which a mail program shows the one it can.
     *
     * @param to a plain mail address
     * @param messageId with its angle brackets
     * @param follows the {@code Message-ID} of the letter that this one belongs under; null where it is the first
     * @param html null for plain text alone
     */
    public static Letter letter(
            Sender sender,
            String to,
            String messageId,
            @Nullable String follows,
            Instant date,
            String subject,
            String text,
            @Nullable String html) {
        Address.check(to);
        try {
            MimeMessage mime = headed(sender, to, messageId, follows, date, subject);
            if (html == null) {
                mime.setText(text, UTF_8);
                mime.setHeader("Content-Transfer-Encoding", "quoted-printable");
            } else {
                mime.setContent(new MimeMultipart("alternative", part(text, "plain"), part(html, "html")));
            }
            mime.saveChanges();
            return new Letter(sender.from(), to, messageId, written(mime));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("a letter in memory cannot fail to be written", e);
        }
    }

    private static MimeMessage headed(
            Sender sender, String to, String messageId, @Nullable String follows, Instant date, String subject)
            throws MessagingException, IOException {
        MimeMessage mime = new Named(messageId);
        mime.setFrom(new InternetAddress(sender.from(), NAME, UTF_8));
        mime.setRecipients(jakarta.mail.Message.RecipientType.TO, InternetAddress.parse(to, true));
        if (sender.replyTo() != null) {
            mime.setReplyTo(InternetAddress.parse(sender.replyTo(), true));
        }
        mime.setSubject(subject(subject), UTF_8);
        mime.setSentDate(Date.from(date));
        if (follows != null && MESSAGE_ID.matcher(follows).matches()) {
            mime.setHeader("In-Reply-To", follows);
            mime.setHeader("References", follows);
        }
        if (sender.unsubscribe() != null) {
            mime.setHeader("List-Unsubscribe", "<mailto:" + sender.unsubscribe() + "?subject=unsubscribe>");
        }
        // Out-of-office answers to a machine help nobody (RFC 3834; the second is Exchange's).
        mime.setHeader("Auto-Submitted", "auto-generated");
        mime.setHeader("X-Auto-Response-Suppress", "All");
        return mime;
    }

    /** One line, not too long for a list of mail. */
    static String subject(String text) {
        return Readable.cut(Readable.line(text), SUBJECT);
    }

    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(content, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private static String written(MimeMessage mime) throws IOException, MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mime.writeTo(out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    /** A message that keeps the name it was given. */
    private static final class Named extends MimeMessage {
        private final String id;

        Named(String id) {
            super(NOWHERE);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
