package io.keyturn.engine.tell;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The alarms of leaked keys that were raised and not seen to end. They are remembered before they are raised, so that each
 * is ended, whoever was or was not told of the key, and whatever became of its user.
 */
public final class RaisedAlarms {
    private static final String NAME = "alarms";

    private final JournalStore store;

    public RaisedAlarms(JournalStore store) {
        this.store = store;
    }

    /** The keys of those that stand. */
    public Set<String> all() throws StoreFailure {
        return names(store.register(NAME).map(Register::value).orElse(""));
    }

    /** One is about to be raised. */
    public void raised(String key) throws StoreFailure {
        change(names -> names.add(key));
    }

    /** It ended. */
    public void ended(String key) throws StoreFailure {
        change(names -> names.remove(key));
    }

    private void change(Predicate<Set<String>> change) throws StoreFailure {
        while (true) {
            Register found = store.register(NAME).orElse(new Register(NAME, 0, ""));
            Set<String> names = names(found.value());
            if (!change.test(names)) {
                return;
            }
            try {
                store.write(NAME, found.version(), String.join("\n", names));
                return;
            } catch (StoreFailure e) {
                // Another worker changed it at the same instant: what it wrote is read, and kept.
                if (e.kind() != StoreFailure.Kind.CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private static Set<String> names(String value) {
        Set<String> names = new TreeSet<>();
        value.lines().filter(name -> !name.isEmpty()).forEach(names::add);
        return names;
    }
}
