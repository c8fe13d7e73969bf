package io.keyturn.app.evidence;

import io.keyturn.core.policy.Exemption;
import io.keyturn.engine.catalog.SeenGround;
import io.keyturn.engine.catalog.SeenRun;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exemption of the configuration, as runs saw it.
 *
 * @param from when the first run saw it that recorded what it stood on; null where none did
 * @param ended when the first run after that did not see it any more; null where it still stands
 */
record ExemptionPast(
        SeenGround.Exempted exemption,
        @Nullable Instant from,
        @Nullable Instant ended) {
    /** All that there were, in the order in which they came; of one that came back, each time. */
    static List<ExemptionPast> of(List<SeenRun> runs, List<Exemption> now) {
        List<ExemptionPast> all = new ArrayList<>();
        Map<SeenGround.Exempted, Instant> open = new LinkedHashMap<>();
        for (SeenRun run : runs) {
            SeenGround ground = run.ground();
            if (ground != null) {
                open.entrySet().removeIf(entry -> {
                    boolean gone = !ground.exemptions().contains(entry.getKey());
                    if (gone) {
                        all.add(new ExemptionPast(entry.getKey(), entry.getValue(), run.began()));
                    }
                    return gone;
                });
                ground.exemptions().forEach(exemption -> open.putIfAbsent(exemption, run.began()));
            }
        }
        for (Exemption exemption : now) {
            SeenGround.Exempted standing = new SeenGround.Exempted(
                    exemption.user().value(), exemption.owner(), exemption.reason(), exemption.until());
            all.add(new ExemptionPast(
                    standing, Optional.ofNullable(open.remove(standing)).orElse(null), null));
        }
        // Those are gone that no run missed yet: since when exactly, nobody saw.
        open.forEach((exemption, from) -> all.add(new ExemptionPast(exemption, from, null)));
        return all;
    }

    /** The end of its last day. */
    Instant until() {
        return exemption.until().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Whether it held at any time of these days, as far as anybody saw. */
    boolean overlaps(Span span) {
        return (from == null || from.isBefore(span.end())) && (ended == null || !ended.isBefore(span.start()));
    }
}
