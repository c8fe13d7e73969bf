package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.engine.port.Leave;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Finds out whether a key that is about to be made could be switched off and deleted again. AWS is asked to simulate it;
 * where it does not answer that, both calls are made with the ID of a key that nobody has, which AWS refuses as unknown
 * to whoever may make them and as denied to everybody else. See docs/decisions/0007-the-way-back.md.
 */
final class WayBack {
    private static final String TRIED = "show that a new key could be taken back";
    private static final List<String> ACTIONS = List.of("iam:UpdateAccessKey", "iam:DeleteAccessKey");
    /** Has the form of an ID, and letters that AWS's IDs never have. */
    private static final String NO_KEY = "AKIA0WAYBACK0IS0OPEN";

    private final Account account;
    private final IamClient iam;
    private final StsClient sts;
    private final Calls calls;
    private final AwsRequestOverrideConfiguration reading;
    private final ChangeLogin changes;

    /** @param reading the credentials that the account is read with */
    WayBack(
            Account account,
            IamClient iam,
            StsClient sts,
            Calls calls,
            AwsRequestOverrideConfiguration reading,
            ChangeLogin changes) {
        this.account = account;
        this.iam = iam;
        this.sts = sts;
        this.calls = calls;
        this.reading = reading;
        this.changes = changes;
    }

    /** Why a key of the user with that ARN could not be taken back; empty where it could. */
    Optional<Problem> isOpen(Target target, String arn) throws InterruptedException {
        try {
            return simulated(arn);
        } catch (CallFailure notAnswered) {
            return tried(target);
        }
    }

    private Optional<Problem> simulated(String arn) throws CallFailure, InterruptedException {
        String principal = changes.principal(this::callerArn);
        var allowed = Simulation.ask(calls, iam, reading, principal, ACTIONS, List.of(arn));
        for (String action : ACTIONS) {
            if (!Objects.requireNonNull(allowed.get(action)).everywhere()) {
                return Optional.of(denied(action, principal, arn));
            }
        }
        return Optional.empty();
    }

    private String callerArn() throws CallFailure, InterruptedException {
        return calls.call(() -> sts.getCallerIdentity(r -> r.overrideConfiguration(reading)))
                .arn();
    }

    private Optional<Problem> tried(Target target) throws InterruptedException {
        String user = target.name().value();
        Optional<Problem> off = tried(
                ACTIONS.getFirst(),
                target,
                as -> iam.updateAccessKey(r -> r.userName(user)
                        .accessKeyId(NO_KEY)
                        .status(StatusType.INACTIVE)
                        .overrideConfiguration(as)));
        return off.isPresent()
                ? off
                : tried(
                        ACTIONS.getLast(),
                        target,
                        as -> iam.deleteAccessKey(
                                r -> r.userName(user).accessKeyId(NO_KEY).overrideConfiguration(as)));
    }

    private Optional<Problem> tried(
            String action, Target target, Function<AwsRequestOverrideConfiguration, Object> request)
            throws InterruptedException {
        AwsRequestOverrideConfiguration as;
        try {
            as = changes.as(calls, action, target);
        } catch (CallFailure failure) {
            return Optional.of(problem(failure.why(), failure.advice()));
        }
        return switch (calls.once(() -> request.apply(as), Leave.GIVEN)) {
            case Once.Answered<Object> answered -> Optional.empty();
            case Once.Refused<Object>(CallFailure why) ->
                why.getCause() instanceof AwsServiceException && why.code().startsWith("NoSuchEntity")
                        ? Optional.empty()
                        : Optional.of(problem(action + ": " + why.why(), why.advice()));
            case Once.InDoubt<Object>(CallFailure why, boolean unwell) ->
                Optional.of(problem(action + ": " + why.why(), why.advice()));
        };
    }

    private Problem denied(String action, String principal, String arn) {
        return problem(
                "AWS says that " + principal + " may not " + action + " on " + arn,
                "allow " + String.join(" and ", ACTIONS) + " there; keyturn iam-policy writes the statement");
    }

    private Problem problem(String why, String advice) {
        return new Problem(TRIED, Access.label(account), why, advice);
    }
}
