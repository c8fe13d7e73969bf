package io.keyturn.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnPatternTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::*:user/break-glass-*, arn:aws:iam::111122223333:user/break-glass-1, true",
        "arn:aws:iam::*:user/break-glass-*, arn:aws:iam::111122223333:user/break-glas, false",
        "arn:*:user/a?c, arn:aws:iam::1:user/abc, true",
        "arn:*:user/a?c, arn:aws:iam::1:user/ac, false",
        "*, anything, true",
        "**, '', true",
        "'', '', true",
        "'', a, false",
        "a, '', false",
        "user/a.c, user/abc, false",
        "user/[ab], user/a, false",
        "user/(a|b), user/(a|b), true",
        "*ab, aab, true",
        "*ab*ab, abab, true",
        "*ab*ab, ab, false",
    })
    void onlyStarAndQuestionMarkStandForOtherText(String pattern, String arn, boolean fits) {
        assertThat(new ArnPattern(pattern).matches(arn)).isEqualTo(fits);
    }

    @Test
    void itAgreesWithARegularExpressionOfTheSameMeaning() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab*?", 8);
            String arn = text(random, "ab", 10);
            String regex = pattern.replace("*", ".*").replace('?', '.');
            assertThat(new ArnPattern(pattern).matches(arn))
                    .as("%s on %s", pattern, arn)
                    .isEqualTo(Pattern.matches(regex, arn));
        }
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most + 1); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void aPatternMadeToTakeForeverDoesNot() {
        String hostile = "*a".repeat(500) + "b";
        assertThat(new ArnPattern(hostile).matches("a".repeat(10_000))).isFalse();
    }
}
