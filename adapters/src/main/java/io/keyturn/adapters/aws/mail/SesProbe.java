package io.keyturn.adapters.aws.mail;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/** Looks whether SES would take mail, and sends none. */
public final class SesProbe implements AutoCloseable {
    private static final String SENDING = "mail by SES";
    private static final String BOUNCES = "mail that comes back";
    private static final String ACCOUNT = "ses:GetAccount";
    private static final String IDENTITY = "ses:GetEmailIdentity";
    private static final String SUPPRESSED = "ses:GetSuppressedDestination";

    private final SdkHttpClient http = AwsEnvironment.connections();
    private final SesV2Client ses;
    private final String region;

    /**
     * Opens nothing yet.
     *
     * @param region where SES is used
     */
    public SesProbe(Map<String, String> environment, String region) {
        this.ses = SesMail.client(environment, region, http);
        this.region = region;
    }

    /**
     * Tries all that mail takes, but to send.
     *
     * @param from address of the sender
     * @param handedOverSuffices whether mail whose bounces cannot be seen counts as placed
     */
    public List<Check> checks(String from, boolean handedOverSuffices) {
        return List.of(
                tried(SENDING, ACCOUNT, this::account).orElseGet(() -> untold(SENDING, ACCOUNT)),
                tried("mail from " + from, IDENTITY, () -> sender(from))
                        .orElseGet(() -> untold("mail from " + from, IDENTITY)),
                tried(BOUNCES, SUPPRESSED, () -> bounces(from)).orElseGet(() -> unseen(handedOverSuffices)));
    }

    /** The answer; empty where it is denied. */
    private static Optional<Check> tried(String name, String action, Supplier<Check> ask) {
        try {
            return Optional.of(ask.get());
        } catch (SdkException e) {
            CallFailure failure = CallFailure.of(e);
            return failure.denied()
                    ? Optional.empty()
                    : Optional.of(Check.unknown(null, name, action + ": " + failure.why()));
        }
    }

    /** Mail may well be sent by those who may not ask about it. */
    private static Check untold(String name, String action) {
        return Check.unknown(Role.READ, name, "not known: " + action + " is denied")
                .lacking(action)
                .optional();
    }

    private static Check unseen(boolean handedOverSuffices) {
        Check unseen = Check.fails(
                        Role.READ,
                        BOUNCES,
                        "cannot be seen, as " + SUPPRESSED + " is denied: no letter counts as placed, so none leads to"
                                + " a change")
                .lacking(SUPPRESSED);
        return handedOverSuffices ? unseen.excused("`accept: handed-over` lets it count") : unseen;
    }

    private Check account() {
        GetAccountResponse account = ses.getAccount(r -> {});
        if (!Boolean.TRUE.equals(account.sendingEnabled())) {
            return Check.fails(null, SENDING, "SES in " + region + " has sending switched off; see why in its console");
        }
        return Boolean.TRUE.equals(account.productionAccessEnabled())
                ? Check.works(null, SENDING, "by SES in " + region)
                : Check.note(
                        null,
                        SENDING,
                        "SES in " + region + " is in its sandbox: it writes to verified addresses alone");
    }

    /** An address may be verified itself or by its domain. */
    private Check sender(String from) {
        String domain = from.substring(from.lastIndexOf('@') + 1);
        for (String identity : List.of(from, domain)) {
            try {
                if (Boolean.TRUE.equals(
                        ses.getEmailIdentity(r -> r.emailIdentity(identity)).verifiedForSendingStatus())) {
                    return Check.works(null, "mail from " + from, identity + " is verified");
                }
            } catch (NotFoundException e) {
                continue;
            }
        }
        return Check.fails(
                null,
                "mail from " + from,
                "neither it nor " + domain + " is verified in " + region + "; verify one of them in SES");
    }

    private Check bounces(String from) {
        Check seen = Check.works(null, BOUNCES, "is seen in the suppression list");
        try {
            ses.getSuppressedDestination(r -> r.emailAddress(from));
            return seen;
        } catch (NotFoundException e) {
            return seen;
        }
    }

    @Override
    public void close() {
        ses.close();
        http.close();
    }
}
