package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One account of the simulated world. Its users come into being when they are first asked for. Safe for use by several threads. */
public final class SimAccount {
    /** AWS builds a new credential report at most this often. Source: IAM user guide, "Generate credential reports". */
    static final Duration REPORT_LIFE = Duration.ofHours(4);

    private final String id;
    private final String name;
    private final String state;
    private final OrgUnit unit;
    private final Map<String, String> tags;
    private final Supplier<List<SimUser>> firstUsers;
    private final Map<String, String> userOfKey = new ConcurrentHashMap<>();
    private final List<SimKey> rootKeys = new ArrayList<>();
    private @Nullable NavigableMap<String, SimUser> users;
    private @Nullable Report report;
    private @Nullable Instant reportReadyAt;

    /** A credential report as it was made. */
    public record Report(Instant made, String csv) {}

    /** What a call to make a report answers, and then what a call to get one does. */
    public enum ReportState {
        ABSENT,
        STARTED,
        INPROGRESS,
        COMPLETE
    }

    SimAccount(
            String id,
            String name,
            String state,
            OrgUnit unit,
            Map<String, String> tags,
            Supplier<List<SimUser>> firstUsers) {
        this.id = id;
        this.name = name;
        this.state = state;
        this.unit = unit;
        this.tags = Map.copyOf(tags);
        this.firstUsers = firstUsers;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** {@code ACTIVE}, {@code SUSPENDED}, … */
    public String state() {
        return state;
    }

    public OrgUnit unit() {
        return unit;
    }

    public Map<String, String> tags() {
        return tags;
    }

    private NavigableMap<String, SimUser> users() {
        if (users == null) {
            users = new TreeMap<>();
            for (SimUser user : firstUsers.get()) {
                put(user);
            }
        }
        return users;
    }

    /** All users in order of their names, as they are now. */
    public synchronized List<SimUser> allUsers() {
        return List.copyOf(users().values());
    }

    public synchronized int userCount() {
        return users().size();
    }

    /** At most {@code limit} users whose names come after {@code after}. */
    public synchronized List<SimUser> usersAfter(String after, int limit) {
        return users().tailMap(after, false).values().stream().limit(limit).toList();
    }

    public synchronized @Nullable SimUser user(String userName) {
        return users().get(userName);
    }

    /** The user who has this key, or null. */
    public synchronized @Nullable SimUser userOfKey(String keyId) {
        users();
        String userName = userOfKey.get(keyId);
        return userName == null ? null : user(userName);
    }

    /** Adds or replaces a user. */
    public synchronized void put(SimUser user) {
        SimUser before = users().put(user.name(), user);
        if (before != null) {
            before.keys().forEach(key -> userOfKey.remove(key.id()));
        }
        user.keys().forEach(key -> userOfKey.put(key.id(), user.name()));
    }

    public synchronized void remove(String userName) {
        SimUser before = users().remove(userName);
        if (before != null) {
            before.keys().forEach(key -> userOfKey.remove(key.id()));
        }
    }

    /** Changes a user that exists; returns whether it does. */
    public synchronized boolean change(String userName, UnaryOperator<SimUser> how) {
        SimUser before = user(userName);
        if (before == null) {
            return false;
        }
        put(how.apply(before));
        return true;
    }

    public synchronized List<SimKey> rootKeys() {
        return List.copyOf(rootKeys);
    }

    synchronized void addRootKey(SimKey key) {
        rootKeys.add(key);
    }

    /** Asks for a report: one that is younger than four hours stands; else a new one is ready after {@code delay}. */
    public synchronized ReportState generateReport(Instant now, Duration delay, String partition) {
        if (report != null && now.isBefore(report.made().plus(REPORT_LIFE))) {
            return ReportState.COMPLETE;
        }
        if (reportReadyAt == null) {
            reportReadyAt = now.plus(delay);
            return ReportState.STARTED;
        }
        if (now.isBefore(reportReadyAt)) {
            return ReportState.INPROGRESS;
        }
        makeReport(reportReadyAt, partition);
        return ReportState.COMPLETE;
    }

    /** Where the report stands, without asking for one. */
    public synchronized ReportState reportState(Instant now, String partition) {
        if (reportReadyAt != null && !now.isBefore(reportReadyAt)) {
            makeReport(reportReadyAt, partition);
        }
        return reportReadyAt != null
                ? ReportState.INPROGRESS
                : report == null ? ReportState.ABSENT : ReportState.COMPLETE;
    }

    public synchronized @Nullable Report report() {
        return report;
    }

    private void makeReport(Instant at, String partition) {
        report = new Report(at, CredentialReportCsv.of(this, partition, at));
        reportReadyAt = null;
    }
}
