package io.keyturn.adapters.web;

/**
 * Where requests may go beyond the public internet.
 *
 * @param privateAddresses whether to private networks, as the configuration allows for one channel
 * @param loopback whether to this machine, also by plain http: for trying things out, never from the configuration
 */
public record Reach(boolean privateAddresses, boolean loopback) {
    /** The public internet alone. */
    public static final Reach PUBLIC = new Reach(false, false);
}
