package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.iam.model.ReportStateType;

/** The making of an account's credential report: asked for, waited for without a permit, and fetched. */
final class ReportJob {
    private static final long FIRST_POLL = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(15);

    private final Access access;
    private boolean ready;
    private long asked;

    ReportJob(Access access) {
        this.access = access;
    }

    /** Asks for the report; true where one is there already. */
    boolean start() throws CallFailure, InterruptedException {
        asked = System.nanoTime();
        ready = generate();
        return ready;
    }

    /** Waits for the report: the first look after a second, each later one when 1.5 times that time has passed. */
    void await() throws CallFailure, InterruptedException {
        long next = FIRST_POLL;
        while (!ready) {
            try {
                access.calls().sleep(asked + next - System.nanoTime());
                ready = generate();
            } catch (CallFailure failure) {
                if (failure.code().equals(CallFailure.DEADLINE)) {
                    throw new CallFailure(
                            CallFailure.DEADLINE,
                            "the credential report was not ready when the account's deadline passed",
                            failure);
                }
                throw failure;
            }
            next = Math.min(next + LONGEST_PAUSE, next * 3 / 2);
        }
    }

    private boolean generate() throws CallFailure, InterruptedException {
        try {
            ReportStateType state = access.calls()
                    .call(() -> access.iam()
                            .generateCredentialReport(r -> r.overrideConfiguration(access.as()))
                            .state());
            return state == ReportStateType.COMPLETE;
        } catch (CallFailure failure) {
            // The limit is on making reports, so one is being made or was just made: look again later.
            if (failure.code().startsWith("LimitExceeded")) {
                return fetchable();
            }
            throw failure;
        }
    }

    private boolean fetchable() throws CallFailure, InterruptedException {
        try {
            fetchOnce();
            return true;
        } catch (CallFailure failure) {
            if (notThere(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** The report; made anew where it expired meanwhile. */
    CredentialReport fetch() throws CallFailure, ReadFailure, InterruptedException {
        while (true) {
            try {
                return parse(fetchOnce());
            } catch (CallFailure failure) {
                if (!notThere(failure)) {
                    throw failure;
                }
                if (!start()) {
                    await();
                } else {
                    access.calls().sleep(FIRST_POLL);
                }
            }
        }
    }

    private ReportAnswer fetchOnce() throws CallFailure, InterruptedException {
        return access.calls()
                .call(() -> OwnParser.call(
                        access.as(),
                        "the credential report",
                        ReportAnswer::read,
                        as -> access.iam().getCredentialReport(r -> r.overrideConfiguration(as))));
    }

    private static boolean notThere(CallFailure failure) {
        return switch (failure.code()) {
            case "ReportNotPresent",
                    "ReportExpired",
                    "ReportInProgress",
                    "CredentialReportNotPresentException",
                    "CredentialReportExpiredException",
                    "CredentialReportNotReadyException" -> true;
            default -> false;
        };
    }

    private CredentialReport parse(ReportAnswer answer) throws ReadFailure {
        try {
            Instant told = answer.generated();
            return ReportParser.parse(
                    answer.csv(),
                    access.account().id().value(),
                    told == null ? access.clock().instant() : told);
        } catch (ReportParser.Unusable unusable) {
            throw new ReadFailure(
                    new Problem(
                            "read the credential report",
                            access.label(),
                            unusable.why(),
                            "try again later, or read live with `read: live`"),
                    unusable);
        }
    }
}
