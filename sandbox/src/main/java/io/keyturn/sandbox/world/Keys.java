package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes keys as AWS does: 20 characters of ID, 40 of secret. */
final class Keys {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Keys() {}

    /** An active key of that age, last used that long ago; null is never. */
    static SimKey of(Random random, Instant now, Duration age, @Nullable Duration idle) {
        String[] services = {"s3", "ec2", "sts", "dynamodb", "sqs", "ecr"};
        String[] regions = {"eu-central-1", "us-east-1", "eu-west-1"};
        Instant created = Generator.ago(now, age);
        return new SimKey(
                "AKIA" + letters(random, 16),
                letters(random, 40),
                true,
                created,
                idle == null ? null : Generator.ago(now, idle),
                services[random.nextInt(services.length)],
                regions[random.nextInt(regions.length)],
                created);
    }

    static String letters(Random random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(32)));
        }
        return text.toString();
    }
}
