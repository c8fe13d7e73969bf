package io.keyturn.adapters.aws.notify;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ARN of an SNS topic.
 *
 * @param region where the topic is, whatever Region a run is in
 */
record TopicArn(String text, String region, boolean ordered) {
    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\\.fifo)?");

    /** Reads it; empty where {@code text} is none. */
    static Optional<TopicArn> parse(String text) {
        return text.length() <= 512 && FORM.matcher(text).matches()
                ? Optional.of(new TopicArn(text, text.split(":", 5)[3], text.endsWith(".fifo")))
                : Optional.empty();
    }
}
