package io.keyturn.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Problem;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Request REQUEST = Request.get(URI.create("https://example.com"));
    private static final Answer.Answered DONE = answered(200, Map.of());

    private Instant now = START;
    private final List<Duration> pauses = new ArrayList<>();

    private static Answer.Answered answered(int status, Map<String, String> headers) {
        Map<String, List<String>> lists = new java.util.TreeMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new Answer.Answered(status, HttpHeaders.of(lists, (name, value) -> true), "");
    }

    private static Answer.Answered busy(int status, String retryAfter) {
        return answered(status, Map.of("Retry-After", retryAfter));
    }

    private Answer send(Answer... answers) throws InterruptedException {
        Deque<Answer> coming = new ArrayDeque<>(List.of(answers));
        Patience patience = new Patience(
                () -> now,
                time -> {
                    pauses.add(time);
                    now = now.plus(time);
                },
                Duration.ofSeconds(60));
        return patience.send(request -> coming.size() > 1 ? coming.poll() : coming.getFirst(), REQUEST);
    }

    @Test
    void whatIsDoneIsNotRepeated() throws InterruptedException {
        assertThat(send(DONE)).isSameAs(DONE);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aServiceIsLeftAloneAsLongAsItAsks() throws InterruptedException {
        assertThat(send(busy(429, "7"), busy(503, "20"), DONE)).isSameAs(DONE);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20));
    }

    @Test
    void aLongerWaitThanThereIsTimeForIsNotBegun() throws InterruptedException {
        Answer busy = busy(429, "61");

        assertThat(send(busy, DONE)).isSameAs(busy);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aServiceThatDoesNotSayHowLongIsAskedLessAndLess() throws InterruptedException {
        Answer busy = answered(429, Map.of());

        assertThat(send(busy)).isSameAs(busy);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void aServiceThatAsksForNoWaitIsNotStormed() throws InterruptedException {
        send(busy(429, "0"));

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void anOutageThatAsksForNothingIsNotRepeated() throws InterruptedException {
        Answer down = answered(503, Map.of());

        assertThat(send(down, DONE)).isSameAs(down);
    }

    @Test
    void whatMayHaveArrivedIsNotRepeated() throws InterruptedException {
        Answer lost = new Answer.Lost("why");

        assertThat(send(busy(429, "1"), lost, DONE)).isSameAs(lost);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "120, 120",
                "0, 0",
                "'Mon, 23 Nov 2026 12:01:30 GMT', 90",
                "'Mon, 23 Nov 2026 11:00:00 GMT', 0",
                "-5, none",
                "1e3, none",
                "99999999999999999999, none",
                "soon, none",
                "'', none",
            })
    void retryAfterIsSecondsOrADate(String text, Long seconds) {
        assertThat(RetryAfter.of(busy(429, text), START))
                .isEqualTo(java.util.Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @Test
    void aDateIsMeasuredByTheServicesOwnClock() {
        Answer.Answered answer = answered(
                429, Map.of("Date", "Mon, 23 Nov 2026 13:00:00 GMT", "Retry-After", "Mon, 23 Nov 2026 13:00:05 GMT"));

        assertThat(RetryAfter.of(answer, START)).contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://example.com/x?sig=a%2Fb, https://example.com/x?sig=a%2Fb",
                "' https://example.com/x ', https://example.com/x",
                "example.com/x, none",
                "https://exa mple.com/hidden, none",
                "'', none",
            })
    void anAddressIsReadOrNot(String text, String read) {
        assertThat(WebAddress.of(text).map(URI::toString)).isEqualTo(java.util.Optional.ofNullable(read));
    }

    @Test
    void leaveIsAskedRightBeforeEachTimeSomethingIsSent() throws InterruptedException {
        List<Request> sent = new ArrayList<>();
        Problem stopped = new Problem("tell the owner", "ann", "everything is stopped: drill", "resume first");
        Patience patience = new Patience(() -> now, pauses::add, Duration.ofSeconds(60));

        Answer answer = patience.send(
                request -> {
                    sent.add(request);
                    return busy(429, "7");
                },
                REQUEST,
                () -> pauses.isEmpty() ? Optional.empty() : Optional.of(stopped));

        assertThat(answer).isEqualTo(new Answer.NotSent("everything is stopped: drill", "resume first"));
        assertThat(sent).hasSize(1);
        assertThat(pauses).hasSize(1);
    }
}
