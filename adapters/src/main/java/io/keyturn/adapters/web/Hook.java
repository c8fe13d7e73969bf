package io.keyturn.adapters.web;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An address that takes JSON by {@code POST} and says by its status what became of it. The address is a secret. */
public final class Hook implements AutoCloseable {
    private static final Reader ANY = new Reader() {};

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
     * @param leave asked right before each time it is sent
     */
    public Sending post(
            String json, Map<String, String> headers, String recipient, @Nullable String reference, Leave leave)
            throws InterruptedException {
        return post(json, headers, recipient, reference, leave, ANY);
    }

    /** What one kind of service means by its answers. */
    public interface Reader {
        /** Whether a good status is the service's own, and not of somebody who stands in the way. */
        default boolean takes(Answer.Answered answer) {
            return true;
        }

        /** What the service itself says of a refusal; empty for nothing. */
        default String said(Answer.Answered answer) {
            return "";
        }
    }

    /** The same of a service whose answers are known. */
    public Sending post(
            String json,
            Map<String, String> headers,
            String recipient,
            @Nullable String reference,
            Leave leave,
            Reader reader)
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
        return switch (patience.send(calls::send, request, leave)) {
            case Answer.NotSent(String why, String advice) -> new Sending.Refused(problem(why, advice));
            case Answer.Lost lost -> new Sending.InDoubt(lost.problem("post to the address", place));
            case Answer.Answered answer
            when answer.succeeded() && !reader.takes(answer) ->
                new Sending.InDoubt(problem(
                        "it answered " + answer.status() + " with something else than such a service says",
                        "check the address, and proxies on the way"));
            case Answer.Answered answer
            when answer.succeeded() -> new Sending.Taken(Placement.HANDED_OVER, recipient, reference);
            case Answer.Answered answer -> notTaken(answer.status(), reader.said(answer));
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
