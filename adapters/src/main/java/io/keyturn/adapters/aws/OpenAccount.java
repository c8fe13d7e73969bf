package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Held;
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

    private final Login login;
    private final ReadMode mode;
    private final Problems before;
    private final List<String> notes = new ArrayList<>();
    private Access access;
    private @Nullable ReportJob job;
    private @Nullable DetailsPage firstUsers;
    private @Nullable List<DetailsPage.Detail> details;

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

    /** Says what else became known of the account meanwhile. */
    void describe(Account account) {
        access = access.of(account);
    }

    /**
     * Chooses the way to read, and asks for the report where that is the way. Of an account that stands alone the first
     * users are asked for at the same time: they tell whether a live reading is quicker, and are then its beginning.
     */
    void start() throws ReadFailure, InterruptedException {
        try (Together together = new Together()) {
            Together.Later<DetailsPage> users = null;
            if (login.single() && mode != ReadMode.REPORT) {
                int most = mode == ReadMode.LIVE ? UserReads.PAGE : CHEAPER_LIVE + 1;
                users = together.later(() -> access.calls().call(() -> LiveUsers.page(access, most, null)));
            }
            if (mode == ReadMode.LIVE) {
                firstUsers = users == null ? null : begun(users);
                return;
            }
            ReportJob report = new ReportJob(access, login.single());
            boolean ready = report.start();
            DetailsPage first = ready ? null : answered(users);
            if (first != null && cheaperLive(first)) {
                firstUsers = first;
            } else {
                job = report;
            }
        } catch (CallFailure failure) {
            fallBack("iam:GenerateCredentialReport", failure);
        }
    }

    private DetailsPage begun(Together.Later<DetailsPage> users) throws ReadFailure, InterruptedException {
        try {
            return users.get();
        } catch (CallFailure failure) {
            throw access.failure("list the users", failure);
        }
    }

    /** What was answered; null where it was not asked for, or was refused: whoever needs it then asks again. */
    private static @Nullable DetailsPage answered(Together.@Nullable Later<DetailsPage> users)
            throws InterruptedException {
        try {
            return users == null ? null : users.get();
        } catch (CallFailure failure) {
            return null;
        }
    }

    private boolean cheaperLive(DetailsPage first) {
        return !access.reports().wanted()
                && first.next() == null
                && first.users().size() * callsPerUser() <= CHEAPER_LIVE;
    }

    private int callsPerUser() {
        Needs needs = access.needs();
        int calls = needs.has(FactName.LAST_USE) ? 3 : 1;
        for (FactName fact : needs.facts()) {
            calls += switch (fact) {
                case TAGS, GROUPS, BOUNDARY, CONSOLE, MFA -> 1;
                case POLICIES -> 2;
                case KEYS, LAST_USE, ACCOUNT_TAGS, ACCOUNT_OU, ROOT, TRAIL, CONTACTS -> 0;
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
            try (Together together = new Together()) {
                // An organization's accounts wait by the thousand, and keep nothing while they do.
                Together.Later<List<DetailsPage.Detail>> ahead =
                        login.single() ? together.later(() -> ReportReading.details(access, Held.ANY)) : null;
                if (access.needs().identify() != Needs.Identify.NONE) {
                    access.memory().prepare();
                }
                report.await();
                details = ahead == null ? null : ahead.get();
            } catch (CallFailure failure) {
                fallBack("iam:GenerateCredentialReport or iam:GetAccountAuthorizationDetails", failure);
            }
        }
        access.calls().pause();
    }

    @Override
    public Snapshot read(Held held) throws ReadFailure, InterruptedException {
        access.calls().resume();
        renew();
        Snapshot read = readUsers(held);
        return new Snapshot(
                read.account(),
                read.via(),
                read.asOf(),
                before.over(read.reading()),
                read.notes(),
                read.root(),
                read.users());
    }

    private Snapshot readUsers(Held held) throws ReadFailure, InterruptedException {
        ReportJob report = job;
        if (report != null) {
            try {
                return new ReportReading(access, report, notes, held).read(details);
            } catch (CallFailure failure) {
                fallBack("iam:GetCredentialReport or iam:GetAccountAuthorizationDetails", failure);
            }
        }
        return new LiveReading(access, notes, held).read(firstUsers);
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
