package io.keyturn.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code reports}: what is posted after every run, and where. */
final class ReportsReader {
    private ReportsReader() {}

    static List<Report> read(Fields top) {
        return top.each("reports", List.of("form", "older-than", "topic"), ReportsReader::report);
    }

    private static Optional<Report> report(Fields f) {
        boolean whole = f.require("a report has form, older-than and topic", "form", "older-than", "topic");
        Report.Form form = f.word("form", List.of(Report.Form.values()), Report.Form::label, Report.Form.SENTRY);
        Optional<Duration> age = f.duration("older-than");
        if (age.isPresent() && !age.get().equals(Duration.ofDays(age.get().toDays()))) {
            f.bad("older-than", "is not a number of whole days", "write for example 90d");
        }
        String topic = ChannelsReader.topic(f);
        return !whole || age.isEmpty() || topic == null
                ? Optional.empty()
                : Optional.of(new Report(form, (int) age.get().toDays(), topic));
    }
}
