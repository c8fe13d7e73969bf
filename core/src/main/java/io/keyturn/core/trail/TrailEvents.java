package io.keyturn.core.trail;

import java.util.List;

/**
 * Events that were looked up.
 *
 * @param events newest first
 * @param whole whether these are all; else the latest ones
 */
public record TrailEvents(List<TrailEvent> events, boolean whole) {
    public TrailEvents {
        events = List.copyOf(events);
    }
}
