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
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.UserDetail;

/** Reads an account by its credential report, joined with the authorization details of its users. */
final class ReportReading {
    private static final int PAGE = 1000;

    private final Access access;
    private final ReportJob job;
    private final List<String> notes;
    private final Problems problems = new Problems();

    ReportReading(Access access, ReportJob job, List<String> notes) {
        this.access = access;
        this.job = job;
        this.notes = notes;
    }

    /**
     * The whole account.
     *
     * @throws CallFailure where the report or the details were refused, so that a live reading may be tried
     * @throws ReadFailure where the report cannot be used
     */
    Snapshot read() throws CallFailure, ReadFailure, InterruptedException {
        Instant start = access.clock().instant();
        List<UserDetail> details = details();
        CredentialReport report = job.fetch();
        access.meter().usersSeen.add(report.rows().size());
        LiveUsers live = new LiveUsers(access, problems);
        Map<String, CredentialReport.Row> unmatched = new HashMap<>(report.rows());
        List<User> users = new ArrayList<>();
        List<LiveUsers.Head> ask = new ArrayList<>();
        for (UserDetail detail : details) {
            CredentialReport.Row row = unmatched.remove(detail.userName());
            LiveUsers.Head head = head(detail);
            if (row == null || !fits(row, head)) {
                ask.add(head);
            } else {
                users.add(join(head, detail, row, report.generated(), start));
            }
        }
        users = withMissingKeys(users, live);
        for (String name : unmatched.keySet()) {
            find(live, name, ask);
        }
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

    private List<UserDetail> details() throws CallFailure, InterruptedException {
        List<UserDetail> details = new ArrayList<>();
        Pages.each(
                access.calls(),
                token -> access.iam()
                        .getAccountAuthorizationDetails(r -> r.filter(EntityType.USER)
                                .maxItems(PAGE)
                                .marker(token)
                                .overrideConfiguration(access.as())),
                page -> page.userDetailList(),
                page -> Pages.iamNext(page.isTruncated(), page.marker()),
                details::add);
        return details;
    }

    private static LiveUsers.Head head(UserDetail detail) {
        return new LiveUsers.Head(
                new UserName(detail.userName()),
                new UserId(detail.userId()),
                detail.arn(),
                detail.path() == null ? "/" : detail.path(),
                detail.createDate().truncatedTo(ChronoUnit.SECONDS));
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

    private User join(
            LiveUsers.Head head, UserDetail detail, CredentialReport.Row row, Instant generated, Instant now) {
        List<AccessKey> keys = row.keys();
        return new User(
                head.name(),
                head.id(),
                head.arn(),
                head.path(),
                head.created(),
                keys == null ? Fact.notRead() : Fact.known(withNeededUse(keys), generated),
                fact(FactName.TAGS, tags(detail), now),
                fact(FactName.GROUPS, LiveUsers.sorted(detail.groupList()), now),
                fact(FactName.POLICIES, policies(detail), now),
                fact(FactName.BOUNDARY, boundary(detail), now),
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

    private static Map<String, String> tags(UserDetail detail) {
        Map<String, String> tags = new TreeMap<>();
        detail.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private static List<String> policies(UserDetail detail) {
        return Stream.concat(
                        detail.attachedManagedPolicies().stream().map(p -> p.policyName()),
                        detail.userPolicyList().stream().map(p -> p.policyName()))
                .sorted()
                .toList();
    }

    private static String boundary(UserDetail detail) {
        var boundary = detail.permissionsBoundary();
        return boundary == null || boundary.permissionsBoundaryArn() == null ? "" : boundary.permissionsBoundaryArn();
    }

    /** Users whose row could not hold their keys get them live. */
    private List<User> withMissingKeys(List<User> users, LiveUsers live) throws InterruptedException {
        List<User> done = new ArrayList<>(users.size());
        for (User user : users) {
            if (!(user.keys() instanceof Fact.NotRead<List<AccessKey>>())) {
                done.add(user);
                continue;
            }
            try {
                List<AccessKey> keys = live.withLastUse(live.keys(user.name().value()));
                done.add(user.withKeys(Fact.known(keys, access.clock().instant())));
            } catch (CallFailure failure) {
                if (!failure.gone()) {
                    problems.add("the access keys of users", failure);
                    done.add(user.withKeys(Fact.unknown(failure.why())));
                }
            }
        }
        return done;
    }

    private Fact<RootKeys> root(CredentialReport report) throws InterruptedException {
        RootKeys root = report.root();
        if (!access.needs().has(FactName.ROOT)) {
            return Fact.notRead();
        }
        if (root == null) {
            return LiveReading.root(access, problems);
        }
        return Fact.known(new RootKeys(root.present(), withNeededUse(root.details())), report.generated());
    }
}
