package io.keyturn.adapters.aws.notify;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.Unhurried;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.MessageJson;
import io.keyturn.engine.port.Channel;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * A bus of EventBridge. Which rules match an event, and whether their targets got it, it does not tell. Source: EventBridge
 * API reference, version 2015-10-07.
 */
public final class EventBus implements Channel {
    /** What rules match on. */
    static final String SOURCE = "keyturn";

    static final String DETAIL_TYPE = "Keyturn Notice";

    private final AwsEnvironment aws;
    private final String bus;
    private final Unhurried unhurried = new Unhurried();
    private final SdkHttpClient http = AwsEnvironment.connections();
    private @Nullable EventBridgeClient client;

    /**
     * Opens nothing yet.
     *
     * @param environment the process environment: Region, endpoint, profile and credentials are taken from it
     * @param bus its name, or its ARN, which names its Region
     */
    public EventBus(Map<String, String> environment, String bus) {
        this.aws = new AwsEnvironment(environment);
        this.bus = bus;
    }

    @Override
    public String name() {
        return "eventbridge";
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        Optional<String> detail = detail(dispatch);
        if (detail.isEmpty()) {
            return refused("its text is longer than the 256 KiB that EventBridge takes", "shorten the templates");
        }
        Optional<String> region = region();
        if (region.isEmpty()) {
            return refused("no Region is named", "name it in AWS_REGION, or write the ARN of the bus");
        }
        try {
            return unhurried.send(() -> put(region.get(), detail.get()), dispatch.leave(), Sending.Refused::new);
        } catch (SdkException e) {
            return Answers.failed(place(), e, EventBus::advice);
        }
    }

    private Sending put(String region, String detail) {
        return outcome(client(region)
                .putEvents(r -> r.entries(e -> e.eventBusName(bus)
                        .source(SOURCE)
                        .detailType(DETAIL_TYPE)
                        .detail(detail))));
    }

    @Override
    public Closing closing() {
        return Closing.ALWAYS;
    }

    @Override
    public String preview(Dispatch dispatch) {
        return "source: " + SOURCE + "\ndetail-type: " + DETAIL_TYPE + "\n\n"
                + detail(dispatch).orElse("");
    }

    private static Optional<String> detail(Dispatch dispatch) {
        return Lengths.fitted(
                dispatch.message(), shown -> MessageJson.shortened(dispatch.message(), dispatch.thread(), shown));
    }

    /** Another account's bus may refuse the event although the call succeeds. */
    private Sending outcome(PutEventsResponse answer) {
        PutEventsResultEntry entry =
                answer.entries().isEmpty() ? null : answer.entries().getFirst();
        if (entry != null && entry.errorCode() == null && entry.eventId() != null) {
            return new Sending.Taken(Placement.HANDED_OVER, bus, entry.eventId());
        }
        if (entry == null || entry.errorCode() == null) {
            return new Sending.InDoubt(
                    new Problem("make use", place(), "AWS did not say what became of the event", "look for it there"));
        }
        return switch (entry.errorCode()) {
            case "InternalFailure", "InternalException" ->
                new Sending.InDoubt(new Problem("make use", place(), said(entry), "it is sent again"));
            case "ThrottlingException" -> refused(said(entry), "run again when the bus is less busy");
            default -> refused(said(entry), "see what its policy says of this account");
        };
    }

    private static String said(PutEventsResultEntry entry) {
        String message = entry.errorMessage();
        return "AWS answered " + entry.errorCode() + (message == null ? "" : " (" + message + ")");
    }

    private static String advice(CallFailure failure) {
        if (failure.denied()) {
            return "allow these credentials events:PutEvents on the bus";
        }
        return failure.code().equals("ResourceNotFoundException")
                ? "check its name and Region; `aws events list-event-buses` shows those that are there"
                : "";
    }

    private Sending refused(String why, String advice) {
        return new Sending.Refused(new Problem("make use", place(), why, advice));
    }

    private String place() {
        return "the event bus " + bus;
    }

    private Optional<String> region() {
        String[] arn = bus.split(":", 5);
        return arn.length == 5 ? Optional.of(arn[3]) : aws.regionOrProfiles();
    }

    private synchronized EventBridgeClient client(String region) {
        EventBridgeClient open = client;
        if (open == null) {
            open = aws.configure(EventBridgeClient.builder(), "EVENTBRIDGE", Region.of(region), http)
                    .credentialsProvider(aws.credentials())
                    .build();
            client = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
        http.close();
    }
}
