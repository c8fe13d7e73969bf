package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes keys as AWS does: 20 characters of ID, which name the account, and 40 of secret. */
final class Keys {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Keys() {}

    /** An active key of that age, last used that long ago; null is never. */
    static SimKey of(Random random, String account, Instant now, Duration age, @Nullable Duration idle) {
        String[] services = {"s3", "ec2", "sts", "dynamodb", "sqs", "ecr"};
        String[] regions = {"eu-central-1", "us-east-1", "eu-west-1"};
        Instant created = Generator.ago(now, age);
        String id = id("AKIA", account, letters(random, 16));
        String secret = letters(random, 40);
        String service = services[random.nextInt(services.length)];
        String region = regions[random.nextInt(regions.length)];
        Instant used = idle == null ? null : Generator.ago(now, idle);
        return new SimKey(
                id,
                secret,
                true,
                created,
                created,
                used == null ? List.of() : List.of(new Use(used, service, region, used)));
    }

    /**
     * The ID of a key. As in AWS the letters after the first four are base 32, and begin with a one and the 40 bits of
     * the account's number; the rest of {@code letters} stays.
     */
    static String id(String prefix, String account, String letters) {
        // 45 bits are nine letters; the last four bits are chance's.
        long bits = (1L << 44) | Long.parseLong(account) << 4 | LETTERS.indexOf(letters.charAt(8)) & 15;
        StringBuilder id = new StringBuilder(prefix);
        for (int shift = 40; shift >= 0; shift -= 5) {
            id.append(LETTERS.charAt((int) (bits >>> shift) & 31));
        }
        return id.append(letters, 9, letters.length()).toString();
    }

    /** The number of the account that a key's ID names; null where it names none. */
    static @Nullable String accountOf(String keyId) {
        if (keyId.length() != 20) {
            return null;
        }
        long bits = 0;
        for (int i = 4; i < 13; i++) {
            int digit = LETTERS.indexOf(keyId.charAt(i));
            if (digit < 0) {
                return null;
            }
            bits = bits << 5 | digit;
        }
        String number = Long.toString(bits >>> 4 & (1L << 40) - 1);
        return "0".repeat(Math.max(0, 12 - number.length())) + number;
    }

    static String letters(Random random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    static String letters(long seed, int count) {
        return letters(new Random(seed), count);
    }
}
