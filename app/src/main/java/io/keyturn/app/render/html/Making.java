package io.keyturn.app.render.html;

import io.keyturn.app.words.BetterWay;
import io.keyturn.app.words.Manner;
import io.keyturn.core.policy.Policy;
import io.keyturn.engine.catalog.DayTotal;
import java.util.List;

/**
 * What a report says of its own making.
 *
 * @param command what was called, such as {@code keyturn scan}
 * @param version of Keyturn
 * @param acts whether the command may go on to change something
 * @param policies that judged
 * @param fingerprint SHA-256 of the configuration that judged, in hexadecimal
 * @param narrowedTo what is shown where that is not everything, such as {@code account data}
 * @param past what earlier runs counted of everything, oldest first
 * @param journal what was done and said before
 * @param ways names the way that needs no key
 */
public record Making(
        String command,
        String version,
        boolean acts,
        List<Policy> policies,
        String fingerprint,
        List<String> narrowedTo,
        List<DayTotal> past,
        JournalPast journal,
        BetterWay ways) {
    /** Where no journal is, in Keyturn's own words. */
    public Making(
            String command,
            String version,
            boolean acts,
            List<Policy> policies,
            String fingerprint,
            List<String> narrowedTo,
            List<DayTotal> past) {
        this(
                command,
                version,
                acts,
                policies,
                fingerprint,
                narrowedTo,
                past,
                JournalPast.NONE,
                new BetterWay(Manner.DEFAULT));
    }

    public Making {
        policies = List.copyOf(policies);
        narrowedTo = List.copyOf(narrowedTo);
        past = List.copyOf(past);
    }
}
