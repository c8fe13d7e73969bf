package io.keyturn.adapters.web;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An address that takes JSON by {@code POST} and says by its status what became of it. The address is a secret. */
public final class Hook implements AutoCloseable {
    private final String place;
    private final WebCalls calls;
    private final Patience patience;
    private final Secret address;

    /**
     * Opens nothing.
     *
     * @param place where the address is configured, such as {@code channels.webhook}: all that people are told of it
     * @param calls closed with the hook
     */
    public Hook(String place, WebCalls calls, Patience patience, Secret address) {
        this.place = place;
        this.calls = calls;
        this.patience = patience;
        this.address = address;
    }

    /**
     * Hands it over once.
     *
     * @param recipient as the sender names it
     * @param reference what the sender calls it; null where nothing
     */
    public Sending post(String json, Map<String, String> headers, String recipient, @Nullable String reference)
            throws InterruptedException {
        return post(json, headers, recipient, reference, answer -> "");
    }

    /** The same; {@code said} takes from a refusal what the service itself says of it, or nothing. */
    public Sending post(
            String json,
            Map<String, String> headers,
            String recipient,
            @Nullable String reference,
            Function<Answer.Answered, String> said)
            throws InterruptedException {
        Optional<URI> target = WebAddress.of(address.reveal());
        if (target.isEmpty()) {
            return new Sending.Refused(
                    problem("what is kept there is no address with a scheme and a host", "write it again"));
        }
        Request request = Request.json(target.get(), json);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return switch (patience.send(calls::send, request)) {
            case Answer.NotSent(String why, String advice) -> new Sending.Refused(problem(why, advice));
            case Answer.Lost lost -> new Sending.InDoubt(lost.problem("post to the address", place));
            case Answer.Answered answer
            when answer.succeeded() -> new Sending.Taken(Placement.HANDED_OVER, recipient, reference);
            case Answer.Answered answer -> notTaken(answer.status(), said.apply(answer));
        };
    }

    /** After 500, 502 and 504 the service may well have done it, and failed only to say so. */
    private Sending notTaken(int status, String said) {
        String why = "it answered " + status + (said.isEmpty() ? "" : " (" + said + ")");
        boolean perhaps = status == 408 || status == 500 || status == 502 || status == 504;
        return perhaps
                ? new Sending.InDoubt(problem(why, "whether it arrived is not known"))
                : new Sending.Refused(problem(why, advice(status)));
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "look whether the address, and the secret where there is one, is still the right one";
            case 404, 410 -> "the address is gone: make a new one there, and configure that";
            case 413 -> "raise the size of a request that it takes";
            case 429 -> "raise its limit of requests, or let Keyturn run more often so that it says less at once";
            default ->
                status < 400
                        ? "redirects are not followed: configure the address that it leads to"
                        : "look into its log";
        };
    }

    private Problem problem(String why, String advice) {
        return new Problem("post to the address", place, why, advice);
    }

    @Override
    public void close() {
        calls.close();
    }
}
