package io.keyturn.sandbox.http;

import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.World;
import java.time.Instant;

/** Lets in who signs as AWS asks; every refusal in AWS's words. */
final class Gate {
    private final World world;
    private final boolean verify;
    private final SigV4 signatures = new SigV4();

    /** Who came in, and what they signed. */
    record Entry(SigV4.Signed signed, Caller caller) {}

    Gate(World world, boolean verify) {
        this.world = world;
        this.verify = verify;
    }

    Entry enter(Inbound inbound, Instant now, Instant wall) {
        SigV4.Signed signed = SigV4.parse(inbound.header("authorization"));
        if (world.sessions().ended(signed.keyId(), wall)) {
            throw new ServiceError(403, "ExpiredToken", "The security token included in the request is expired");
        }
        Caller caller = world.caller(signed.keyId(), inbound.header("x-amz-security-token"), now);
        if (caller == null) {
            throw new ServiceError(
                    403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        }
        if (!world.spec().options().holds(signed.region())) {
            throw new ServiceError(
                    403,
                    "SignatureDoesNotMatch",
                    "Credential should be scoped to a valid region, not '" + signed.region() + "'.");
        }
        if (verify) {
            signatures.verify(signed, caller.secret(), inbound, wall, now);
        }
        return new Entry(signed, caller);
    }
}
