package io.keyturn.adapters.aws.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.Moto;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.MailCarrier.Handing;
import io.keyturn.engine.port.MailCarrier.Letter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Mail as SES v2 takes it in an emulator that nobody here wrote. */
class MotoMailTest {
    private static final Letter LETTER = new Letter(
            "keys@example.com",
            "ann@example.com",
            "<1@example.com>",
            "From: keys@example.com\r\nTo: ann@example.com\r\nSubject: two\r\n\r\ntext\r\n");

    @Test
    void aLetterInMimeIsTakenFromAVerifiedSenderAlone() throws Exception {
        try (Moto moto = Moto.start()) {
            Map<String, String> environment = moto.environment();
            try (SesMail mail = new SesMail(environment, "eu-west-1");
                    SdkHttpClient http = AwsEnvironment.connections();
                    SesV2Client ses = SesMail.client(environment, "eu-west-1", http)) {
                assertThat(mail.hand(LETTER, Leave.GIVEN)).isInstanceOf(Handing.Refused.class);

                ses.createEmailIdentity(r -> r.emailIdentity("keys@example.com"));

                assertThat(mail.hand(LETTER, Leave.GIVEN))
                        .isInstanceOfSatisfying(
                                Handing.Taken.class,
                                taken -> assertThat(taken.messageId())
                                        .matches("<[A-Za-z0-9-]+@eu-west-1\\.amazonses\\.com>"));
            }
        }
    }
}
