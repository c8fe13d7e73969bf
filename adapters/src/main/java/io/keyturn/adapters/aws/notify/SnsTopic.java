package io.keyturn.adapters.aws.notify;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.Unhurried;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.MessageJson;
import io.keyturn.engine.message.PlainMessage;
import io.keyturn.engine.port.Bulletin;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * An SNS topic: text for those who get it by mail, JSON for machines. Who subscribed, and whether it reached them, SNS does
 * not tell. Source: SNS API reference, version 2010-03-31.
 */
public final class SnsTopic implements Channel, Bulletin {
    private static final String NO_TOPIC = "write for example arn:aws:sns:eu-central-1:111122223333:keyturn";

    private final AwsEnvironment aws;
    private final String arn;
    private final Unhurried unhurried;
    private final SdkHttpClient http = AwsEnvironment.connections();
    private @Nullable SnsClient client;

    /**
     * Opens nothing yet.
     *
     * @param environment the process environment: endpoint, profile and credentials are taken from it
     * @param arn of the topic, which names its Region; a wrong one is refused when something is sent
     */
    public SnsTopic(Map<String, String> environment, String arn) {
        this(environment, arn, new Unhurried());
    }

    SnsTopic(Map<String, String> environment, String arn, Unhurried unhurried) {
        this.unhurried = unhurried;
        this.aws = new AwsEnvironment(environment);
        this.arn = arn;
    }

    @Override
    public String name() {
        return "sns";
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        Message message = dispatch.message();
        Optional<String> text = structured(dispatch);
        return text.isEmpty()
                ? new Sending.Refused(problem(
                        "its text is longer than the 256 KiB that SNS takes", "shorten the templates of messages"))
                : publish(
                        request -> request.subject(Subject.of(message.headline()))
                                .messageStructure("json")
                                .message(text.get()),
                        message.id(),
                        dispatch.leave());
    }

    @Override
    public Sending publish(@Nullable String subject, String text, String id) throws InterruptedException {
        return publish(request -> request.subject(subject).message(text), id, Leave.GIVEN);
    }

    @Override
    public Closing closing() {
        return Closing.ALWAYS;
    }

    @Override
    public String preview(Dispatch dispatch) {
        Message message = dispatch.message();
        return "Subject: " + Subject.of(message.headline()) + "\n\n"
                + structured(dispatch).orElse("");
    }

    /** Subscribers by mail and phone get words; all others are machines, and get the default. */
    private static Optional<String> structured(Dispatch dispatch) {
        Message message = dispatch.message();
        return Lengths.fitted(
                message,
                shown -> JsonMapper.shared()
                        .createObjectNode()
                        .put("default", MessageJson.shortened(message, dispatch.thread(), shown))
                        .put("email", PlainMessage.of(message, shown))
                        .put("sms", Subject.of(message.headline()))
                        .toString());
    }

    private Sending publish(Consumer<PublishRequest.Builder> content, String id, Leave leave)
            throws InterruptedException {
        Optional<TopicArn> topic = TopicArn.parse(arn);
        if (topic.isEmpty()) {
            return new Sending.Refused(
                    problem(arn.isEmpty() ? "no topic is named" : "that is not the ARN of a topic", NO_TOPIC));
        }
        try {
            return unhurried.send(() -> published(topic.get(), content, id), leave, Sending.Refused::new);
        } catch (SdkException e) {
            return Answers.failed(place(), e, SnsTopic::advice);
        }
    }

    private Sending published(TopicArn topic, Consumer<PublishRequest.Builder> content, String id) {
        String reference = client(topic)
                .publish(request -> {
                    content.accept(request.topicArn(arn));
                    if (topic.ordered()) {
                        request.messageGroupId("keyturn").messageDeduplicationId(id);
                    }
                })
                .messageId();
        return reference == null
                ? new Sending.InDoubt(problem("what answered there did not name the message, so it is not SNS", ""))
                : new Sending.Taken(Placement.HANDED_OVER, arn, reference);
    }

    private static String advice(CallFailure failure) {
        if (failure.denied()) {
            return "allow these credentials sns:Publish on the topic, there and in the topic's own policy";
        }
        if (failure.code().startsWith("KMS")) {
            return "allow these credentials kms:GenerateDataKey and kms:Decrypt on the key that the topic is encrypted"
                    + " with";
        }
        return switch (failure.code()) {
            case "NotFound", "NotFoundException" ->
                "check its name, account and Region; `aws sns list-topics` shows those that are there";
            case "Throttled", "ThrottledException", "Throttling" -> "run again when the topic is less busy";
            default -> "";
        };
    }

    private Problem problem(String why, String advice) {
        return new Problem("make use", place(), why, advice);
    }

    private String place() {
        return "the SNS topic " + (arn.isEmpty() ? "(none)" : arn);
    }

    private synchronized SnsClient client(TopicArn topic) {
        SnsClient open = client;
        if (open == null) {
            open = aws.configure(SnsClient.builder(), "SNS", Region.of(topic.region()), http)
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
