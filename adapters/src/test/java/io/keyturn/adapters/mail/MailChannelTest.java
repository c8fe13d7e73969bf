package io.keyturn.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.keyturn.adapters.message.Samples;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail to a server that nobody here wrote, read back as it arrived. */
class MailChannelTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Sender SENDER = new Sender("keys@example.com", "security@example.com", "team@example.com");

    private final GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private MailChannel mail;

    @BeforeEach
    void start() {
        greenMail.start();
        SmtpServer server = new SmtpServer("127.0.0.1", greenMail.getSmtp().getPort(), null, false, true);
        mail = new MailChannel(new SmtpMail(server), SENDER, () -> NOW);
    }

    @AfterEach
    void stop() {
        mail.close();
        greenMail.stop();
    }

    private static Dispatch to(String recipient, Message message, @Nullable String thread) {
        return new Dispatch(message, recipient, thread);
    }

    private MimeMessage arrived() {
        MimeMessage[] all = greenMail.getReceivedMessages();
        assertThat(all).hasSize(1);
        return all[0];
    }

    private static String text(MimeMessage letter, int part) throws Exception {
        BodyPart body = ((MimeMultipart) letter.getContent()).getBodyPart(part);
        return ((String) body.getContent()).replace("\r\n", "\n");
    }

    @Test
    void aLetterArrivesInTwoFormsThatSayTheSame() throws Exception {
        mail.send(to("ann@example.com", Samples.two(), null));

        MimeMessage letter = arrived();
        assertThat(letter.getContentType()).startsWith("multipart/alternative");
        LetterTemplates templates = new LetterTemplates();
        assertThat(text(letter, 0)).isEqualTo(templates.text(Samples.two()));
        assertThat(text(letter, 1)).isEqualTo(templates.html(Samples.two()));
        assertThat(((MimeMultipart) letter.getContent()).getBodyPart(1).getContentType())
                .isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void itsHeadersSayWhoWhatAndThatNoPersonWroteIt() throws Exception {
        mail.send(to("ann@example.com", Samples.two(), null));

        MimeMessage letter = arrived();
        assertThat(letter.getSubject()).isEqualTo("2 of platform’s keys need a decision by Wed 2026-11-25");
        assertThat(letter.getFrom()).extracting(Object::toString).containsExactly("Keyturn <keys@example.com>");
        assertThat(letter.getReplyTo()).extracting(Object::toString).containsExactly("security@example.com");
        assertThat(letter.getAllRecipients()).extracting(Object::toString).containsExactly("ann@example.com");
        assertThat(letter.getSentDate()).isEqualTo(NOW);
        assertThat(header(letter, "List-Unsubscribe")).isEqualTo("<mailto:team@example.com?subject=unsubscribe>");
        assertThat(header(letter, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(letter, "In-Reply-To")).isEmpty();
    }

    @Test
    void aReminderStandsUnderTheFirstLetter() throws Exception {
        Sending first = mail.send(to("ann@example.com", Samples.two(), null));
        String name = ((Sending.Taken) first).reference();
        mail.send(to("ann@example.com", Samples.bare(), name));

        MimeMessage[] all = greenMail.getReceivedMessages();
        assertThat(header(all[0], "Message-ID")).isEqualTo(name).matches("<keyturn\\.[0-9a-f-]{36}@example\\.com>");
        assertThat(header(all[1], "In-Reply-To")).isEqualTo(name);
        assertThat(header(all[1], "References")).isEqualTo(name);
    }

    @Test
    void aLetterThatIsSentAgainHasTheSameName() throws Exception {
        mail.send(to("ann@example.com", Samples.two(), null));
        mail.send(to("ann@example.com", Samples.two(), null));
        mail.send(to("bob@example.com", Samples.two(), null));

        List<String> names = List.of(greenMail.getReceivedMessages()).stream()
                .map(letter -> header(letter, "Message-ID"))
                .toList();
        assertThat(names.get(0)).isEqualTo(names.get(1)).isNotEqualTo(names.get(2));
    }

    @Test
    void hostileTextMakesNoHeaderAndNoPart() throws Exception {
        mail.send(to("ann@example.com", Samples.hostile(), "<a@b>\r\nBcc: all@example.com"));

        MimeMessage letter = arrived();
        assertThat(letter.getAllRecipients()).hasSize(1);
        assertThat(header(letter, "Bcc") + header(letter, "In-Reply-To")).isEmpty();
        assertThat(((MimeMultipart) letter.getContent()).getCount()).isEqualTo(2);
        assertThat(letter.getSubject())
                .startsWith("<!channel> @everyone <script>")
                .hasSizeLessThanOrEqualTo(200);
        assertThat(letter.getSubject()).doesNotContain("\n", "\u202e");
    }

    @Test
    void hundredsOfEmojiArrive() throws Exception {
        mail.send(to("ann@example.com", Samples.everywhere(Samples.EMOJI), null));

        assertThat(text(arrived(), 0)).contains(Samples.EMOJI);
        assertThat(text(arrived(), 1)).contains(Samples.EMOJI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com\r\nBcc: all@example.com",
                "ann@example.com, bob@example.com",
                "Ann <ann@example.com>",
                "\"ann\"@example.com",
                "ann@localhost",
                "@example.com",
                "ann@",
                "ann",
                "",
                "ann@exa mple.com",
                "ann@example.com\u0000",
                "ann;@example.com",
                "änn@example.com",
                "ann@-example.com",
                "#cloud-security"
            })
    void whatIsNoPlainAddressIsWrittenToByNobody(String recipient) throws Exception {
        assertThat(mail.send(to(recipient, Samples.bare(), null)))
                .isInstanceOfSatisfying(
                        Sending.Unreachable.class,
                        unreachable -> assertThat(unreachable.problem().sentence())
                                .isEqualTo("could not write a letter to the address of " + recipient
                                        + ": that is no mail address that can be written to; name one such as"
                                        + " ann@example.com"));
        assertThat(greenMail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aLetterThatWasTakenIsHandedOver() throws Exception {
        assertThat(mail.name()).isEqualTo("email");
        assertThat(mail.send(to("o'hara+aws@example.com", Samples.bare(), null)))
                .isInstanceOfSatisfying(Sending.Taken.class, taken -> {
                    assertThat(taken.placement()).isEqualTo(Placement.HANDED_OVER);
                    assertThat(taken.recipient()).isEqualTo("o'hara+aws@example.com");
                });
        assertThat(mail.placement("ann@example.com", null, NOW)).isEqualTo(Placement.HANDED_OVER);
    }

    @Test
    void aPreviewShowsWhatIsSent() {
        assertThat(mail.preview(to("ann@example.com", Samples.two(), "<a@b>")))
                .startsWith(
                        "From: Keyturn <keys@example.com>\nTo: ann@example.com\nSubject: 2 of platform’s keys need a"
                                + " decision by Wed 2026-11-25\nIn-Reply-To: <a@b>\n\n2 of platform’s keys")
                .endsWith("</html>\n");
    }

    @Test
    void aSenderThatIsNoAddressIsRefusedAtOnce() {
        assertThatThrownBy(() -> new Sender("keys@example.com\r\nBcc: x@example.com", null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String header(MimeMessage letter, String name) {
        try {
            String[] values = letter.getHeader(name);
            return values == null ? "" : values[0];
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
