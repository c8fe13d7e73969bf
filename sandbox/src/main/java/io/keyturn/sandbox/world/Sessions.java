package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.Authority;
import io.keyturn.sandbox.policy.MalformedPolicy;
import io.keyturn.sandbox.policy.PolicyDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sessions of roles. Source: STS API reference, AssumeRole. Errors are AWS's own. */
public final class Sessions {
    private static final Duration LEAST = Duration.ofMinutes(15);
    private static final Duration MOST = Duration.ofHours(12);
    private static final Duration MOST_CHAINED = Duration.ofHours(1);

    private final World world;
    private final Map<String, Session> open = new ConcurrentHashMap<>();

    Sessions(World world) {
        this.world = world;
    }

    private record Session(SimAccount account, String role, Temporary credentials, List<PolicyDocument> policies) {}

    /** Who assumes which role, and what they say to it. */
    public record Asked(
            String roleArn,
            String sessionName,
            @Nullable String externalId,
            @Nullable String policy,
            Duration duration) {}

    /** Temporary credentials, and the principal that has them. */
    public record Temporary(String id, String secret, String token, Instant ends, String arn, String roleId) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return id + " of " + arn + " until " + ends;
        }
    }

    /** Opens a session that ends {@code asked.duration()} after {@code wall}: its end is judged by the real clock. */
    public Temporary assume(Caller caller, Asked asked, Instant wall) {
        if (!asked.sessionName().matches("[\\w+=,.@-]{2,64}")) {
            throw ServiceError.invalidInput("1 validation error detected: Value '" + asked.sessionName()
                    + "' at 'roleSessionName' failed to satisfy constraint:"
                    + " Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        String[] parts = asked.roleArn().split(":", 6);
        if (parts.length != 6 || !parts[0].equals("arn") || !parts[5].startsWith("role/")) {
            throw ServiceError.invalidInput(asked.roleArn() + " is invalid");
        }
        List<PolicyDocument> narrowed = asked.policy() == null ? List.of() : List.of(policy(asked.policy()));
        SimAccount account = parts[1].equals(world.partition()) ? world.account(parts[4]) : null;
        SimRole role = account == null ? null : account.role(parts[5].substring(parts[5].lastIndexOf('/') + 1));
        if (account == null || role == null || !lets(account, role, caller, asked)) {
            throw ServiceError.denied(caller.arn(), "sts:AssumeRole", asked.roleArn(), "");
        }
        Authorization.check(caller, "sts:AssumeRole", asked.roleArn(), null);
        refuseDuration(asked.duration(), role, caller.role() != null);
        return open(account, role, asked, narrowed, wall);
    }

    private Temporary open(SimAccount account, SimRole role, Asked asked, List<PolicyDocument> narrowed, Instant wall) {
        String path = account.id() + ":assumed-role/" + role.name() + "/" + asked.sessionName();
        Temporary made = new Temporary(
                Keys.id("ASIA", account.id(), world.letters(16)),
                world.letters(40),
                world.letters(64),
                wall.plus(asked.duration()),
                "arn:" + world.partition() + ":sts::" + path,
                role.id(account.id()) + ":" + asked.sessionName());
        open.put(made.id(), new Session(account, role.name(), made, narrowed));
        return made;
    }

    private boolean lets(SimAccount account, SimRole role, Caller caller, Asked asked) {
        boolean trusted = role.trusted().contains(SimRole.ANYBODY)
                || world.trusted(role).contains(caller.account().id());
        return account.active()
                && trusted
                && (role.externalId() == null || role.externalId().equals(asked.externalId()));
    }

    private static PolicyDocument policy(String text) {
        if (text.length() > 2048) {
            throw ServiceError.invalidInput(
                    "1 validation error detected: Value at 'policy' failed to satisfy constraint:"
                            + " Member must have length less than or equal to 2048");
        }
        try {
            return PolicyDocument.parse(text);
        } catch (MalformedPolicy problem) {
            throw new ServiceError(400, "MalformedPolicyDocument", problem.why());
        }
    }

    private static void refuseDuration(Duration duration, SimRole role, boolean chained) {
        if (duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
            String bound = duration.compareTo(LEAST) < 0
                    ? "greater than or equal to " + LEAST.toSeconds()
                    : "less than or equal to " + MOST.toSeconds();
            throw ServiceError.invalidInput("1 validation error detected: Value '" + duration.toSeconds()
                    + "' at 'durationSeconds' failed to satisfy constraint: Member must have value " + bound);
        }
        if (chained && duration.compareTo(MOST_CHAINED) > 0) {
            throw ServiceError.invalidInput("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                    + " assumed by role chaining");
        }
        if (duration.compareTo(role.longest()) > 0) {
            throw ServiceError.invalidInput(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
    }

    /** Whoever has these credentials; null where they are unknown, the token is wrong, or the role is gone. */
    @Nullable
    Caller caller(String keyId, @Nullable String token) {
        Session session = open.get(keyId);
        if (session == null || !session.credentials().token().equals(token)) {
            return null;
        }
        Temporary has = session.credentials();
        SimRole role = session.account().role(session.role());
        return role == null || !session.account().active()
                ? null
                : caller(session.account(), role, session.policies(), has);
    }

    private static Caller caller(SimAccount account, SimRole role, List<PolicyDocument> narrowed, Temporary has) {
        Authority authority = new Authority(role.policies(), narrowed);
        return new Caller(account, has.arn(), has.roleId(), has.id(), null, role.name(), has.secret(), authority);
    }

    /** A session without credentials, for calls that are made without HTTP. */
    public Caller direct(SimAccount account, String roleName, List<PolicyDocument> narrowed) {
        SimRole role = account.role(roleName);
        String arn = "arn:" + world.partition() + ":sts::" + account.id() + ":assumed-role/" + roleName + "/direct";
        if (role == null || !account.active()) {
            throw ServiceError.denied(
                    world.management().id(),
                    "sts:AssumeRole",
                    "arn:" + world.partition() + ":iam::" + account.id() + ":role/" + roleName,
                    "");
        }
        String id = role.id(account.id()) + ":direct";
        return caller(account, role, narrowed, new Temporary("", "", "", Instant.MAX, arn, id));
    }

    /** Whether it is a session that has ended. */
    public boolean ended(String keyId, Instant wall) {
        Session session = open.get(keyId);
        return session != null && !session.credentials().ends().isAfter(wall);
    }
}
