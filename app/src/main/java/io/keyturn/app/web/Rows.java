package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.KeyRow;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.StandingsBar;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Rows of the tables; all text of others is harmless, and escaped by the templates. */
final class Rows {
    private Rows() {}

    static KeyRow key(Site site, SeenKey key, ReportDates dates) {
        return KeyRow.of(key.key(), Frame.policy(site, key.key().finding().governedBy()), key.name(), dates);
    }

    /** An account; {@code state} is the class of how well it was read. */
    record Account(
            String id,
            String number,
            String name,
            int users,
            int keys,
            int healthy,
            int decisions,
            List<StandingsBar.Part> parts,
            String bar,
            String read,
            String state,
            String stage,
            String at) {}

    static Account account(SeenAccount seen, Instant now) {
        String id = seen.row().id();
        String number = id.length() == 12 ? id.substring(0, 4) + " " + id.substring(4, 8) + " " + id.substring(8) : "";
        String read = switch (seen.row().state()) {
            case WHOLE, PARTLY -> {
                Instant asOf = seen.row().asOf();
                String age = asOf == null ? "" : ", " + age(asOf, now);
                yield (seen.row().state() == AccountRow.State.WHOLE
                                ? "whole"
                                : Safe.text(seen.row().read()))
                        + age;
            }
            case FAILED -> "not read: " + Safe.text(seen.row().read());
            case SKIPPED -> "left out: " + Safe.text(seen.row().read());
        };
        return new Account(
                seen.id(),
                number,
                Safe.text(seen.row().name()),
                seen.row().users(),
                seen.row().keys(),
                seen.row().healthy(),
                seen.row().decisions(),
                unhealthy(StandingsBar.parts(seen.counts())),
                seen.row().keys() == 0 ? "" : StandingsBar.of(seen.counts()),
                read,
                switch (seen.row().state()) {
                    case WHOLE, SKIPPED -> "";
                    case PARTLY, FAILED -> "unknown";
                },
                seen.stage() == null ? "–" : seen.stage().label(),
                ReportDates.minute(seen.at()));
    }

    /** How long ago it was, in words. */
    static String age(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toMinutes() < 120) {
            return age.toMinutes() + " min old";
        }
        return age.toHours() < 48 ? age.toHours() + " h old" : age.toDays() + " days old";
    }

    /** An owner; {@code asked} is the name as an address carries it, {@code opens} the page of their keys, or empty. */
    record Owner(
            String name,
            boolean nobody,
            String asked,
            int keys,
            List<StandingsBar.Part> parts,
            String bar,
            String opens) {}

    static Owner owner(OwnerRow row) {
        return owner(row, "");
    }

    static Owner owner(OwnerRow row, String opens) {
        return new Owner(
                row.nobody() ? "no owner" : Safe.text(row.name()),
                row.nobody(),
                Query.encoded(row.name()),
                row.keys(),
                unhealthy(StandingsBar.parts(row.standings())),
                StandingsBar.of(row.standings()),
                opens);
    }

    private static List<StandingsBar.Part> unhealthy(List<StandingsBar.Part> parts) {
        return parts.stream()
                .filter(part -> !part.look().equals(Standing.HEALTHY.label()))
                .toList();
    }
}
