package io.keyturn.sandbox.ports;

import io.keyturn.sandbox.fault.Effect;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.fault.Struck;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.Report;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * IAM as one role of one account has it, without HTTP: each call once through the hook, at the clock's instant, bound by
 * the role's and the session's policies. A slow answer moves the clock.
 */
public final class WorldIam {
    private final World world;
    private final SimAccount account;
    private final String role;
    private final List<PolicyDocument> narrowed;
    private final VirtualClock clock;
    private final Faults faults;
    private final AccessKeys keys;
    private @Nullable Instant answeredAt;
    private @Nullable SimRole assumed;
    private @Nullable Caller caller;

    /** @param role name of the role whose policies bind it */
    public WorldIam(World world, SimAccount account, String role, VirtualClock clock, Faults faults) {
        this(world, account, role, List.of(), clock, faults);
    }

    private WorldIam(
            World world,
            SimAccount account,
            String role,
            List<PolicyDocument> narrowed,
            VirtualClock clock,
            Faults faults) {
        this.world = world;
        this.account = account;
        this.role = role;
        this.narrowed = narrowed;
        this.clock = clock;
        this.faults = faults;
        this.keys = new AccessKeys(world);
    }

    /** The same account as another role, in a session that may do one thing to one user. */
    public WorldIam only(String otherRole, String action, String userName) {
        String arn = Authorization.userArn(account, world.partition(), userName, account.user(userName));
        List<PolicyDocument> one = List.of(PolicyDocument.allow(List.of("iam:" + action), arn));
        return new WorldIam(world, account, otherRole, one, clock, faults);
    }

    SimAccount account() {
        return account;
    }

    VirtualClock clock() {
        return clock;
    }

    /** When AWS last answered, in its own time; null before the first answer. */
    @Nullable
    Instant answeredAt() {
        return answeredAt;
    }

    /** What a call does: reads what was at {@code told}, changes what is at {@code now}. */
    private interface Act<T> {
        T at(Instant now, Instant told, Fate.Kind reads);
    }

    private <T> T call(String service, String action, @Nullable String userName, Act<T> act) throws CallFailed {
        Instant now = clock.instant();
        world.settle(now);
        Operation operation = new Operation(service, action, account.id(), role, userName);
        Fate fate = faults.before(operation);
        Effect<T> effect = (when, reads) -> {
            authorize(service + ":" + action, userName);
            Instant told = reads == Fate.Kind.STALE ? account.stalestAt(when) : account.readsAt(when);
            return act.at(when, told, reads);
        };
        try {
            T answer = Effect.meet(fate, operation, faults, now, world::later, effect);
            clock.reach(now.plus(fate.kind() == Fate.Kind.SLOW ? fate.after() : Duration.ZERO));
            answeredAt = clock.instant();
            return answer;
        } catch (ServiceError refused) {
            answeredAt = now;
            throw new CallFailed(kind(refused), refused.text());
        } catch (Struck struck) {
            CallFailed failed = failed(struck);
            answeredAt = failed.kind() == CallFailed.Kind.NO_ANSWER ? answeredAt : now;
            throw failed;
        }
    }

    private void authorize(String action, @Nullable String userName) {
        Caller caller = caller();
        SimUser user = userName == null ? null : account.user(userName);
        String resource = userName == null ? "*" : Authorization.userArn(account, world.partition(), userName, user);
        Authorization.check(caller, action, resource, user);
    }

    /** Who calls: the role as it is now. */
    private Caller caller() {
        SimRole now = account.role(role);
        Caller known = caller;
        if (known == null || now != assumed || !account.active()) {
            known = world.sessions().direct(account, role, narrowed);
            caller = known;
            assumed = now;
        }
        return known;
    }

    private static CallFailed.Kind kind(ServiceError error) {
        return switch (error.code()) {
            case "AccessDenied" -> CallFailed.Kind.DENIED;
            case "NoSuchEntity" -> CallFailed.Kind.NOT_FOUND;
            default -> CallFailed.Kind.REFUSED;
        };
    }

    private static CallFailed failed(Struck struck) {
        return switch (struck.kind()) {
            case ACCESS_DENIED -> new CallFailed(CallFailed.Kind.DENIED, "AWS denies it");
            case THROTTLED -> new CallFailed(CallFailed.Kind.THROTTLED, "AWS throttles it");
            case LIMIT_EXCEEDED -> new CallFailed(CallFailed.Kind.REFUSED, "AWS's limit is exceeded");
            case DROPPED_BEFORE, DROPPED_AFTER, LATE_LANDING ->
                new CallFailed(CallFailed.Kind.NO_ANSWER, "no answer came");
            default -> new CallFailed(CallFailed.Kind.SERVER_ERROR, "AWS failed");
        };
    }

