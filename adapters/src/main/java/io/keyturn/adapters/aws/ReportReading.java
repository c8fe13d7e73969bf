package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.EntityType;

/** Reads an account by its credential report, joined with the authorization details of its users. */
final class ReportReading {
    private static final int PAGE = 1000;

    private final Access access;
    private final ReportJob job;
    private final List<String> notes;
    private final Held held;
    private final Problems problems = new Problems();

    ReportReading(Access access, ReportJob job, List<String> notes, Held held) {
        this.access = access;
        this.job = job;
        this.notes = notes;
        this.held = held;
    }

    /**
     * The whole account.
     *
     * @param ahead the authorization details, where they were read while the report was made
     * @throws CallFailure where the report or the details were refused, so that a live reading may be tried
     * @throws ReadFailure where the report cannot be used
     */
    Snapshot read(@Nullable List<DetailsPage.Detail> ahead) throws CallFailure, ReadFailure, InterruptedException {
        Instant start = access.clock().instant();
        List<DetailsPage.Detail> details = ahead == null ? details(access, held) : ahead;
        CredentialReport report = job.fetch();
        access.meter().usersSeen.add(report.rows().size());
        LiveUsers live = new LiveUsers(access, problems);
        Map<String, CredentialReport.Row> unmatched = new HashMap<>(report.rows());
        List<User> users = new ArrayList<>();
        List<LiveUsers.Head> ask = new ArrayList<>();
        for (DetailsPage.Detail detail : details) {
            CredentialReport.Row row = unmatched.remove(detail.head().name().value());
            LiveUsers.Head head = detail.head();
            if (row == null || !fits(row, head)) {
                ask.add(head);
            } else {
                users.add(join(detail, row, report.generated(), start));
            }
        }
        users = withMissingKeys(users, live);
        List<LiveUsers.Head> found = Collections.synchronizedList(ask);
        Fanout.each(List.copyOf(unmatched.keySet()), name -> find(live, name, found));
        access.meter().users.add(users.size());
        users.addAll(LiveReading.readAll(access, live, ask));
        users.sort(Comparator.comparing(User::name));
        Fact<RootKeys> root = root(report);
        return new Snapshot(
                access.account(),
                ReadVia.REPORT,
                report.generated().isBefore(start) ? report.generated() : start,
                problems.over(Reading.COMPLETE),
                notes,
                root,
                users);
    }

    /** The authorization details of all users; {@code held} is told after each page. */
    static List<DetailsPage.Detail> details(Access access, Held held) throws CallFailure, InterruptedException {
        List<DetailsPage.Detail> details = new ArrayList<>();
        Pages.each(
                access.calls(),
                null,
                token -> detailsPage(access, token),
                page -> page.users(),
                page -> page.next(),
                details::add,
                held);
        return details;
    }

    private static DetailsPage detailsPage(Access access, @Nullable String token) {
        Map<String, @Nullable String> asked = new TreeMap<>();
        asked.put("Filter.member.1", EntityType.USER.toString());
        asked.put("MaxItems", Integer.toString(PAGE));
        asked.put("Marker", token);
        return access.reads()
                .call(
                        access.as(),
                        "GetAccountAuthorizationDetails",
                        asked,
                        DetailsPage::read,
                        as -> access.iam()
                                .getAccountAuthorizationDetails(r -> r.filter(EntityType.USER)
                                        .maxItems(PAGE)
                                        .marker(token)
                                        .overrideConfiguration(as)));
    }

    private static boolean fits(CredentialReport.Row row, LiveUsers.Head head) {
        return row.arn().equals(head.arn()) && row.created().equals(head.created());
    }

    /** A row without details: the user is deleted since, or the details lag behind. */
    private void find(LiveUsers live, String name, List<LiveUsers.Head> ask) throws InterruptedException {
        try {
            LiveUsers.Head head = live.find(name);
            if (head != null) {
                ask.add(head);
            }
        } catch (CallFailure failure) {
            problems.add("users that only the credential report names", failure);
        }
    }

    private User join(DetailsPage.Detail detail, CredentialReport.Row row, Instant generated, Instant now) {
        LiveUsers.Head head = detail.head();
        List<AccessKey> keys = row.keys();
        return new User(
                head.name(),
                head.id(),
                head.arn(),
                head.path(),
                head.created(),
                keys == null ? Fact.notRead() : Fact.known(withNeededUse(keys), generated),
                fact(FactName.TAGS, detail.tags(), now),
                fact(FactName.GROUPS, detail.groups(), now),
                fact(FactName.POLICIES, detail.policies(), now),
                fact(FactName.BOUNDARY, detail.boundary(), now),
                fact(FactName.CONSOLE, row.password(), generated),
                fact(FactName.MFA, row.mfa(), generated));
    }

    private List<AccessKey> withNeededUse(List<AccessKey> keys) {
        if (access.needs().has(FactName.LAST_USE)) {
            return keys;
        }
        return keys.stream()
                .map(k -> new AccessKey(k.slot(), k.id(), k.active(), k.created(), LastUse.NOT_READ, k.asOf()))
                .toList();
    }

    private <T> Fact<T> fact(FactName name, T value, Instant asOf) {
        return access.needs().has(name) ? Fact.known(value, asOf) : Fact.notRead();
    }

    /** Users whose row could not hold their keys get them live. */
    private List<User> withMissingKeys(List<User> users, LiveUsers live) throws InterruptedException {
        List<User> done = Collections.synchronizedList(new ArrayList<>(users.size()));
        List<User> ask = new ArrayList<>();
        users.forEach(user -> (user.keys() instanceof Fact.NotRead<List<AccessKey>>() ? ask : done).add(user));
        Fanout.each(ask, user -> {
            try {
                User now = live.confirmed(user, live.keys(user.name().value()));
                if (now != null) {
                    done.add(now);
                }
            } catch (CallFailure failure) {
                if (!failure.gone()) {
                    problems.add("the access keys of users", failure);
                    done.add(user.withKeys(Fact.unknown(failure.why())));
                }
            }
        });
        return new ArrayList<>(done);
    }

    private Fact<RootKeys> root(CredentialReport report) throws InterruptedException {
        RootKeys root = report.root();
        if (!access.needs().has(FactName.ROOT)) {
            return Fact.notRead();
        }
        if (root == null) {
            return LiveReading.root(access, problems);
        }
        // Without the details that only a report has, so that a finding never depends on the way an account was read.
        return Fact.known(new RootKeys(root.present(), List.of()), report.generated());
    }
}
