package io.keyturn.adapters.aws.rotator;

import static io.keyturn.adapters.aws.rotator.Tagged.NOW;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.Secret;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One user whose tags can be changed, or not. */
final class OneUser implements LiveAccount {
    User user = Tagged.user("A", Map.of());
    final List<String> calls = new ArrayList<>();
    final Deque<Answer> answers = new ArrayDeque<>();

    @Override
    public Optional<User> user(UserName name, Needs needs) {
        return Optional.of(user);
    }

    @Override
    public @Nullable Instant awsTime() {
        return NOW;
    }

    @Override
    public Answer tag(Target target, Map<String, String> tags) {
        calls.add("tag " + new TreeMap<>(tags));
        return answered(() -> retagged(held -> held.putAll(tags)));
    }

    @Override
    public Answer untag(Target target, Set<String> tags) {
        calls.add("untag " + new TreeSet<>(tags));
        return answered(() -> retagged(held -> tags.forEach(held::remove)));
    }

    private Answer answered(Runnable effect) {
        Answer answer = answers.isEmpty() ? new Answer.Done() : answers.removeFirst();
        if (answer instanceof Answer.Done) {
            effect.run();
        }
        return answer;
    }

    private void retagged(Consumer<Map<String, String>> how) {
        Map<String, String> tags = new HashMap<>(user.tags().orElse(Map.of()));
        how.accept(tags);
        user = Tagged.with(user, Fact.known(tags, NOW));
    }

    /** Without the owner's. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>(user.tags().orElse(Map.of()));
        tags.remove("email");
        return tags;
    }

    @Override
    public Answer setActive(Target target, boolean active, Leave leave) {
        throw new AssertionError("the ledger changes no key");
    }

    @Override
    public Answer delete(Target target, Leave leave) {
        throw new AssertionError("the ledger changes no key");
    }

    @Override
    public Made create(Target target, Leave leave) {
        throw new AssertionError("the ledger changes no key");
    }

    @Override
    public Optional<Problem> wayBack(Target target, String arn) {
        throw new AssertionError("the ledger changes no key");
    }

    @Override
    public Trial tryOut(Target made, Secret secret) {
        throw new AssertionError("the ledger changes no key");
    }
}
