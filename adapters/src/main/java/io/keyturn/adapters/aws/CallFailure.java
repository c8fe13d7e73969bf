package io.keyturn.adapters.aws;

import java.util.Set;

/** A call that AWS refused, or that could not be made in time. */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The account's deadline passed. */
    static final String DEADLINE = "Deadline";

    /** AWS gave the same page token twice. */
    static final String REPEATED_TOKEN = "RepeatedToken";

    /** The request never got an answer. */
    static final String NO_ANSWER = "NoAnswer";

    /** No credentials could be had. */
    static final String NO_CREDENTIALS = "NoCredentials";

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

    private final String code;

    CallFailure(String code, String message) {
        super(message);
        this.code = code;
    }

    CallFailure(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** AWS's error code, or one of the constants above. */
    String code() {
        return code;
    }

    boolean denied() {
        return DENIED.contains(code);
    }

    boolean gone() {
        return code.equals("NoSuchEntity") || code.equals("NoSuchEntityException");
    }

    boolean badCredentials() {
        return STALE.contains(code) || code.equals(NO_CREDENTIALS);
    }

    /** The cause as a clause for people. */
    String why() {
        String message = getMessage();
        return message == null || message.isBlank() ? code : message;
    }

    /** What to do about it, as far as the code tells. */
    String advice() {
        return switch (code) {
            case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation" ->
                "allow it to the role, or see `keyturn iam-policy` for the whole policy";
            case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
                "log in again (`aws sso login`, `aws login`) or renew the session's credentials";
            case "InvalidClientTokenId", "UnrecognizedClientException" ->
                "check that the access key exists, is active and belongs to this partition";
            case "SignatureDoesNotMatch", "IncompleteSignature" -> "check the secret access key and the clock";
            case NO_CREDENTIALS -> "set AWS_PROFILE or AWS_ACCESS_KEY_ID, log in, or name a profile or role";
            case DEADLINE -> "raise the account's deadline, or run when the account is less busy";
            case NO_ANSWER -> "check the network, the proxy and the endpoint";
            default -> "";
        };
    }
}