    /** A call about nothing in particular, such as {@code AssumeRole}; does nothing. */
    void touch(String service, String action) throws CallFailed {
        Instant now = clock.instant();
        world.settle(now);
        Operation operation = new Operation(service, action, account.id(), role, null);
        try {
            Effect.meet(faults.before(operation), operation, faults, now, world::later, (when, reads) -> caller());
        } catch (ServiceError refused) {
            throw new CallFailed(kind(refused), refused.text());
        } catch (Struck struck) {
            throw failed(struck);
        }
    }

    /** A page of the account's users, by {@code ListUsers} or {@code GetAccountAuthorizationDetails}. */
    Page<SimUser> users(String action, @Nullable String token) throws CallFailed {
        return call(
                "iam",
                action,
                null,
                (now, told, reads) -> Page.bent(account.usersAfter("", Integer.MAX_VALUE, told), token, reads));
    }

    /** What one of IAM's reads tells of a user. */
    <T> T of(String action, String userName, Function<SimUser, T> what) throws CallFailed {
        return call(
                "iam", action, userName, (now, told, reads) -> what.apply(AccessKeys.user(account, userName, told)));
    }

    /** A page of a user's keys. */
    public Page<SimKey> listAccessKeys(String userName, @Nullable String token) throws CallFailed {
        return call(
                "iam",
                "ListAccessKeys",
                userName,
                (now, told, reads) ->
                        Page.bent(AccessKeys.user(account, userName, told).keys(), token, reads));
    }

    /** The last use of a user's key. */
    public AccessKeys.LastUsed getAccessKeyLastUsed(String userName, String keyId) throws CallFailed {
        return call("iam", "GetAccessKeyLastUsed", userName, (now, told, reads) -> {
            AccessKeys.LastUsed used = keys.lastUsed(account, keyId, told, now);
            if (used == null) {
                throw ServiceError.noSuchEntity("The Access Key with id " + keyId);
            }
            return used;
        });
    }

    /** Makes a key; the answer alone ever shows its secret. */
    public SimKey createAccessKey(String userName) throws CallFailed {
        return call("iam", "CreateAccessKey", userName, (now, told, reads) -> keys.create(account, userName, now));
    }

    /** Switches a key on or off. */
    public void updateAccessKey(String userName, String keyId, boolean active) throws CallFailed {
        call("iam", "UpdateAccessKey", userName, (now, told, reads) -> {
            keys.update(account, userName, keyId, active, now);
            return true;
        });
    }

    /** Removes a key for good. */
    public void deleteAccessKey(String userName, String keyId) throws CallFailed {
        call("iam", "DeleteAccessKey", userName, (now, told, reads) -> {
            keys.delete(account, userName, keyId, now);
            return true;
        });
    }

    /** Changes a user's tags, by {@code TagUser} or {@code UntagUser}. */
    void retag(String action, String userName, Consumer<Map<String, String>> how) throws CallFailed {
        call("iam", action, userName, (now, told, reads) -> {
            account.change(userName, now, held -> {
                Map<String, String> tags = new LinkedHashMap<>(held.tags());
                how.accept(tags);
                return held.withTags(tags);
            });
            return true;
        });
    }

    /** Whether the role may do that to the user: refused where not, and nothing is done where it may. */
    void may(String action, String userName) throws CallFailed {
        touch("iam", "SimulatePrincipalPolicy");
        try {
            authorize("iam:" + action, userName);
        } catch (ServiceError refused) {
            throw new CallFailed(kind(refused), refused.text());
        }
    }

    /** Whether a user's key is let in by STS, which counts as its use. */
    boolean use(String userName, String keyId, String secret) throws CallFailed {
        Instant now = clock.instant();
        Operation operation = new Operation("sts", "GetCallerIdentity", account.id(), null, userName);
        try {
            return Effect.meet(faults.before(operation), operation, faults, now, world::later, (when, reads) -> {
                Caller caller = world.caller(keyId, null, when);
                return caller != null && caller.secret().equals(secret) && world.use(keyId, when, "sts", "us-east-1");
            });
        } catch (ServiceError refused) {
            throw new CallFailed(kind(refused), refused.text());
        } catch (Struck struck) {
            throw failed(struck);
        }
    }

    /** Asks for a credential report. */
    Report.State generateReport(Duration delay) throws CallFailed {
        return call("iam", "GenerateCredentialReport", null, (now, told, reads) -> account.generateReport(now, delay));
    }

    /** The report, once it is ready. */
    Report report() throws CallFailed {
        return call("iam", "GetCredentialReport", null, (now, told, reads) -> {
            Report report = account.report();
            if (report == null || account.reportState(now) != Report.State.COMPLETE) {
                throw new ServiceError(410, "ReportNotPresent", "there is no credential report");
            }
            return report;
        });
    }

    /** Whether the root user has keys. */
    boolean rootKeys() throws CallFailed {
        return call(
                "iam",
                "GetAccountSummary",
                null,
                (now, told, reads) -> !account.rootKeys().isEmpty());
    }
}
