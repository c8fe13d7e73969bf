package io.keyturn.adapters.aws;

import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.Belongings;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** One account of AWS, live. */
final class AwsLiveAccount implements LiveAccount {
    private final AwsAccountReader reader;
    private final Run run;
    private final ChangeLogin changes;

    AwsLiveAccount(AwsAccountReader reader, Run run, ChangeLogin changes) {
        this.reader = reader;
        this.run = run;
        this.changes = changes;
    }

    /** The way in, for reading with a deadline of its own. */
    Access access(Needs needs) throws ReadFailure, InterruptedException {
        return reader.access(needs);
    }

    /** How it is changed. */
    ChangeLogin changes() {
        return changes;
    }

    @Override
    public Optional<User> user(UserName name, Needs needs) throws ReadFailure, InterruptedException {
        // Each reading has its own deadline: a plan of many acts may take longer than any one account's reading.
        Access access = reader.access(needs);
        LiveUsers users = new LiveUsers(access, new Problems());
        try {
            LiveUsers.Head head = users.find(name.value());
            return head == null ? Optional.empty() : Optional.ofNullable(users.read(head));
        } catch (CallFailure failure) {
            throw access.failure("read the user " + name.value(), failure);
        }
    }

    @Override
    public Belongings belongings(UserName name) throws ReadFailure, InterruptedException {
        return new BelongingReads(reader.access(new Needs(EnumSet.noneOf(FactName.class), Needs.Identify.NONE)))
                .of(name.value());
    }

    @Override
    public @Nullable Instant awsTime() {
        return run.clients().clock().latest();
    }

    @Override
    public Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException {
        String id = id(target);
        StatusType status = active ? StatusType.ACTIVE : StatusType.INACTIVE;
        return change(
                active ? "reactivate the key" : "deactivate the key",
                "iam:UpdateAccessKey",
                target,
                leave,
                as -> run.clients()
                        .iam(reader.account().partition())
                        .updateAccessKey(r -> r.userName(target.name().value())
                                .accessKeyId(id)
                                .status(status)
                                .overrideConfiguration(as)));
    }

    @Override
    public Answer delete(Target target, Leave leave) throws InterruptedException {
        String id = id(target);
        return change(
                "delete the key",
                "iam:DeleteAccessKey",
                target,
                leave,
                as -> run.clients()
                        .iam(reader.account().partition())
                        .deleteAccessKey(r -> r.userName(target.name().value())
                                .accessKeyId(id)
                                .overrideConfiguration(as)));
    }

    @Override
    public Answer tag(Target target, Map<String, String> tags) throws InterruptedException {
        List<Tag> all = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return repeated(
                "tag the user",
                "iam:TagUser",
                target,
                as -> run.clients()
                        .iam(reader.account().partition())
                        .tagUser(
                                r -> r.userName(target.name().value()).tags(all).overrideConfiguration(as)));
    }

    @Override
    public Answer untag(Target target, Set<String> tags) throws InterruptedException {
        return repeated(
                "take tags from the user",
                "iam:UntagUser",
                target,
                as -> run.clients()
                        .iam(reader.account().partition())
                        .untagUser(r ->
                                r.userName(target.name().value()).tagKeys(tags).overrideConfiguration(as)));
    }

    /** A change that is the same made twice, and so is made again where AWS throttles or fails. */
    private <T> Answer repeated(String tried, String action, Target target, Request<T> request)
            throws InterruptedException {
        try {
            // A deadline of its own, for a plan of many acts may take longer than any one account's reading.
            Calls calls = run.calls(reader.account().id());
            AwsRequestOverrideConfiguration as = changes.as(calls, action, target);
            calls.call(() -> request.send(as));
            return new Answer.Done();
        } catch (CallFailure failure) {
            Problem problem = problem(tried, target, failure);
            return failure.getCause() instanceof AwsServiceException refused && refused.statusCode() < 500
                    ? new Answer.Refused(problem)
                    : new Answer.InDoubt(problem, false);
        }
    }

