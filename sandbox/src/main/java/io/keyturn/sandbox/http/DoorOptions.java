package io.keyturn.sandbox.http;

import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.fault.FaultRules;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.protocol.Page;
import java.time.Duration;
import java.util.List;

/**
 * How the HTTP door behaves.
 *
 * @param port 0 for any free one
 * @param latency added to each answer
 * @param reportDelay time from asking for a credential report until it is ready
 * @param callsPerSecond what each account may do of each service, with a bucket of the same size; 0 for no limit
 * @param verifySignatures whether a wrong SigV4 signature is refused
 * @param pages which pages lists come in
 * @param faults what goes wrong on purpose
 */
public record DoorOptions(
        int port,
        Duration latency,
        Duration reportDelay,
        double callsPerSecond,
        boolean verifySignatures,
        Page.Style pages,
        Faults faults) {
    public DoorOptions(
            int port, Duration latency, Duration reportDelay, double callsPerSecond, boolean verifySignatures) {
        this(port, latency, reportDelay, callsPerSecond, verifySignatures, Page.Style.WHOLE, Faults.NONE);
    }

    /** A free port, no latency, reports at once, no throttling, signatures verified. */
    public static DoorOptions defaults() {
        return new DoorOptions(0, Duration.ZERO, Duration.ZERO, 0, true);
    }

    /** The same door with these faults. */
    public DoorOptions with(Fault... wrong) {
        return with(new FaultRules(List.of(wrong)));
    }

    /** The same door with this hook. */
    public DoorOptions with(Faults hook) {
        return new DoorOptions(port, latency, reportDelay, callsPerSecond, verifySignatures, pages, hook);
    }

    /** The same door with lists in such pages. */
    public DoorOptions paging(Page.Style style) {
        return new DoorOptions(port, latency, reportDelay, callsPerSecond, verifySignatures, style, faults);
    }
}
