package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.services.iam.model.ReportStateType;

/** The making of an account's credential report: asked for, waited for without a permit, and fetched. */
final class ReportJob {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Someone waits for a single account, so it is looked at soon and often at first. */
    static final Looks ALONE = new Looks(SECOND, SECOND / 2);

    /** With the other accounts of an organization there is enough to do meanwhile. */
    static final Looks AMONG_MANY = new Looks(2 * SECOND, SECOND);

    private static final long LONGEST_PAUSE = 15 * SECOND;

    private final Access access;
    private final Looks looks;
    private boolean ready;
    private long asked;

    ReportJob(Access access, boolean alone) {
        this.access = access;
        this.looks = alone ? ALONE : AMONG_MANY;
    }

    /** When to look whether a report is ready, in nanoseconds since it was asked for: politely, but never much late. */
    record Looks(long first, long leastPause) {
        /** The look after that one: a quarter of the time later, but at least the least pause and at most 15 seconds. */
        long after(long look) {
            return look + Math.clamp(look / 4, leastPause, LONGEST_PAUSE);
        }
    }

    /** Asks for the report; true where one is there already. */
    boolean start() throws CallFailure, InterruptedException {
        ready = generate();
        // From the answer on: AWS cannot have begun later, so a look at two seconds sees a report of two seconds.
        asked = System.nanoTime();
        return ready;
    }

    /** Waits for the report. */
    void await() throws CallFailure, InterruptedException {
        long next = looks.first();
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
            next = looks.after(next);
        }
    }

    private boolean generate() throws CallFailure, InterruptedException {
        try {
            String state = access.calls()
                    .call(() -> access.reads()
                            .call(
                                    access.as(),
                                    "GenerateCredentialReport",
                                    Map.of(),
                                    ReportJob::state,
                                    as -> access.iam().generateCredentialReport(r -> r.overrideConfiguration(as))));
            return state.equals(ReportStateType.COMPLETE.toString());
        } catch (CallFailure failure) {
            // The limit is on making reports, so one is being made or was just made: look again later.
            if (failure.code().startsWith("LimitExceeded")) {
                return fetchable();
            }
            throw failure;
        }
    }

    private static String state(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("State")) {
                return xml.getElementText().strip();
            }
        }
        throw new XMLStreamException("the answer holds no State");
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
                    access.calls().sleep(SECOND);
                }
            }
        }
    }

    private ReportAnswer fetchOnce() throws CallFailure, InterruptedException {
        return access.calls()
                .call(() -> access.reads()
                        .call(
                                access.as(),
                                "GetCredentialReport",
                                Map.of(),
                                ReportAnswer::read,
                                as -> access.iam().getCredentialReport(r -> r.overrideConfiguration(as))));
    }

    /** Whether the call was let through, and there is no report to give. */
    static boolean notThere(CallFailure failure) {
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
            Instant generated = told == null ? access.clock().instant() : told;
            AccountId account = access.account().id();
            CredentialReport report = ReportParser.parse(answer.csv(), account.value(), generated);
            access.reports().keep(account, generated, answer.csv());
            return report;
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
