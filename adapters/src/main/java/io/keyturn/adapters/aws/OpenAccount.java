package io.keyturn.adapters.aws;

import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.ReadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One account under way, by report or live. */
final class OpenAccount implements AccountReading {
    /** A live reading of at most this many calls is quicker than the second that a report takes to make. */
    private static final int CHEAPER_LIVE = 60;

    private final Access access;
    private final Login login;
    private final ReadMode mode;
    private final Problems before;
    private final List<String> notes = new ArrayList<>();
    private @Nullable ReportJob job;

    /**
     * Starts nothing yet.
     *
     * @param before what was found unreadable of the account itself
     */
    OpenAccount(Access access, Login login, ReadMode mode, Problems before) {
        this.before = before;
        this.access = access;
        this.login = login;
        this.mode = mode;
    }

    /** Chooses the way to read, and asks for the report where that is the way. */
    void start() throws ReadFailure, InterruptedException {
        if (mode == ReadMode.LIVE) {
            return;
        }
        ReportJob report = new ReportJob(access);
        try {
            boolean ready = report.start();
            if (ready || mode == ReadMode.REPORT || !login.single() || !cheaperLive()) {
                job = report;
            }
        } catch (CallFailure failure) {
            fallBack("iam:GenerateCredentialReport", failure);
        }
    }

    private boolean cheaperLive() throws InterruptedException {
        try {
            var page = access.calls()
                    .call(() -> access.iam()
                            .listUsers(r -> r.maxItems(CHEAPER_LIVE + 1).overrideConfiguration(access.as())));
            return !Boolean.TRUE.equals(page.isTruncated()) && page.users().size() * callsPerUser() <= CHEAPER_LIVE;
        } catch (CallFailure failure) {
            // A role that may not list users can still have the report.
            return false;
        }
    }

    private int callsPerUser() {
        Needs needs = access.needs();
        int calls = needs.has(FactName.LAST_USE) ? 3 : 1;
        for (FactName fact : needs.facts()) {
            calls += switch (fact) {
                case TAGS, GROUPS, BOUNDARY, CONSOLE, MFA -> 1;
                case POLICIES -> 2;
                case KEYS, LAST_USE, ACCOUNT_TAGS, ACCOUNT_OU, ROOT -> 0;
            };
        }
        return calls;
    }

    /** Goes on live where the mode leaves that open and the role may not use the report; else fails. */
    private void fallBack(String action, CallFailure failure) throws ReadFailure {
        job = null;
        if (mode == ReadMode.AUTO && failure.denied()) {
            notes.add("read live: the role may not use the credential report (" + action + " denied)");
            return;
        }
        throw access.failure("make the credential report", failure);
    }

    @Override
    public void awaitReady() throws ReadFailure, InterruptedException {
        ReportJob report = job;
        if (report != null) {
            try {
                report.await();
            } catch (CallFailure failure) {
                fallBack("iam:GenerateCredentialReport", failure);
            }
        }
        access.calls().pause();
    }

    @Override
    public Snapshot read() throws ReadFailure, InterruptedException {
        access.calls().resume();
        renew();
        Snapshot read = readUsers();
        return new Snapshot(
                read.account(),
                read.via(),
                read.asOf(),
                before.over(read.reading()),
                read.notes(),
                read.root(),
                read.users());
    }

    private Snapshot readUsers() throws ReadFailure, InterruptedException {
        ReportJob report = job;
        if (report != null) {
            try {
                return new ReportReading(access, report, notes).read();
            } catch (CallFailure failure) {
                fallBack("iam:GetCredentialReport or iam:GetAccountAuthorizationDetails", failure);
            }
        }
        return new LiveReading(access, notes).read();
    }

    private void renew() throws ReadFailure, InterruptedException {
        try {
            login.renew(access.calls());
        } catch (CallFailure failure) {
            throw access.failure("renew the session", failure);
        }
    }

    @Override
    public Snapshot identify(Snapshot snapshot, Set<UserId> users) throws InterruptedException {
        return new Identifier(access).identify(snapshot, users);
    }
}
