package io.keyturn.adapters.aws.notify;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Role;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Looks whether topic and bus are there, and sends nothing. */
public final class NotifyProbe implements AutoCloseable {
    private static final String ATTRIBUTES = "sns:GetTopicAttributes";
    private static final String DESCRIBE = "events:DescribeEventBus";

    private final AwsEnvironment aws;
    private final SdkHttpClient http = AwsEnvironment.connections();

    /** Opens nothing yet. */
    public NotifyProbe(Map<String, String> environment) {
        this.aws = new AwsEnvironment(environment);
    }

    /** Whether the topic is there, and somebody subscribed to it. */
    public Check topic(String arn) {
        Optional<TopicArn> topic = TopicArn.parse(arn);
        if (topic.isEmpty()) {
            return Check.fails(null, "sns", arn + " is not the ARN of a topic");
        }
        try (SnsClient client = aws.configureToLook(
                        SnsClient.builder(), "SNS", Region.of(topic.get().region()), http)
                .credentialsProvider(aws.credentials())
                .build()) {
            String confirmed = client.getTopicAttributes(r -> r.topicArn(arn))
                    .attributes()
                    .getOrDefault("SubscriptionsConfirmed", "");
            return confirmed.equals("0")
                    ? Check.note(null, "sns", "nobody has subscribed to " + arn + " and confirmed it")
                    : Check.works(null, "sns", "to " + arn);
        } catch (SdkException e) {
            return failed("sns", arn, ATTRIBUTES, CallFailure.of(e));
        }
    }

    /** Whether the bus is there. */
    public Check bus(String bus) {
        String[] arn = bus.split(":", 5);
        Optional<String> region = arn.length == 5 ? Optional.of(arn[3]) : aws.regionOrProfiles();
        if (region.isEmpty()) {
            return Check.fails(null, "eventbridge", "no Region is named; name it in AWS_REGION");
        }
        try (EventBridgeClient client = aws.configureToLook(
                        EventBridgeClient.builder(), "EVENTBRIDGE", Region.of(region.get()), http)
                .credentialsProvider(aws.credentials())
                .build()) {
            client.describeEventBus(r -> r.name(bus));
            return Check.works(null, "eventbridge", "to the bus " + bus + " in " + region.get());
        } catch (SdkException e) {
            return failed("eventbridge", "the bus " + bus, DESCRIBE, CallFailure.of(e));
        }
    }

    /** Those who may send need not be allowed to look. */
    private static Check failed(String name, String what, String action, CallFailure failure) {
        if (failure.denied()) {
            return Check.unknown(Role.READ, name, "not known: " + action + " is denied")
                    .lacking(action)
                    .optional();
        }
        return switch (failure.code()) {
            case "NotFound", "NotFoundException", "ResourceNotFoundException" ->
                Check.fails(null, name, "there is no " + what + "; check its name, account and Region");
            default -> Check.unknown(null, name, action + ": " + failure.why());
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
