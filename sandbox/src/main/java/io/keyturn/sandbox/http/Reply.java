package io.keyturn.sandbox.http;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.ServiceError;

/**
 * What goes back over the wire.
 *
 * @param dropped whether the connection breaks instead
 */
record Reply(int status, String type, String body, boolean dropped) {
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String XML = "text/xml";

    /** The connection breaks instead of an answer. */
    static final Reply DROP = new Reply(0, "", "", true);

    static Reply ok(Service service, Call call, String result) {
        if (service.json()) {
            return new Reply(200, JSON, result, false);
        }
        String action = call.action();
        StringBuilder body = new StringBuilder(result.length() + 300);
        body.append('<').append(action).append("Response xmlns=\"");
        body.append(service.namespace()).append("\">");
        if (!result.isEmpty()) {
            body.append('<').append(action).append("Result>").append(result);
            body.append("</").append(action).append("Result>");
        }
        body.append("<ResponseMetadata><RequestId>").append(call.requestId());
        body.append("</RequestId></ResponseMetadata></").append(action).append("Response>");
        return new Reply(200, XML, body.toString(), false);
    }

    static Reply error(ServiceError error, boolean json, String requestId) {
        if (json) {
            int status = error.status() < 500 ? 400 : error.status();
            return new Reply(status, JSON, Json.error(jsonCode(error.code()), error.text()), false);
        }
        String body = new Xml()
                .open("ErrorResponse")
                .open("Error")
                .text("Type", error.status() >= 500 ? "Receiver" : "Sender")
                .text("Code", error.code())
                .text("Message", error.text())
                .close("Error")
                .text("RequestId", requestId)
                .close("ErrorResponse")
                .toString();
        return new Reply(error.status(), XML, body, false);
    }

    /** JSON services have other names for the same errors. */
    private static String jsonCode(String code) {
        return switch (code) {
            case "AccessDenied" -> "AccessDeniedException";
            case "Throttling" -> "TooManyRequestsException";
            case "ExpiredToken" -> "ExpiredTokenException";
            case "InvalidClientTokenId" -> "UnrecognizedClientException";
            case "SignatureDoesNotMatch" -> "InvalidSignatureException";
            case "MissingAuthenticationToken" -> "MissingAuthenticationTokenException";
            case "IncompleteSignature" -> "IncompleteSignatureException";
            case "ServiceFailure" -> "ServiceException";
            default -> code;
        };
    }
}
