package io.keyturn.engine.apply;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The flag that every worker looks at before each change. One that cannot be read counts as set. */
public final class StopFlag {
    private static final String NAME = "stop";

    private final JournalStore store;
    private final @Nullable Long stages;
    private final Supplier<Optional<String>> besides;

    public StopFlag(JournalStore store) {
        this.store = store;
        this.stages = null;
        this.besides = Optional::empty;
    }

    /**
     * A flag that is also raised for whoever judges by stages that were lowered since.
     *
     * @param stages where the mark of the stages stood before they were read
     */
    public StopFlag(JournalStore store, long stages) {
        this(store, stages, Optional::empty);
    }

    /**
     * The same, raised by something else as well.
     *
     * @param besides why nothing more may be begun, whatever the store says; asked before each change
     */
    public StopFlag(JournalStore store, long stages, Supplier<Optional<String>> besides) {
        this.store = store;
        this.stages = stages;
        this.besides = besides;
    }

    /** Why everything is stopped; empty where it is not. */
    public Optional<String> raised() {
        Optional<String> here = besides.get();
        if (here.isPresent()) {
            return here;
        }
        try {
            Optional<String> stop = store.register(NAME).map(Register::value).filter(why -> !why.isEmpty());
            return stop.isEmpty() && stages != null && new StageMark(store).now() != stages
                    ? Optional.of("a stage was lowered since this was planned; the next run judges by it")
                    : stop;
        } catch (StoreFailure e) {
            return Optional.of("the stop flag cannot be read: " + e.problem().sentence());
        }
    }

    /** Raises it; {@code why} names who and why. */
    public void raise(String why) throws StoreFailure {
        if (why.isBlank()) {
            throw new IllegalArgumentException("a stop has a reason");
        }
        set(why);
    }

    /** Lowers it. */
    public void lower() throws StoreFailure {
        set("");
    }

    private void set(String value) throws StoreFailure {
        while (true) {
            try {
                store.write(NAME, store.register(NAME).map(Register::version).orElse(0L), value);
                return;
            } catch (StoreFailure e) {
                // Somebody else set it at the same instant; the last one to ask wins.
                if (e.kind() != StoreFailure.Kind.CONFLICT) {
                    throw e;
                }
            }
        }
    }
}
