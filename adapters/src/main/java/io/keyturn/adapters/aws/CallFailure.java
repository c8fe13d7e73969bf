package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** A call that AWS refused, or that could not be made in time. */
public final class CallFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The account's deadline passed. */
    static final String DEADLINE = "Deadline";

    /** AWS gave the same page token twice. */
    static final String REPEATED_TOKEN = "RepeatedToken";

    /** The request never got an answer. */
    static final String NO_ANSWER = "NoAnswer";

    /** No credentials could be had. */
    static final String NO_CREDENTIALS = "NoCredentials";

    /** Nobody may change anything any more. */
    static final String NO_LEAVE = "NoLeave";

    /** The answer did not fit into this process. */
    static final String OUT_OF_MEMORY = "OutOfMemory";

    private static final String NONE_OF_THE_CHAIN = "Unable to load credentials from any of the providers in the chain";

    /** What a profile lacked, among the reasons of all providers that end such a message. */
    private static final Pattern OF_THE_PROFILE = Pattern.compile(
            "\\) : \\[.*?ProfileCredentialsProvider\\(.*?\\)\\): (.*?)(?:, \\w+\\(|\\]$|$)", Pattern.DOTALL);

    private static final Pattern NONE_IN_THE_PROFILE = Pattern.compile("contained no credentials for profile '(.*?)'");

    private static final Set<String> DENIED =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError");
    private static final Set<String> STALE = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "RequestExpired");

    /** A Region decides which partition is asked, and each knows only its own keys. */
    private static final String REGION =
            "check AWS_REGION and the profile's region: these credentials may be of another partition";

    private final String code;
    /** What to do about it where the code does not tell. */
    private final String told;

    CallFailure(String code, String message) {
        super(message);
        this.code = code;
        this.told = "";
    }

    private CallFailure(Problem refused) {
        super(refused.why());
        this.code = NO_LEAVE;
        this.told = refused.advice();
    }

    CallFailure(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.told = "";
    }

    /** It was not sent, as nothing may be changed any more. */
    static CallFailure noLeave(Problem refused) {
        return new CallFailure(refused);
    }

    /** What the SDK threw, told for people. */
    public static CallFailure of(Throwable thrown) {
        if (thrown instanceof AwsServiceException refused) {
            var details = refused.awsErrorDetails();
            String code = details == null || details.errorCode() == null
                    ? "HTTP " + refused.statusCode()
                    : details.errorCode();
            String message = details == null ? null : details.errorMessage();
            String said = message == null || message.isBlank() ? "" : " (" + oneLine(message) + ")";
            return new CallFailure(code, "AWS answered " + code + said, refused);
        }
        if (outOfMemory(thrown)) {
            return new CallFailure(OUT_OF_MEMORY, "this process ran out of memory", thrown);
        }
        if (!(thrown instanceof SdkException)) {
            return new CallFailure(NO_ANSWER, "the answer could not be understood (" + firstLine(thrown) + ")", thrown);
        }
        if (thrown instanceof SdkClientException && !causedByNetwork(thrown) && mentionsCredentials(thrown)) {
            return new CallFailure(
                    NO_CREDENTIALS, withoutProviders(firstLine(thrown), String.valueOf(thrown.getMessage())), thrown);
        }
        return new CallFailure(NO_ANSWER, "no usable answer came from AWS (" + firstLine(thrown) + ")", thrown);
    }

    /** Whether the connection failed, not one of its ends. */
    public static boolean causedByNetwork(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** Whether no connection came about, so that nothing was sent over it. */
    public static boolean neverSent(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ConnectException || t instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static boolean outOfMemory(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentionsCredentials(Throwable thrown) {
        String message = thrown.getMessage();
        return message != null
                && (message.contains("credentials") || message.contains("profile") || message.contains("class path"));
    }

    /** What the SDK says of no credentials names its own classes; of all their reasons only the profile's tells anything. */
    private static String withoutProviders(String line, String whole) {
        if (!line.startsWith(NONE_OF_THE_CHAIN)) {
            return line;
        }
        Matcher profile = OF_THE_PROFILE.matcher(whole);
        String why = profile.find() ? profile.group(1).strip() : "";
        Matcher none = NONE_IN_THE_PROFILE.matcher(why);
        if (none.find()) {
            why = none.group(1).equals("default") ? "" : "profile " + none.group(1) + " has none, or is not there";
        }
        return "no credentials were found in the environment, the AWS profiles, a container or an instance"
                + (why.isEmpty() ? "" : " (" + oneLine(why.replaceFirst("\\.$", "")) + ")");
    }

    static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : oneLine(message);
    }

    private static String oneLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    /** AWS's error code, or one of the constants above. */
    public String code() {
        return code;
    }

    /** AWS gave the same page token twice in that operation. */
    public static CallFailure repeatedToken(String operation) {
        return new CallFailure(REPEATED_TOKEN, operation + " gave the same page token twice");
    }

    /** Whether a permission is missing. */
    public boolean denied() {
        return DENIED.contains(code);
    }

    boolean gone() {
        return code.equals("NoSuchEntity") || code.equals("NoSuchEntityException");
    }

    /** Whether the caller's credentials are missing, wrong or over. */
    public boolean badCredentials() {
        return STALE.contains(code) || code.equals(NO_CREDENTIALS);
    }

    /** The cause as a clause for people. */
    public String why() {
        String message = getMessage();
        return message == null || message.isBlank() ? code : message;
    }

    /** What to do about it, as far as the code tells. */
    public String advice() {
        return switch (code) {
            case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation" ->
                "allow it to the role, or see `keyturn iam-policy` for the whole policy";
            case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
                "log in again (`aws sso login`, `aws login`) or renew the session's credentials";
            case "InvalidClientTokenId", "UnrecognizedClientException" ->
                "check that the access key exists and is active; " + REGION;
            case "SignatureDoesNotMatch", "IncompleteSignature" ->
                why().contains("valid region") ? REGION : "check the secret access key and the clock";
            case NO_CREDENTIALS -> "set AWS_PROFILE or AWS_ACCESS_KEY_ID, log in, or name a profile or role";
            case DEADLINE -> "raise the account's deadline, or run when the account is less busy";
            case OUT_OF_MEMORY -> ReadFailure.MORE_MEMORY;
            case NO_ANSWER -> "check the network, the proxy and the endpoint";
            default -> told;
        };
    }
}
