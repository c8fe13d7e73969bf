package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.S3Anchors;
import io.keyturn.app.config.Settings;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Anchor;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the journal. */
public final class HistoryJob {
    private final Settings settings;
    private final Map<String, String> environment;

    public HistoryJob(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
    }

    /** Every line that fits, stream by stream; none where there is no journal yet. */
    public void find(Query query, Consumer<Line> sink) throws StoreFailure {
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isPresent()) {
            try (JournalStore store = there.get()) {
                store.find(query, sink);
            }
        }
    }

    /** An anchor that was made. */
    public record Anchored(String name, Anchor anchor, Instant until) {}

    /**
     * Keeps the last line of every stream where whoever runs this cannot change it, once all chains are verified: what was
     * damaged before is not to be vouched for.
     *
     * @param folder such as {@code s3://anchors/production}
     */
    public Anchored anchor(String folder, Duration keep, InstantSource clock) throws StoreFailure {
        verify((stream, head) -> {});
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isEmpty()) {
            throw new StoreFailure(
                    StoreFailure.Kind.UNAVAILABLE,
                    new Problem("anchor the journal", settings.store().toString(), "there is none yet", "run first"));
        }
        try (JournalStore store = there.get();
                S3Anchors anchors = new S3Anchors(folder, environment)) {
            Anchor anchor = Anchor.of(store, now);
            String name = now.toString().replace(':', '-') + ".json";
            return new Anchored(anchors.keep(name, anchor.json(), now.plus(keep)), anchor, now.plus(keep));
        } catch (ReadFailure e) {
            throw new StoreFailure(StoreFailure.Kind.UNAVAILABLE, e.problem(), e);
        }
    }

    /** Told of each anchor that the journal agrees with. */
    public interface Agreed {
        /**
         * One more.
         *
         * @param lockedUntil null where it could have been changed at any time, so that it proves nothing
         */
        void anchor(String name, Anchor anchor, @Nullable Instant lockedUntil);
    }

    /**
     * Holds the journal, whose chains are verified already, against every anchor in a folder.
     *
     * @throws StoreFailure naming the first line that is another one than was anchored
     */
    public void compare(String folder, Agreed sink) throws StoreFailure {
        List<S3Anchors.Kept> kept = new ArrayList<>();
        try (S3Anchors anchors = new S3Anchors(folder, environment)) {
            anchors.each(kept::add);
        } catch (ReadFailure e) {
            throw new StoreFailure(StoreFailure.Kind.UNAVAILABLE, e.problem(), e);
        }
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        try (JournalStore store = there.orElse(null)) {
            for (S3Anchors.Kept one : kept) {
                Anchor anchor = Anchor.parse(one.text())
                        .orElseThrow(() -> new StoreFailure(
                                StoreFailure.Kind.DAMAGED,
                                new Problem(
                                        "read the anchor",
                                        one.name(),
                                        "it is none of Keyturn's",
                                        "keep nothing else in that folder")));
                anchor.check(store, one.name());
                sink.anchor(one.name(), anchor, one.lockedUntil());
            }
        }
    }

    /** Told of each stream that was verified. */
    public interface Verified {
        void stream(String name, Head head);
    }

    /**
     * Follows the chain of every stream from its first line to its head.
     *
     * @throws StoreFailure naming the first line that cannot be trusted
     */
    public void verify(Verified sink) throws StoreFailure {
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isPresent()) {
            try (JournalStore store = there.get()) {
                for (String stream : store.streams()) {
                    sink.stream(
                            stream,
                            AccountJournal.open(store, stream, entry -> {}).head());
                }
            }
        }
    }
}
