package io.keyturn.adapters.webhook;

import io.keyturn.adapters.web.Hook;
import io.keyturn.engine.message.MessageJson;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secret;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Any service that takes JSON. Each message names itself, so that a receiver can drop one that comes twice, and is signed
 * where a key is configured, so that it can drop what Keyturn did not write. What the receiver does with it is not seen.
 */
public final class Webhook implements Channel {
    private final Hook hook;
    private final @Nullable Secret key;
    private final InstantSource clock;

    /**
     * Opens nothing.
     *
     * @param key of the signature; null to send unsigned
     */
    public Webhook(Hook hook, @Nullable Secret key, InstantSource clock) {
        this.hook = hook;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        String json = preview(dispatch);
        String id = dispatch.message().id();
        Map<String, String> headers = new TreeMap<>(Map.of("Idempotency-Key", id));
        if (key != null) {
            headers.put(Signature.HEADER, Signature.of(key, clock.instant(), json));
        }
        return hook.post(json, headers, dispatch.recipient(), id, dispatch.leave());
    }

    @Override
    public Closing closing() {
        return Closing.ALWAYS;
    }

    @Override
    public String preview(Dispatch dispatch) {
        return MessageJson.indented(dispatch.message(), dispatch.thread());
    }

    @Override
    public void close() {
        hook.close();
    }
}
