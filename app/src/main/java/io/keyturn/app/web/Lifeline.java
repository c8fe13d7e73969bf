package io.keyturn.app.web;

import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.Svg;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The days of a key to scale, from its creation on, with the limits of its age. */
final class Lifeline {
    private static final double LEFT = 8;
    private static final double RIGHT = 1152;
    private static final double NEAR = 90;

    private final Svg svg;
    private final double span;

    private Lifeline(Svg svg, double span) {
        this.svg = svg;
        this.span = span;
    }

    /** The picture; empty where creation or limit is not known. */
    static String of(Finding finding, @Nullable Policy policy, Instant now) {
        Instant created = finding.credential().created();
        Limit limit = policy == null ? null : policy.age();
        if (created == null || limit == null || created.isAfter(now)) {
            return "";
        }
        double age = Duration.between(created, now).toHours() / 24.0;
        double warn = limit.warn().toDays();
        double expire = limit.expire().toDays();
        double span = Math.max(1, Math.max(age, expire) * 1.04);
        Svg svg = new Svg(
                "class",
                "plot",
                "viewBox",
                "0 0 1160 108",
                "role",
                "img",
                "aria-label",
                "Life of the key in days: created on day 0, warned from day " + (long) warn + ", limit on day "
                        + (long) expire + ", today is day " + (long) age + ".");
        return new Lifeline(svg, span).draw(created, age, warn, expire);
    }

    private String draw(Instant created, double age, double warn, double expire) {
        svg.empty("path", "class", "axis", "d", "M8 58H1152");
        part("healthy", 0, Math.min(age, warn));
        part("due", warn, Math.min(age, expire));
        part("overdue", expire, age);
        boolean early = x(expire) < 3 * NEAR;
        mark(0, "lim", 46, 70);
        if (!early) {
            label(0, "created", ReportDates.day(created).toString(), "start");
        }
        boolean crowded = Math.abs(x(warn) - x(expire)) < 2 * NEAR || x(warn) < 2 * NEAR;
        mark(warn, "lim", 46, 70);
        if (!crowded) {
            label(warn, "warned from day " + (long) warn, day(created, warn), "end");
        }
        mark(expire, "lim", 46, 70);
        label(expire, "limit, day " + (long) expire, day(created, expire), early ? "start" : "end");
        mark(age, "lim", 24, 82);
        double middle = Math.clamp(x(age), LEFT + NEAR, RIGHT - NEAR);
        svg.element(
                "text", "today, day " + (long) age, "class", "strong", "x", middle, "y", 18, "text-anchor", "middle");
        return svg.end();
    }

    private static String day(Instant created, double days) {
        return ReportDates.day(created.plus(Duration.ofDays((long) days))).toString();
    }

    private double x(double day) {
        return LEFT + day / span * (RIGHT - LEFT);
    }

    private void part(String look, double from, double to) {
        if (to > from) {
            svg.empty(
                    "path",
                    "class",
                    look + " life",
                    "stroke-width",
                    6,
                    "d",
                    "M" + Svg.number(x(from)) + " 58H" + Svg.number(x(to)));
        }
    }

    private void mark(double day, String look, int from, int to) {
        svg.empty("path", "class", look, "d", "M" + Svg.number(x(day)) + " " + from + "V" + to);
    }

    private void label(double day, String words, String date, String anchor) {
        svg.element("text", words, "class", "strong", "x", x(day), "y", 38, "text-anchor", anchor);
        svg.element("text", date, "x", x(day), "y", 88, "text-anchor", anchor);
    }
}
