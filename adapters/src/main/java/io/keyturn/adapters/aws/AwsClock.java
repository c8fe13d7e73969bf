package io.keyturn.adapters.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What time it is by AWS: the {@code Date} of its latest answer, exact to a second. */
final class AwsClock implements ExecutionInterceptor {
    private volatile @Nullable Answer latest;

    /** A time that was told, in its words, and when it came by the machine's steady counter. */
    private record Answer(String header, Instant date, long nanos) {}

    /** Null before the first answer. */
    @Nullable
    Instant latest() {
        Answer answer = latest;
        return answer == null ? null : answer.date();
    }

    /** What time it is now, the time since the latest answer added; null before the first. */
    @Nullable
    Instant now() {
        Answer answer = latest;
        return answer == null ? null : answer.date().plusNanos(System.nanoTime() - answer.nanos());
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        heard(context.httpResponse());
    }

    /** Takes the time from an answer. */
    void heard(SdkHttpResponse answer) {
        answer.firstMatchingHeader("Date").ifPresent(this::read);
    }

    private void read(String header) {
        Answer before = latest;
        try {
            // Hundreds of answers come in a second, and say the same.
            Instant date = before != null && before.header().equals(header)
                    ? before.date()
                    : DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
            latest = new Answer(header, date, System.nanoTime());
        } catch (DateTimeException e) {
            // A proxy's invention tells nothing of AWS's time; the next answer may.
            return;
        }
    }
}
