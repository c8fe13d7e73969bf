package io.keyturn.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.mail.SmtpServer.Login;
import io.keyturn.adapters.web.OwnCertificate;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.MailCarrier.Handing;
import io.keyturn.engine.port.MailCarrier.Letter;
import io.keyturn.engine.port.Secret;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters to mail servers of every kind of manners. */
class SmtpMailTest {
    private static final Letter LETTER = new Letter(
            "keys@example.com",
            "ann@example.com",
            "<1@example.com>",
            "From: keys@example.com\r\nTo: ann@example.com\r\nMessage-ID: <1@example.com>\r\n\r\n.a line\r\n");
    private static final Login LOGIN = new Login("keyturn", new Secret("hidden-word"));

    private static SSLContext own;

    @BeforeAll
    static void certify(@TempDir Path folder) throws Exception {
        own = OwnCertificate.in(folder).context();
    }

    private static SmtpServer at(SmtpDouble server, boolean implicit) {
        return new SmtpServer("localhost", server.port(), LOGIN, implicit, false);
    }

    private static Handing hand(SmtpDouble server) {
        return new SmtpMail(at(server, false), own).hand(LETTER, Leave.GIVEN);
    }

    /** What is said, without the server's port. */
    private static String said(Handing handing) {
        String said = switch (handing) {
            case Handing.Taken(String messageId) -> "taken: " + messageId;
            case Handing.Unreachable(var problem) -> "unreachable: " + problem.sentence();
            case Handing.Refused(var problem) -> "refused: " + problem.sentence();
            case Handing.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
        return said.replaceAll("localhost:[0-9]+", "localhost:0");
    }

    @Test
    void aLetterIsGivenThroughTlsByStartTlsAfterTheLogin() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false)) {
            assertThat(said(hand(server))).isEqualTo("taken: <1@example.com>");

            assertThat(server.told)
                    .containsSubsequence(
                            "STARTTLS", "MAIL FROM:<keys@example.com>", "RCPT TO:<ann@example.com>", "DATA");
            assertThat(server.told.indexOf("STARTTLS")).isEqualTo(1);
            String login = server.told.stream()
                    .filter(line -> line.startsWith("AUTH PLAIN "))
                    .findFirst()
                    .orElseThrow();
            assertThat(new String(Base64.getDecoder().decode(login.substring(11))))
                    .isEqualTo("keyturn\0keyturn\0hidden-word");
            assertThat(server.letters)
                    .singleElement()
                    .asString()
                    .contains("Message-ID: <1@example.com>")
                    .endsWith("\n\n..a line\n");
        }
    }

    @Test
    void aLetterIsGivenThroughTlsFromTheFirstByte() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, true)) {
            assertThat(said(new SmtpMail(at(server, true), own).hand(LETTER, Leave.GIVEN)))
                    .isEqualTo("taken: <1@example.com>");
            assertThat(server.told).doesNotContain("STARTTLS");
        }
    }

    @Test
    void aServerWithoutTlsGetsNeitherLoginNorLetter() throws Exception {
        try (SmtpDouble server = new SmtpDouble(null, false)) {
            assertThat(said(hand(server)))
                    .isEqualTo(
                            "refused: could not use the mail of localhost:0: it offers no TLS; let it offer STARTTLS, or"
                                    + " write tls: implicit with its port for that");
            assertThat(server.told).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void aCertificateThatNobodyTrustsGetsNeitherLoginNorLetter() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false)) {
            assertThat(said(new SmtpMail(at(server, false)).hand(LETTER, Leave.GIVEN)))
                    .isEqualTo(
                            "refused: could not use the mail of localhost:0: there is no trusted TLS connection to it;"
                                    + " check its certificate, which has to show this name, and tls of channels.email.smtp");
            assertThat(server.told).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void aServerOnThisMachineMayDoWithoutTlsOnlyWithLeave() throws Exception {
        try (SmtpDouble server = new SmtpDouble(null, false)) {
            SmtpServer allowed = new SmtpServer("localhost", server.port(), null, false, true);

            assertThat(said(new SmtpMail(allowed).hand(LETTER, Leave.GIVEN))).isEqualTo("taken: <1@example.com>");
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false).answering("AUTH", "535 5.7.8 hidden-word is wrong")) {
            assertThat(said(hand(server)))
                    .isEqualTo(
                            "refused: could not use the mail of localhost:0: it did not let Keyturn log in; check user and"
                                    + " password of channels.email.smtp");
        }
    }

    @Test
    void aRecipientThatIsGoneIsUnreachable() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false).answering("RCPT", "550 5.1.1 no such user")) {
            assertThat(said(hand(server)))
                    .isEqualTo(
                            "unreachable: could not use the mail of localhost:0: it answered 550 5.1.1 no such user to"
                                    + " ann@example.com; name another address");
            assertThat(server.letters).isEmpty();
        }
    }

    @Test
    void aRecipientThatIsPutOffIsOnlyRefused() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false).answering("RCPT", "451 4.7.1 greylisted")) {
            assertThat(said(hand(server)))
                    .isEqualTo("refused: could not use the mail of localhost:0: it answered 451 4.7.1 greylisted to"
                            + " ann@example.com; it is tried again");
        }
    }

    @Test
    void aSenderThatItDoesNotTakeIsRefused() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false).answering("MAIL", "553 5.7.1 not yours")) {
            assertThat(said(hand(server)))
                    .isEqualTo("refused: could not use the mail of localhost:0: it answered 553 5.7.1 not yours to the"
                            + " sender; let it take letters from channels.email.from");
        }
    }

    @Test
    void aLetterThatItRefusesWholeIsRefused() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false).answering(".", "554 5.7.1 looks like spam")) {
            assertThat(said(hand(server)))
                    .isEqualTo(
                            "refused: could not use the mail of localhost:0: it answered 554 5.7.1 looks like spam; look"
                                    + " into its log");
        }
    }

    @Test
    void aConnectionThatEndsAfterTheLetterLeavesItInDoubt() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false).answering(".", SmtpDouble.HANG_UP)) {
            assertThat(said(hand(server)))
                    .isEqualTo(
                            "in doubt: could not use the mail of localhost:0: the connection ended before it answered;"
                                    + " whether it took the letter is not known");
            assertThat(server.letters).hasSize(1);
        }
    }

    @Test
    void aConnectionThatEndsBeforeTheLetterGaveNothing() throws Exception {
        for (String command : new String[] {"MAIL", "RCPT", "DATA"}) {
            try (SmtpDouble server = new SmtpDouble(own, false).answering(command, SmtpDouble.HANG_UP)) {
                assertThat(said(hand(server)))
                        .as(command)
                        .isEqualTo(
                                "refused: could not use the mail of localhost:0: the connection ended before the letter"
                                        + " was given to it; check network");
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        int port;
        try (ServerSocket nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        SmtpServer gone = new SmtpServer("localhost", port, LOGIN, false, false);

        assertThat(said(new SmtpMail(gone, own).hand(LETTER, Leave.GIVEN)))
                .isEqualTo("refused: could not use the mail of localhost:0: it accepts no connection; check network,"
                        + " firewall, host and port");
    }

    @Test
    void aNameThatIsNotKnownIsTold() {
        SmtpServer nowhere = new SmtpServer("nowhere.invalid", 587, null, false, false);

        assertThat(said(new SmtpMail(nowhere).hand(LETTER, Leave.GIVEN)))
                .isEqualTo("refused: could not use the mail of nowhere.invalid:587: its name is not known to DNS; check"
                        + " channels.email.smtp.host");
    }

    @Test
    void doctorLogsInAndSendsNothing() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false)) {
            Check check = new SmtpMail(at(server, false), own).check("keys@example.com");

            assertThat(check.result()).isEqualTo(Check.Result.WORKS);
            assertThat(check.said()).endsWith(", which lets Keyturn log in");
            assertThat(server.told)
                    .anyMatch(line -> line.startsWith("AUTH"))
                    .noneMatch(line -> line.startsWith("MAIL"));
        }
        try (SmtpDouble server = new SmtpDouble(null, false)) {
            Check check = new SmtpMail(at(server, false), own).check("keys@example.com");

            assertThat(check.result()).isEqualTo(Check.Result.FAILS);
            assertThat(check.said()).contains(": it offers no TLS; let it offer STARTTLS");
        }
    }

    @Test
    void whatBecomesOfALetterIsNotSeen() {
        assertThat(new SmtpMail(new SmtpServer("localhost", 25, null, false, false))
                        .placement("ann@example.com", Instant.EPOCH))
                .isEqualTo(Placement.HANDED_OVER);
    }

    @Test
    void aLetterIsNotGivenWhereEverythingWasStoppedWhileTheWayWasMade() throws Exception {
        try (SmtpDouble server = new SmtpDouble(own, false)) {
            Problem stopped = new Problem("tell the owner", "ann", "everything is stopped: drill", "resume first");

            Handing handing = new SmtpMail(at(server, false), own)
                    .hand(LETTER, () -> server.told.isEmpty() ? Optional.empty() : Optional.of(stopped));

            assertThat(said(handing)).isEqualTo("refused: " + stopped.sentence());
            assertThat(server.letters).isEmpty();
        }
    }
}
