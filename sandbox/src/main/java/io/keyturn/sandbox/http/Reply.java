package io.keyturn.sandbox.http;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.protocol.Xml;

/** What goes back over the wire. */
record Reply(int status, String body, boolean dropped) {
    /** The connection breaks instead of an answer. */
    static final Reply DROP = new Reply(0, "", true);

    static Reply ok(Service service, Call call, String result) {
        if (service.json()) {
            return new Reply(200, result, false);
        }
        String action = call.action();
        StringBuilder body = new StringBuilder(result.length() + 300);
        body.append('<')
                .append(action)
                .append("Response xmlns=\"")
                .append(service.namespace())
                .append("\">");
        if (!result.isEmpty()) {
            body.append('<').append(action).append("Result>").append(result);
            body.append("</").append(action).append("Result>");
        }
        body.append("<ResponseMetadata><RequestId>").append(call.requestId());
        body.append("</RequestId></ResponseMetadata></").append(action).append("Response>");
        return new Reply(200, body.toString(), false);
    }

    static Reply error(ServiceError error, boolean json, String requestId) {
        if (json) {
            return new Reply(error.status(), Json.error(error.code(), error.text()), false);
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
        return new Reply(error.status(), body, false);
    }
}
