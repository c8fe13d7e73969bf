package io.keyturn.app.config;

import io.keyturn.core.policy.ActWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code act-window}: when keys may be changed. */
final class ActWindowReader {
    private static final List<String> KEYS = List.of("days", "hours", "zone", "freeze");
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String RANGE = DAY + "(?:-" + DAY + ")?";
    private static final Pattern ALL_DAYS = Pattern.compile(RANGE + "(?:, ?" + RANGE + ")*");
    private static final String TIME = "((?:[01][0-9]|2[0-3]):[0-5][0-9])";
    private static final Pattern HOURS = Pattern.compile(TIME + "-(?:" + TIME + "|24:00)");

    private ActWindowReader() {}

    static Optional<ActWindow> read(Fields top) {
        return top.mapping("act-window", KEYS).flatMap(ActWindowReader::window);
    }

    /** Days and hours alone, by whatever clock goes there. */
    static Optional<ActWindow> hours(Fields f, String key) {
        return f.mapping(key, List.of("days", "hours")).flatMap(ActWindowReader::window);
    }

    private static Optional<ActWindow> window(Fields f) {
        Set<DayOfWeek> days = days(f);
        ZoneId zone = zone(f);
        List<ActWindow.Freeze> freezes = freezes(f);
        String text = f.text("hours", HOURS, "is not a span of hours", "write for example \"09:00-15:00\"");
        Matcher hours = HOURS.matcher(text == null ? "00:00-24:00" : text);
        if (!hours.matches()) {
            return Optional.empty();
        }
        LocalTime from = LocalTime.parse(hours.group(1));
        LocalTime to = hours.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(hours.group(2));
        if (hours.group(2) != null && !from.isBefore(to)) {
            f.bad("hours", "ends before it begins", "write hours of one day, such as \"09:00-15:00\"");
            return Optional.empty();
        }
        return Optional.of(new ActWindow(days, from, to, zone, freezes));
    }

    private static Set<DayOfWeek> days(Fields f) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        String text = f.text("days", ALL_DAYS, "are not days of the week", "write for example Mon-Thu or Mon,Wed,Fri");
        for (String range : text == null ? new String[0] : text.split(", ?")) {
            int first = DAYS.indexOf(range.substring(0, 3));
            int last = DAYS.indexOf(range.substring(range.length() - 3));
            for (int i = first; ; i = (i + 1) % 7) {
                days.add(DayOfWeek.of(i + 1));
                if (i == last) {
                    break;
                }
            }
        }
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
    }

    private static @Nullable ZoneId zone(Fields f) {
        String text = f.text("zone", "write owner, or a zone such as Europe/Berlin");
        if (text == null || text.equals("owner")) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            f.bad("zone", "is not a time zone", "write owner, or a zone such as Europe/Berlin");
            return null;
        }
    }

    private static List<ActWindow.Freeze> freezes(Fields f) {
        return f.list("freeze").stream()
                .flatMap(entry -> freeze(f, entry).stream())
                .toList();
    }

    private static Optional<ActWindow.Freeze> freeze(Fields f, Node entry) {
        String text = Fields.text(entry);
        List<LocalDate> days = Stream.of(text.split("/", -1))
                .flatMap(day -> Dates.parse(day).stream())
                .toList();
        if (days.isEmpty() || days.size() > 2 || days.size() != text.split("/", -1).length) {
            f.tree.bad(
                    entry,
                    f.at("freeze"),
                    "is not a day or a span of days",
                    text,
                    "write for example 2026-12-18/2027-01-04");
            return Optional.empty();
        }
        if (days.getLast().isBefore(days.getFirst())) {
            f.tree.bad(entry, f.at("freeze"), "ends before it begins", text, "write the first day before the slash");
            return Optional.empty();
        }
        return Optional.of(new ActWindow.Freeze(days.getFirst(), days.getLast()));
    }
}
