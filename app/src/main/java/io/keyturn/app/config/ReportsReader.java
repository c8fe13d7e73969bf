package io.keyturn.app.config;

import io.keyturn.core.assess.Controls;
import io.keyturn.engine.port.SecretReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code reports}: what is posted after every run, and where. */
final class ReportsReader {
    private static final List<String> KEYS =
            List.of("form", "older-than", "age", "idle", "slack", "topic", "region", "framework");

    private static final Pattern REGION = Pattern.compile("[a-z]+(?:-[a-z]+)+-[0-9]+");

    private final SecretReader secrets;

    ReportsReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    List<Report> read(Fields top) {
        return top.each("reports", KEYS, this::report);
    }

    private Optional<Report> report(Fields f) {
        String form = f.word(
                "form",
                List.of(Report.Sentry.FORM, Report.Sleuth.FORM, Report.SecurityHub.FORM),
                word -> word,
                Report.Sentry.FORM);
        return switch (form) {
            case Report.Sleuth.FORM -> sleuth(f);
            case Report.SecurityHub.FORM -> hub(f);
            default -> sentry(f);
        };
    }

    private static Optional<Report> hub(Fields f) {
        strange(f, Report.SecurityHub.FORM, Set.of("older-than", "age", "idle", "slack", "topic"));
        String region = f.has("region") ? f.text("region", "write a Region such as eu-central-1") : null;
        if (region != null && !REGION.matcher(region).matches()) {
            f.bad("region", "is not a Region", "write for example eu-central-1");
        }
        String framework = f.has("framework")
                ? f.word("framework", Controls.FRAMEWORKS, word -> word, Controls.FRAMEWORKS.getFirst())
                : null;
        return Optional.of(new Report.SecurityHub(region, framework));
    }

    private static Optional<Report> sentry(Fields f) {
        boolean whole = f.require("a report has form, older-than and topic", "form", "older-than", "topic");
        strange(f, Report.Sentry.FORM, Set.of("age", "idle", "slack", "region", "framework"));
        Optional<Duration> age = f.duration("older-than");
        if (age.isPresent() && !age.get().equals(Duration.ofDays(age.get().toDays()))) {
            f.bad("older-than", "is not a number of whole days", "write for example 90d");
        }
        String topic = ChannelsReader.topic(f);
        return !whole || age.isEmpty() || topic == null
                ? Optional.empty()
                : Optional.of(new Report.Sentry((int) age.get().toDays(), topic));
    }

    private Optional<Report> sleuth(Fields f) {
        strange(f, Report.Sleuth.FORM, Set.of("older-than", "region", "framework"));
        if (!f.has("slack") && !f.has("topic")) {
            f.require("name slack, the address of an incoming webhook, or topic, the ARN of an SNS topic", "slack");
        }
        SecretReference slack = f.has("slack") ? secrets.reference(f, "slack") : null;
        String topic = f.has("topic") ? ChannelsReader.topic(f) : null;
        return Optional.of(new Report.Sleuth(
                heading(f, "age", Report.Heading.AGE), heading(f, "idle", Report.Heading.IDLE), slack, topic));
    }

    private static Report.Heading heading(Fields f, String key, Report.Heading fallback) {
        return f.mapping(key, List.of("title", "text"))
                .map(given -> new Report.Heading(
                        or(given.text("title", "write a text"), fallback.title()),
                        or(given.text("text", "write a text, or leave it out"), fallback.text())))
                .orElse(fallback);
    }

    private static String or(@Nullable String text, String fallback) {
        return text == null ? fallback : text;
    }

    /** Keys that say nothing in that form. */
    private static void strange(Fields f, String form, Set<String> others) {
        for (String key : KEYS) {
            if (others.contains(key) && f.has(key)) {
                f.bad(key, "means nothing in a report of the form " + form, "leave it out");
            }
        }
    }
}
