package io.keyturn.proof.simulation;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Judges whether changes go to whom they are meant for: by the world's users as they were when they were looked at last. */
final class Aim {
    private final Life life;
    private final Board.Verdict verdict;
    /** By worker, account and name, the user as it was when that worker last asked for it since it made its plan. */
    private final Map<String, Map<String, SimUser>> looked = new HashMap<>();
    /** Keys that a plan named so far. */
    private final Set<String> planned = new TreeSet<>();

    Aim(Life life, Board.Verdict verdict) {
        this.life = life;
        this.verdict = verdict;
    }

    /** What another life's judge has seen so far. */
    Aim(Aim other, Life life, Board.Verdict verdict) {
        this(life, verdict);
        planned.addAll(other.planned);
    }

    /** What it remembers that bears on what it will say. */
    String memory() {
        return planned.toString();
    }

    /** A run begins. */
    void beforeRun(String worker) {
        looked.remove(worker);
    }

    /** A run has its plan. */
    void planned(String worker, Plan plan) {
        beforeRun(worker);
        plan.actions()
                .forEach(
                        action -> planned.add(String.valueOf(action.credential().keyId())));
    }

    private SimAccount account(Operation operation) {
        return Objects.requireNonNull(life.world.account(operation.account()), "an operation is in an account");
    }

    private static String whom(Operation operation) {
        return operation.account() + " " + operation.user();
    }

    /** AWS is about to be asked for something. */
    void beforeRead(String worker, Operation operation) {
        // The first that is asked of a user after whether there is one: what comes later in the same look is younger.
        if (operation.action().equals("ListAccessKeys")) {
            SimUser user = account(operation).user(String.valueOf(operation.user()));
            Map<String, SimUser> ofWorker = looked.computeIfAbsent(worker, any -> new HashMap<>());
            if (user == null) {
                ofWorker.remove(whom(operation));
            } else {
                ofWorker.put(whom(operation), user);
            }
        }
    }

    /** A change of a key is about to be sent. */
    void beforeWrite(String worker, Operation operation, Written written, Set<String> ofPeople) {
        String name = String.valueOf(operation.user());
        SimUser user = looked.getOrDefault(worker, Map.of()).get(whom(operation));
        verdict.expect(user != null, "4: a user was changed at whom nobody had looked again", name);
        Entry.Intent meant = written.lastMeant(operation.account(), name);
        if (user == null) {
            user = account(operation).user(name);
        }
        if (user == null || meant == null) {
            return;
        }
        verdict.expect(
                meant.target().user().value().equals(user.id()),
                "4: what was meant for a user is done to another one of the same name",
                name);
        KeyId key = meant.target().key();
        boolean changesWhatPeopleHold = meant.verb() == Verb.CREATE_KEY
                || (meant.verb() != Verb.REACTIVATE && key != null && ofPeople.contains(key.value()));
        verdict.expect(
                !changesWhatPeopleHold || !Spared.is(user) || !life.scenario().spares(),
                "14: a key of a user was changed whom a tag spares",
                name);
    }

    /** Keyturn has changed a key that people made. */
    void changed(String key) {
        verdict.expect(planned.contains(key), "5: a key was changed that no plan named", key);
    }
}
