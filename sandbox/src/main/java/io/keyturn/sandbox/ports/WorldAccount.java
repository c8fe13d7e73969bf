package io.keyturn.sandbox.ports;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Secret;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One account of a world: read right before a change, and changed in a session that may do just that. */
final class WorldAccount implements LiveAccount {
    private final WorldIam reads;
    private final String partition;
    private @Nullable Instant awsTime;

    WorldAccount(WorldIam reads, String partition) {
        this.reads = reads;
        this.partition = partition;
    }

    @Override
    public Optional<User> user(UserName name, Needs needs) throws ReadFailure {
        try {
            SimUser head = LiveUsers.patiently(() -> reads.of("GetUser", name.value(), user -> user));
            return Optional.of(new LiveUsers(reads, partition, needs).read(head));
        } catch (CallFailed failed) {
            if (failed.kind() == CallFailed.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw new ReadFailure(failed.problem("read the user " + name, on()), failed);
        } finally {
            heard(reads);
        }
    }

    private String on() {
        return reads.account().name() + " (" + reads.account().id() + ")";
    }

    private void heard(WorldIam iam) {
        awsTime = iam.answeredAt() == null ? awsTime : iam.answeredAt();
    }

    @Override
    public @Nullable Instant awsTime() {
        return awsTime;
    }

    /** A change. */
    private interface Change<T> {
        T make(WorldIam iam) throws CallFailed;
    }

    private <T> T change(String role, String action, Target target, Change<T> change) throws CallFailed {
        WorldIam once = reads.only(role, action, target.name().value());
        try {
            return change.make(once);
        } finally {
            heard(once);
        }
    }

    private Answer answer(CallFailed failed, String tried) {
        Problem problem = failed.problem(tried, on());
        return switch (failed.kind()) {
            case DENIED, THROTTLED, NOT_FOUND, REFUSED -> new Answer.Refused(problem);
            case SERVER_ERROR -> new Answer.InDoubt(problem, true);
            case NO_ANSWER -> new Answer.InDoubt(problem, false);
        };
    }

    private static String key(Target target) {
        KeyId key = target.key();
        if (key == null) {
            throw new IllegalArgumentException("no key is named of " + target.name());
        }
        return key.value();
    }

    /** Changes something that is there, where leave is given; what came of it. */
    private Answer changed(Leave leave, String action, String tried, Target target, Happening happening) {
        Optional<Problem> refused = leave.refused();
        if (refused.isPresent()) {
            return new Answer.Refused(refused.get());
        }
        try {
            return change(WorldAccounts.ACT, action, target, iam -> {
                happening.happen(iam);
                return new Answer.Done();
            });
        } catch (CallFailed failed) {
            return answer(failed, tried + target.name());
        }
    }

    /** What a change does. */
    private interface Happening {
        void happen(WorldIam iam) throws CallFailed;
    }

    @Override
    public Answer setActive(Target target, boolean active, Leave leave) {
        return changed(
                leave,
                "UpdateAccessKey",
                (active ? "reactivate" : "deactivate") + " a key of ",
                target,
                iam -> iam.updateAccessKey(target.name().value(), key(target), active));
    }

    @Override
    public Answer delete(Target target, Leave leave) {
        return changed(
                leave,
                "DeleteAccessKey",
                "delete a key of ",
                target,
                iam -> iam.deleteAccessKey(target.name().value(), key(target)));
    }

    @Override
    public Answer tag(Target target, Map<String, String> tags) {
        return retag("TagUser", target, held -> held.putAll(tags));
    }

    @Override
    public Answer untag(Target target, Set<String> tags) {
        return retag("UntagUser", target, held -> tags.forEach(held::remove));
    }

    private Answer retag(String action, Target target, Consumer<Map<String, String>> how) {
        return changed(
                Leave.GIVEN,
                action,
                "change the tags of ",
                target,
                iam -> iam.retag(action, target.name().value(), how));
    }

    @Override
    public Made create(Target target, Leave leave) {
        Optional<Problem> refused = leave.refused();
        if (refused.isPresent()) {
            return new Made.Not(new Answer.Refused(refused.get()));
        }
        try {
            SimKey key = change(
                    WorldAccounts.CREATE,
                    "CreateAccessKey",
                    target,
                    iam -> iam.createAccessKey(target.name().value()));
            return new Made.Key(new KeyId(key.id()), key.created(), new Secret(key.secret()));
        } catch (CallFailed failed) {
            return new Made.Not(answer(failed, "make a key for " + target.name()));
        }
    }

    @Override
    public Optional<Problem> wayBack(Target target, String arn) {
        for (String action : List.of("UpdateAccessKey", "DeleteAccessKey")) {
            try {
                reads.only(WorldAccounts.ACT, action, target.name().value())
                        .may(action, target.name().value());
            } catch (CallFailed failed) {
                return Optional.of(failed.problem("show that a new key could be taken back", on()));
            }
        }
        return Optional.empty();
    }

    @Override
    public Trial tryOut(Target made, Secret secret) {
        try {
            return reads.use(made.name().value(), key(made), secret.reveal())
                    ? new Trial.Works()
                    : new Trial.NotYet(new Problem("try the new key", on(), "AWS does not know it yet", ""));
        } catch (CallFailed failed) {
            return new Trial.NotYet(failed.problem("try the new key", on()));
        }
    }
}
