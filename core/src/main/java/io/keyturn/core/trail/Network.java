package io.keyturn.core.trail;

/**
 * A network that the configuration names.
 *
 * @param name as people know it
 * @param is what kind of place it is
 */
public record Network(IpRange range, String name, Place.Kind is) {}
