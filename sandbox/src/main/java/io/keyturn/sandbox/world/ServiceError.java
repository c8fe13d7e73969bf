package io.keyturn.sandbox.world;

/** An error as AWS answers it: HTTP status, code, message. */
public final class ServiceError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    public ServiceError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    /** The entity does not exist. */
    public static ServiceError noSuchEntity(String what) {
        return new ServiceError(404, "NoSuchEntity", what + " cannot be found.");
    }

    public static ServiceError invalidInput(String message) {
        return new ServiceError(400, "ValidationError", message);
    }

    /** The caller may not do it; {@code because} is AWS's clause for why, or empty. */
    public static ServiceError denied(String arn, String action, String resource, String because) {
        String text = "User: " + arn + " is not authorized to perform: " + action + " on resource: " + resource;
        return new ServiceError(403, "AccessDenied", because.isEmpty() ? text : text + " " + because);
    }

    public static ServiceError limitExceeded(String quota, int most) {
        return new ServiceError(409, "LimitExceeded", "Cannot exceed quota for " + quota + ": " + most);
    }
}
