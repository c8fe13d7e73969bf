package io.keyturn.sandbox.http;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.RestAnswer;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What goes back over the wire.
 *
 * @param headers beside the type and those that every answer has
 * @param dropped whether the connection breaks instead
 */
record Reply(int status, String type, Map<String, String> headers, byte[] body, boolean dropped) {
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String XML = "text/xml";

    /** The connection breaks instead of an answer. */
    static final Reply DROP = new Reply(0, "", Map.of(), new byte[0], true);

    private Reply(int status, String type, String body) {
        this(status, type, Map.of(), body.getBytes(StandardCharsets.UTF_8), false);
    }

    /** For what is no HTTP. */
    static Reply malformed(String why) {
        return new Reply(400, "text/plain", "bad request: " + why);
    }

    static Reply ok(RestAnswer answer) {
        return new Reply(
                answer.status(), "", answer.headers(), answer.body().getBytes(StandardCharsets.ISO_8859_1), false);
    }

    static Reply ok(Service service, Call call, String result) {
        if (service.json()) {
            return new Reply(200, JSON, result);
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
        return new Reply(200, XML, body.toString());
    }

    static Reply error(ServiceError error, Inbound inbound, String requestId) {
        if (inbound.rest()) {
            return ofRest(error, requestId);
        }
        if (inbound.json()) {
            int status = error.status() < 500 ? 400 : error.status();
            return new Reply(status, JSON, Json.error(jsonCode(error.code()), error.text()));
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
        return new Reply(error.status(), XML, body);
    }

    /** S3 has one element less around its errors, and other names for some. */
    private static Reply ofRest(ServiceError error, String requestId) {
        String code = switch (error.code()) {
            case "Throttling" -> "SlowDown";
            case "InvalidClientTokenId" -> "InvalidAccessKeyId";
            case "InternalFailure", "ServiceFailure" -> "InternalError";
            case "ValidationError" -> "InvalidArgument";
            default -> error.code();
        };
        String body = new Xml()
                .open("Error")
                .text("Code", code)
                .text("Message", error.text())
                .text("RequestId", requestId)
                .close("Error")
                .toString();
        return new Reply(code.equals("SlowDown") ? 503 : error.status(), "application/xml", body);
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
