package io.keyturn.core.assess;

import java.time.Instant;

/**
 * That a person declared a key to be in others' hands.
 *
 * @param id names the decision, by which alone it can be withdrawn
 * @param by who said so
 * @param why what they gave as the reason
 */
public record Compromise(String id, String by, String why, Instant at) {}
