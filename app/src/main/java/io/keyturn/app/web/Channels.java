package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the ways to owners did of late, as the journal has it. */
final class Channels {
    private static final Duration LOOKED_BACK = Duration.ofDays(14);

    private Channels() {}

    /** One way; {@code failed} counts messages of today that were not placed. */
    record Channel(String name, String last, int failed) {}

    static List<Channel> of(Site site) throws StoreFailure {
        Instant now = site.now();
        Map<String, List<Entry.Notice>> notices = new TreeMap<>();
        for (Entry entry : site.entries(new JournalStore.Query(null, null, null, now.minus(LOOKED_BACK)))) {
            if (entry instanceof Entry.Notice notice) {
                notices.computeIfAbsent(notice.channel(), any -> new ArrayList<>())
                        .add(notice);
            }
        }
        List<Channel> channels = new ArrayList<>();
        notices.forEach((name, all) -> channels.add(channel(name, all, now)));
        return channels;
    }

    private static Channel channel(String name, List<Entry.Notice> notices, Instant now) {
        // A later entry of the same message tells that it fared better, or worse.
        Map<String, Entry.Notice> latest = new LinkedHashMap<>();
        notices.forEach(notice -> latest.put(notice.id(), notice));
        String last = latest.values().stream()
                .filter(notice -> notice.placement().compareTo(Placement.DOUBTFUL) > 0)
                .reduce((a, b) -> a.stamp().at().isAfter(b.stamp().at()) ? a : b)
                .map(notice -> ReportDates.minute(notice.stamp().at()) + ", " + Safe.text(notice.recipient()))
                .orElse("none in 14 days");
        int failed = (int) latest.values().stream()
                .filter(notice -> notice.placement().compareTo(Placement.DOUBTFUL) <= 0)
                .filter(notice -> ReportDates.day(notice.stamp().at()).equals(ReportDates.day(now)))
                .count();
        return new Channel(Safe.text(name), last, failed);
    }
}
