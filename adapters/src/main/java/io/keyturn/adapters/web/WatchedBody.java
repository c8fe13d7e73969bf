package io.keyturn.adapters.web;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * A request's body that knows whether anybody began to take it. The client takes it after connection, TLS and headers: as
 * long as nobody did, no service can have got the request whole.
 */
final class WatchedBody implements BodyPublisher {
    private final BodyPublisher body;
    private volatile boolean taken;

    WatchedBody(BodyPublisher body) {
        this.body = body;
    }

    boolean taken() {
        return taken;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        taken = true;
        body.subscribe(subscriber);
    }
}
