package io.keyturn.engine.apply;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever was told of an account's keys that nobody need do anything about them any more: once, and never again
 * after a crash or a lost answer, for that it was said late or not at all harms nobody.
 */
final class NoticeCloser {
    private final Tools tools;
    private final HeldAccount held;

    NoticeCloser(Tools tools, HeldAccount held) {
        this.tools = tools;
        this.held = held;
    }

    /** A key that was looked at again, and is settled still. */
    private record Ended(
            Action.CloseNotice action,
            Recheck.Answer.@Nullable Yes seen,
            Entry.Intent intent,
            List<Entry.Notice> said) {
        KeyId key() {
            return Objects.requireNonNull(action.credential().keyId());
        }
    }

    /** One message of several keys, as all of its readers know it. */
    private record Thread(
            String channel, String recipient, @Nullable String reference) {
        static Thread of(Entry.Notice notice) {
            return new Thread(notice.channel(), notice.recipient(), notice.reference());
        }
    }

    void close(List<Action.CloseNotice> due, String plan, Consumer<Outcome> sink)
            throws StoreFailure, InterruptedException {
        List<Ended> ended = new ArrayList<>();
        for (Action.CloseNotice action : due) {
            look(action, plan, sink).ifPresent(ended::add);
        }
        if (ended.isEmpty()) {
            return;
        }
        try {
            held.scribe().intend(ended.stream().map(Ended::intent).toList());
        } catch (StoreFailure e) {
            ended.forEach(one ->
                    sink.accept(new Outcome.NotTried(one.action(), e.problem().sentence())));
            if (e.kind() == StoreFailure.Kind.CONFLICT || e.kind() == StoreFailure.Kind.FENCED) {
                return;
            }
            throw e;
        }
        Map<Ended, List<Sending>> sendings = tell(ended);
        List<Entry> entries = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        sendings.forEach((one, some) -> outcomes.add(settle(one, some, entries)));
        held.scribe().record(entries);
        outcomes.forEach(sink);
    }

    /** Empty where it is not told now; the sink knows why. */
    private Optional<Ended> look(Action.CloseNotice action, String plan, Consumer<Outcome> sink)
            throws InterruptedException {
        Optional<String> stop = tools.stop().raised();
        if (stop.isPresent()) {
            sink.accept(new Outcome.NotTried(action, "everything is stopped: " + stop.get()));
            return Optional.empty();
        }
        List<Entry.Notice> said = held
                .past()
                .openNotices(Objects.requireNonNull(action.credential().keyId()))
                .stream()
                .filter(this::isToEnd)
                .toList();
        if (said.isEmpty()) {
            sink.accept(new Outcome.Skipped(action, "that was said already"));
            return Optional.empty();
        }
        try {
            return switch (held.recheck().ask(action)) {
                case Recheck.Answer.Closed(Action.CloseNotice now, Recheck.Answer.Yes seen) ->
                    Optional.of(new Ended(now, seen, intent(said.getLast().target(), plan), said));
                case Recheck.Answer.No(String why) -> {
                    sink.accept(new Outcome.Skipped(action, why));
                    yield Optional.empty();
                }
                case Recheck.Answer.Yes other -> throw new IllegalStateException("it is no step of a key");
                case Recheck.Answer.Over other -> throw new IllegalStateException("it is no ticket");
            };
        } catch (ReadFailure e) {
            sink.accept(new Outcome.Failed(action, e.problem()));
            return Optional.empty();
        }
    }

    /** What was announced and came as it was needs no further word to those who hear of ends only else. */
    private boolean isToEnd(Entry.Notice notice) {
        return !Objects.requireNonNull(notice.closing()).onlyIfWithdrawn()
                || tools.clock().instant().isBefore(notice.due());
    }

    private Entry.Intent intent(Target target, String plan) {
        return new Entry.Intent(tools.stamp(), tools.ids().get(), Verb.CLOSE_NOTICE, target, List.of(), plan);
    }

