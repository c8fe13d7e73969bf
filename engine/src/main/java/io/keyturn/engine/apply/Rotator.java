package io.keyturn.engine.apply;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.derive.SmtpPassword;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a successor and delivers it, in an order in which no fault can lose it unseen: the sink and the way back are
 * proven first; the intent is durable before the key is made, and names the keys there were; the key is made once; its
 * secret is handed over, read back and tried before anybody is told. What did not arrive is switched off at once, and a
 * later run removes it.
 */
final class Rotator {
    private static final int HANDINGS = 3;
    /** Pauses between trials of a new key: AWS took up to 15 seconds to know one everywhere. */
    private static final List<Duration> TRIALS =
            List.of(1, 2, 4, 8, 15, 30).stream().map(Duration::ofSeconds).toList();

    private final Tools tools;
    private final Account account;
    private final LiveAccount live;
    private final Scribe scribe;
    private final Map<KeyId, Made> results = new HashMap<>();

    Rotator(Tools tools, Account account, LiveAccount live, Scribe scribe) {
        this.tools = tools;
        this.account = account;
        this.live = live;
        this.scribe = scribe;
    }

    /** @param undelivered why the new key's secret did not arrive; null where it did */
    private record Made(@Nullable Problem undelivered) {}

    /** Makes a key and delivers it; what came of the delivery is told by {@link #delivery}. */
    Outcome create(Action.CreateKey create, Recheck.Answer.Yes yes, String plan)
            throws StoreFailure, InterruptedException {
        // It was planned a moment ago, which no key is that has no rotation or is not known by its ID.
        Rotation rotation = Objects.requireNonNull(tools.planner().rotation(yes.finding()), "no policy rotates it");
        KeyId old = Objects.requireNonNull(create.credential().keyId(), "its ID is not known");
        Target target = new Target(account.id(), yes.user().id(), yes.user().name(), old);
        Owner owner = yes.finding().knownOwner();
        SecretSink.Address address =
                new SecretSink.Address(account, yes.user().name(), yes.user().id(), owner);
        try (SecretSink sink = tools.sinks().open(account, rotation)) {
            Optional<Problem> obstacle =
                    obstacle(sink, address, target, yes.user().arn(), rotation);
            if (obstacle.isPresent()) {
                return new Outcome.Failed(create, obstacle.get());
            }
            Entry.Intent intent = scribe.intend(Verb.CREATE_KEY, target, Scribe.keysOf(yes.user()), plan);
            return switch (live.create(target, scribe.leave(intent))) {
                case LiveAccount.Made.Key key -> {
                    // Where this cannot be written the run ends here, and the next one finds the key by the intent.
                    scribe.record(List.of(made(intent, key.id())));
                    SecretSink.Parcel parcel =
                            parcel(key, rotation, yes.finding().lastUse());
                    results.put(old, new Made(deliver(sink, address, target.of(key.id()), parcel, rotation)));
                    yield new Outcome.Done(create);
                }
                case LiveAccount.Made.Not(LiveAccount.Answer not) ->
                    switch (scribe.end(intent, not)) {
                        case LiveAccount.Answer.Refused(Problem problem) -> new Outcome.Failed(create, problem);
                        case LiveAccount.Answer.InDoubt doubt -> new Outcome.InDoubt(create, doubt.problem());
                        case LiveAccount.Answer.Done() ->
                            throw new IllegalStateException("a key that was made has an ID");
                    };
            };
        } catch (ReadFailure e) {
            return new Outcome.Failed(create, e.problem());
        }
    }

    /** What came of delivering the key made in the place of that one. */
    Outcome delivery(Action.DeliverSecret deliver) {
        Made one = results.get(deliver.credential().keyId());
        if (one == null) {
            return new Outcome.Skipped(deliver, "no key was made");
        }
        return one.undelivered() == null ? new Outcome.Done(deliver) : new Outcome.Failed(deliver, one.undelivered());
    }

    /** Whether the action was the delivery of a key, and arrived. */
    boolean wasDelivered(Action action) {
        return action instanceof Action.DeliverSecret deliver && delivery(deliver) instanceof Outcome.Done;
    }

    private Entry.Outcome made(Entry.Intent intent, KeyId key) {
        return new Entry.Outcome(
                tools.stamp(), intent.id(), intent.verb(), intent.target(), Entry.Result.DONE, key, null, "");
    }

    /** What is in the way, before there is anything that could be lost. */
    private Optional<Problem> obstacle(
            SecretSink sink, SecretSink.Address address, Target target, String arn, Rotation rotation)
            throws InterruptedException {
        return switch (sink.prove(address)) {
            case SecretSink.Answer.Refused(Problem problem) -> Optional.of(problem);
            case SecretSink.Answer.InDoubt(Problem problem) -> Optional.of(problem);
            case SecretSink.Answer.Confirmed confirmed -> {
                Optional<Problem> weak = weak(confirmed, rotation);
                yield weak.isPresent() ? weak : live.wayBack(target, arn);
            }
        };
    }

