package io.keyturn.app.config;

import java.time.Duration;

/** A report that is posted after every run, as a part of the explained configuration. */
final class ExplainReport {
    private ExplainReport() {}

    static void write(Explained at, Report report) {
        at.leaf("form", report.form());
        switch (report) {
            case Report.Sentry(int days, String topic) -> at.leaf("older-than", Duration.ofDays(days));
            case Report.Sleuth sleuth -> {
                heading(at.group("age"), sleuth.age());
                heading(at.group("idle"), sleuth.idle());
                at.present(
                        "slack", sleuth.slack() == null ? null : sleuth.slack().written());
            }
            case Report.SecurityHub hub -> {
                at.present("region", hub.region());
                at.present("framework", hub.framework());
            }
        }
        at.present("topic", report.topic());
    }

    private static void heading(Explained at, Report.Heading heading) {
        at.leaf("title", heading.title());
        at.leaf("text", heading.text());
    }
}