    /** One message to each reader of each thread; what came of them, for each key. */
    private Map<Ended, List<Sending>> tell(List<Ended> ended) throws InterruptedException {
        Map<Thread, List<Ended>> threads = new LinkedHashMap<>();
        Map<Ended, List<Sending>> sendings = new LinkedHashMap<>();
        for (Ended one : ended) {
            sendings.put(one, new ArrayList<>());
            one.said().stream()
                    .collect(Collectors.toMap(
                            // Who heard of the key in several threads hears of its end in the last.
                            notice -> List.of(notice.channel(), notice.recipient()),
                            Thread::of,
                            (first, last) -> last,
                            LinkedHashMap::new))
                    .values()
                    .forEach(thread -> threads.computeIfAbsent(thread, any -> new ArrayList<>())
                            .add(one));
        }
        Set<KeyId> keys = ended.stream().map(Ended::key).collect(Collectors.toSet());
        for (Map.Entry<Thread, List<Ended>> entry : threads.entrySet()) {
            Sending sending = tell(entry.getKey(), entry.getValue(), keys);
            entry.getValue()
                    .forEach(one -> Objects.requireNonNull(sendings.get(one)).add(sending));
        }
        return sendings;
    }

    private Sending tell(Thread thread, List<Ended> ended, Set<KeyId> keys) throws InterruptedException {
        Entry.Intent first = ended.getFirst().intent();
        List<String> whole = ended.stream()
                .flatMap(one -> one.said().stream())
                .filter(notice -> notice.channel().equals(thread.channel())
                        && notice.recipient().equals(thread.recipient())
                        && held.past().isWhole(notice, keys))
                .map(Entry.Notice::reference)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Owner owner =
                new Owner(thread.recipient().isEmpty() ? thread.channel() : thread.recipient(), "told of it before");
        List<Notice> notices = ended.stream().map(one -> notice(one, owner)).toList();
        return tools.notifier()
                .close(
                        first.id(),
                        new Notifier.Reader(thread.channel(), thread.recipient(), thread.reference(), whole),
                        owner,
                        notices,
                        held.scribe().leave(first))
                .sending();
    }

    private Notice notice(Ended one, Owner reader) {
        Account account = held.account();
        Recheck.Answer.Yes seen = one.seen();
        if (seen == null) {
            Finding finding = gone(one.action());
            return Notice.of(
                    one.action().settled(),
                    one.intent().id(),
                    account,
                    gone(one.intent().target()),
                    finding,
                    reader);
        }
        Owner owner = seen.finding().owner().orElse(reader);
        return Notice.of(one.action().settled(), one.intent().id(), account, seen.user(), seen.finding(), owner);
    }

    /** A key that is no more, as far as it is remembered. */
    private static Finding gone(Action.CloseNotice action) {
        CredentialId credential = action.credential();
        return new Finding(
                credential,
                false,
                null,
                LastUse.NOT_READ,
                null,
                Standing.INACTIVE,
                null,
                List.of(),
                Fact.notRead(),
                List.of(),
                List.of());
    }

    private User gone(Target target) {
        String arn = target.name().value();
        return new User(
                target.name(),
                target.user(),
                arn,
                "/",
                tools.clock().instant(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
    }

    /** Said once is said: it is tried again only where surely nobody heard it, and somebody still may. */
    private Outcome settle(Ended one, List<Sending> sendings, List<Entry> entries) {
        Optional<Problem> doubt = problem(sendings, Sending.InDoubt.class);
        Optional<Problem> refused = problem(sendings, Sending.Refused.class);
        boolean said = doubt.isPresent() || sendings.stream().anyMatch(Sending.Taken.class::isInstance);
        if (!said && refused.isPresent()) {
            entries.add(outcome(one, Entry.Result.FAILED, refused.get().why()));
            return new Outcome.Failed(one.action(), refused.get());
        }
        Optional<Problem> problem = doubt.or(() -> refused).or(() -> problem(sendings, Sending.Unreachable.class));
        entries.add(
                outcome(one, Entry.Result.DONE, problem.map(Problem::sentence).orElse("")));
        return doubt.<Outcome>map(why -> new Outcome.InDoubt(one.action(), why))
                .orElseGet(() -> new Outcome.Done(one.action()));
    }

    private Entry.Outcome outcome(Ended one, Entry.Result result, String why) {
        return Entry.Outcome.of(tools.stamp(), one.intent(), result, why);
    }

    private static Optional<Problem> problem(List<Sending> sendings, Class<? extends Sending> of) {
        return sendings.stream()
                .filter(of::isInstance)
                .map(sending -> switch (sending) {
                    case Sending.Unreachable(Problem problem) -> problem;
                    case Sending.Refused(Problem problem) -> problem;
                    case Sending.InDoubt(Problem problem) -> problem;
                    case Sending.Taken taken -> throw new IllegalArgumentException("what was taken is no problem");
                })
                .findFirst();
    }
}