    private static Optional<Problem> weak(SecretSink.Answer.Confirmed confirmed, Rotation rotation) {
        return confirmed.evidence().suffices(rotation.evidence())
                ? Optional.empty()
                : Optional.of(new Problem(
                        "deliver the secret",
                        rotation.deliverTo(),
                        confirmed.evidence() == Evidence.ACKNOWLEDGED
                                ? "the sink says that it took it, and nothing can be read back"
                                : "all that is known is " + confirmed.evidence().words(),
                        "deliver to a sink that can be read back, or let that suffice: evidence: "
                                + confirmed.evidence().label()));
    }

    private SecretSink.Parcel parcel(LiveAccount.Made.Key key, Rotation rotation, LastUse oldUse) {
        Map<String, Secret> derived = rotation.also().contains(Rotation.Derived.SMTP_PASSWORD)
                ? SmtpPassword.of(key.secret(), SmtpPassword.regions(account.partition(), oldUse))
                : Map.of();
        return new SecretSink.Parcel(
                key.id(),
                key.secret(),
                derived,
                key.created(),
                tools.clock().instant().plus(SecretSink.KEPT));
    }

    /** Hands the secret over and tries the key; why it did not arrive, or null. */
    private @Nullable Problem deliver(
            SecretSink sink, SecretSink.Address address, Target of, SecretSink.Parcel parcel, Rotation rotation)
            throws StoreFailure, InterruptedException {
        Entry.Intent intent = scribe.intendOn(Verb.DELIVER_SECRET, of);
        Problem problem;
        switch (hand(sink, address, parcel)) {
            case SecretSink.Answer.Confirmed confirmed -> {
                Optional<Problem> unfit = weak(confirmed, rotation);
                if (unfit.isEmpty() && rotation.probe()) {
                    unfit = tryOut(of, parcel.secret());
                }
                if (unfit.isEmpty()) {
                    scribe.record(List.of(delivered(intent, confirmed)));
                    return null;
                }
                problem = unfit.get();
            }
            case SecretSink.Answer.Refused(Problem refused) -> problem = refused;
            case SecretSink.Answer.InDoubt(Problem doubt) -> problem = doubt;
        }
        scribe.record(intent, Entry.Result.FAILED, problem.why());
        takeBack(sink, address, of);
        return problem;
    }

    private SecretSink.Answer hand(SecretSink sink, SecretSink.Address address, SecretSink.Parcel parcel)
            throws InterruptedException {
        SecretSink.Answer answer = sink.deliver(address, parcel);
        for (int handing = 1; handing < HANDINGS && !(answer instanceof SecretSink.Answer.Confirmed); handing++) {
            tools.pause().pause(Duration.ofSeconds(handing));
            answer = sink.deliver(address, parcel);
        }
        return answer;
    }

    private Optional<Problem> tryOut(Target of, Secret secret) throws InterruptedException {
        Optional<Problem> last = Optional.empty();
        for (Duration pause : TRIALS) {
            switch (live.tryOut(of, secret)) {
                case LiveAccount.Trial.Works() -> {
                    return Optional.empty();
                }
                case LiveAccount.Trial.Wrong(Problem problem) -> {
                    return Optional.of(problem);
                }
                case LiveAccount.Trial.NotYet(Problem problem) -> last = Optional.of(problem);
            }
            tools.pause().pause(pause);
        }
        return last;
    }

    private Entry.Outcome delivered(Entry.Intent intent, SecretSink.Answer.Confirmed confirmed) {
        return new Entry.Outcome(
                tools.stamp(),
                intent.id(),
                intent.verb(),
                intent.target(),
                Entry.Result.DONE,
                null,
                confirmed.place(),
                evidence(confirmed));
    }

    private static String evidence(SecretSink.Answer.Confirmed confirmed) {
        String proof = confirmed.evidence().words();
        return confirmed.readers().isEmpty() ? proof : proof + "; " + String.join("; ", confirmed.readers());
    }

    /** A key whose secret reached nobody for certain: what is in the sink goes, and the key is switched off. */
    private void takeBack(SecretSink sink, SecretSink.Address address, Target of)
            throws StoreFailure, InterruptedException {
        clear(sink, address, of);
        if (tools.stop().raised().isEmpty()) {
            Entry.Intent intent = scribe.intendOn(Verb.DEACTIVATE, of);
            scribe.change(intent, leave -> live.setActive(of, false, leave));
        }
    }

    private void clear(SecretSink sink, SecretSink.Address address, Target of)
            throws StoreFailure, InterruptedException {
        Entry.Intent intent = scribe.intendOn(Verb.CLEAR_SECRET, of);
        Clearances.clear(scribe, intent, List.of(sink), address);
    }
}
