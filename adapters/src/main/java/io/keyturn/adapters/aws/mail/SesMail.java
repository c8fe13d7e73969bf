package io.keyturn.adapters.aws.mail;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.Unhurried;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.MailCarrier;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SuppressedDestination;

/**
 * Mail by Amazon SES v2. A letter that SES took may still come back: an address that did since stands on the account's
 * suppression list, where SES puts it by itself.
 */
public final class SesMail implements MailCarrier {
    private final SdkHttpClient http = AwsEnvironment.connections();
    private final Unhurried unhurried;
    private final SesV2Client ses;
    private final String place;

    /** SES gives every letter a {@code Message-ID} of its own, under this domain. */
    private final String domain;

    private final ReentrantLock first = new ReentrantLock();
    private volatile boolean begun;

    /**
     * Opens nothing yet.
     *
     * @param region where SES is used
     */
    public SesMail(Map<String, String> environment, String region) {
        this(environment, region, new Unhurried());
    }

    SesMail(Map<String, String> environment, String region, Unhurried unhurried) {
        this.unhurried = unhurried;
        this.ses = client(environment, region, http);
        this.place = "SES in " + region;
        this.domain = (region.equals("us-east-1") ? "email" : region) + ".amazonses.com";
    }

    static SesV2Client client(Map<String, String> environment, String region, SdkHttpClient http) {
        AwsEnvironment aws = new AwsEnvironment(environment);
        return aws.configure(SesV2Client.builder(), "SESV2", Region.of(region), http)
                .credentialsProvider(aws.credentials())
                .build();
    }

    /** The first letter goes alone, so that what is wrong with the way is not met by many at once. */
    @Override
    public Handing hand(Letter letter, Leave leave) throws InterruptedException {
        if (begun) {
            return send(letter, leave);
        }
        first.lockInterruptibly();
        try {
            Handing handing = send(letter, leave);
            begun = true;
            return handing;
        } finally {
            first.unlock();
        }
    }

    private Handing send(Letter letter, Leave leave) throws InterruptedException {
        try {
            return unhurried.send(() -> given(letter), leave, Handing.Refused::new);
        } catch (AwsServiceException e) {
            Problem problem = new Problem("use the mail", place, said(e), advice(e));
            // After an answer of 5xx the letter may be on its way.
            return e.statusCode() >= 500 ? new Handing.InDoubt(problem) : new Handing.Refused(problem);
        } catch (SdkException e) {
            Problem problem = new Problem(
                    "use the mail", place, String.valueOf(e.getMessage()), "check network, endpoint and credentials");
            return broken(e) ? new Handing.InDoubt(problem) : new Handing.Refused(problem);
        }
    }

    private Handing given(Letter letter) {
        String id = ses.sendEmail(r -> r.fromEmailAddress(letter.from())
                        .destination(d -> d.toAddresses(letter.to()))
                        .content(c -> c.raw(raw -> raw.data(SdkBytes.fromUtf8String(letter.mime())))))
                .messageId();
        return id == null
                ? new Handing.InDoubt(new Problem(
                        "use the mail", place, "what answered there did not name the letter, so it is not SES", ""))
                : new Handing.Taken("<" + id + "@" + domain + ">");
    }

    /** Whether a connection that stood has broken, so that the request may have arrived. */
    private static boolean broken(SdkException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof ConnectException
                    || e instanceof UnknownHostException
                    || e instanceof SSLHandshakeException) {
                return false;
            }
            if (e instanceof IOException) {
                return !(e instanceof ConnectTimeoutException);
            }
        }
        return false;
    }

    private static String said(AwsServiceException e) {
        String code = code(e);
        return code.isEmpty()
                ? "it answered with status " + e.statusCode() + " and no reason"
                : "it answered " + code + " (" + e.awsErrorDetails().errorMessage() + ")";
    }

    /** AWS's name of the error; empty where what answered is not SES. */
    private static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String advice(AwsServiceException e) {
        return switch (code(e)) {
            case "" -> "check that the endpoint is that of SES";
            case "MessageRejected", "MailFromDomainNotVerifiedException" ->
                "verify the sender's address or domain in SES, and leave its sandbox to write to others";
            case "AccessDeniedException", "AccessDenied" -> "allow ses:SendEmail to these credentials";
            case "AccountSuspendedException", "SendingPausedException" -> "see why SES paused sending in its console";
            default -> "";
        };
    }

    @Override
    public Placement placement(String to, Instant sent) {
        try {
            SuppressedDestination suppressed =
                    ses.getSuppressedDestination(r -> r.emailAddress(to)).suppressedDestination();
            // One that stood there before did not take this letter either: SES drops it without a word.
            return suppressed == null ? Placement.HANDED_OVER : Placement.FAILED;
        } catch (NotFoundException e) {
            return Placement.PLACED;
        } catch (SdkException e) {
            // What cannot be seen is not known: the letter stays merely handed over.
            return Placement.HANDED_OVER;
        }
    }

    @Override
    public void close() {
        ses.close();
        http.close();
    }
}
