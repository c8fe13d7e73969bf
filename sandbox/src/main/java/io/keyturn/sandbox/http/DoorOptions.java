package io.keyturn.sandbox.http;

import java.time.Duration;
import java.util.List;

/**
 * How the HTTP door behaves.
 *
 * @param port 0 for any free one
 * @param latency added to each answer
 * @param reportDelay time from asking for a credential report until it is ready
 * @param callsPerSecond what each account may do, with a bucket of the same size; 0 for no limit
 * @param verifySignatures whether a wrong SigV4 signature is refused
 * @param faults what goes wrong on purpose
 */
public record DoorOptions(
        int port,
        Duration latency,
        Duration reportDelay,
        double callsPerSecond,
        boolean verifySignatures,
        List<Fault> faults) {
    public DoorOptions {
        faults = List.copyOf(faults);
    }

    public DoorOptions(
            int port, Duration latency, Duration reportDelay, double callsPerSecond, boolean verifySignatures) {
        this(port, latency, reportDelay, callsPerSecond, verifySignatures, List.of());
    }

    /** A free port, no latency, reports at once, no throttling, signatures verified. */
    public static DoorOptions defaults() {
        return new DoorOptions(0, Duration.ZERO, Duration.ZERO, 0, true);
    }

    /** The same door with these faults. */
    public DoorOptions with(Fault... wrong) {
        return new DoorOptions(port, latency, reportDelay, callsPerSecond, verifySignatures, List.of(wrong));
    }
}