    @Override
    public Made create(Target target, Leave leave) throws InterruptedException {
        Once<AccessKey> once = send(
                "iam:CreateAccessKey",
                target,
                leave,
                as -> run.clients()
                        .iam(reader.account().partition())
                        .createAccessKey(r -> r.userName(target.name().value()).overrideConfiguration(as))
                        .accessKey());
        return switch (once) {
            case Once.Answered<AccessKey>(AccessKey key) ->
                new Made.Key(
                        new KeyId(key.accessKeyId()),
                        key.createDate().truncatedTo(ChronoUnit.SECONDS),
                        new Secret(key.secretAccessKey()));
            case Once.Refused<AccessKey>(CallFailure why) ->
                new Made.Not(new Answer.Refused(problem("make a key", target, why)));
            case Once.InDoubt<AccessKey>(CallFailure why, boolean unwell) ->
                new Made.Not(new Answer.InDoubt(problem("make a key", target, why), unwell));
        };
    }

    @Override
    public Optional<Problem> wayBack(Target target, String arn) throws InterruptedException {
        Access access;
        try {
            access = reader.access(new Needs(EnumSet.noneOf(FactName.class), Needs.Identify.NONE));
        } catch (ReadFailure e) {
            return Optional.of(e.problem());
        }
        return new WayBack(
                        reader.account(),
                        access.iam(),
                        run.clients().sts(reader.account().partition()),
                        access.calls(),
                        access.as(),
                        changes)
                .isOpen(target, arn);
    }

    @Override
    public Trial tryOut(Target made, Secret secret) throws InterruptedException {
        AwsCredentials credentials = AwsBasicCredentials.create(id(made), secret.reveal());
        Once<GetCallerIdentityResponse> once = run.calls(reader.account().id())
                .once(
                        () -> run.clients()
                                .sts(reader.account().partition())
                                .getCallerIdentity(
                                        r -> r.overrideConfiguration(o -> o.credentialsProvider(() -> credentials))),
                        Leave.GIVEN);
        return switch (once) {
            case Once.Answered<GetCallerIdentityResponse>(GetCallerIdentityResponse who) -> whose(who, made);
            case Once.Refused<GetCallerIdentityResponse>(CallFailure why) ->
                new Trial.NotYet(problem("try the new key", made, why));
            case Once.InDoubt<GetCallerIdentityResponse>(CallFailure why, boolean unwell) ->
                new Trial.NotYet(problem("try the new key", made, why));
        };
    }

    private Trial whose(GetCallerIdentityResponse who, Target made) {
        boolean same = made.account().value().equals(who.account())
                && made.user().value().equals(who.userId());
        return same
                ? new Trial.Works()
                : new Trial.Wrong(new Problem(
                        "try the new key",
                        made.name().value() + " in " + Access.label(reader.account()),
                        "AWS says that it belongs to " + who.arn(),
                        "report this to AWS before anything else is made there"));
    }

    /** A request that changes something, made with the credentials it is given. */
    private interface Request<T> {
        T send(AwsRequestOverrideConfiguration as);
    }

    private <T> Answer change(String tried, String action, Target target, Leave leave, Request<T> request)
            throws InterruptedException {
        return switch (send(action, target, leave, request)) {
            case Once.Answered<T> answered -> new Answer.Done();
            case Once.Refused<T>(CallFailure why) -> new Answer.Refused(problem(tried, target, why));
            case Once.InDoubt<T>(CallFailure why, boolean unwell) ->
                new Answer.InDoubt(problem(tried, target, why), unwell);
        };
    }

    private <T> Once<T> send(String action, Target target, Leave leave, Request<T> request)
            throws InterruptedException {
        Calls calls = run.calls(reader.account().id());
        AwsRequestOverrideConfiguration as;
        try {
            as = changes.as(calls, action, target);
        } catch (CallFailure failure) {
            return new Once.Refused<>(failure);
        }
        return calls.once(() -> request.send(as), leave);
    }

    private Problem problem(String tried, Target target, CallFailure failure) {
        return new Problem(
                tried,
                target.name().value() + " in " + Access.label(reader.account()),
                failure.why(),
                failure.advice());
    }

    private static String id(Target target) {
        KeyId key = target.key();
        if (key == null) {
            throw new IllegalArgumentException("a key is changed by its ID, and " + target.name() + "'s is not named");
        }
        return key.value();
    }
}
