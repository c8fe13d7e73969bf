package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.app.config.Settings;
import io.keyturn.app.evidence.Evidence;
import io.keyturn.app.evidence.JournalEvidence;
import io.keyturn.app.evidence.Population;
import io.keyturn.app.evidence.RunSheets;
import io.keyturn.app.evidence.Span;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers evidence: reads every account now, and takes what the journal and the catalog hold of the days asked for. */
public final class EvidenceJob {
    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Population population = new Population();
    private final Job reading;

    public EvidenceJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.reading = new Job(settings, environment, clock, TimeLimit.NONE, population);
    }

    /** Counts while it reads. */
    public Meter meter() {
        return reading.meter();
    }

    /**
     * Gathers.
     *
     * @param version of this Keyturn
     * @throws StoreFailure where the journal cannot be read or trusted: of what it says, nothing would be evidence
     */
    public Evidence run(Span span, String version) throws StoreFailure, InterruptedException {
        Instant made = clock.instant();
        Job.Result result = reading.run(population, entry -> true, finding -> true, false);
        List<String> lacking = new ArrayList<>();
        result.warning().ifPresent(lacking::add);
        JournalEvidence journal = new JournalEvidence(span);
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isPresent()) {
            try (JournalStore store = there.get()) {
                journal.read(store);
            }
            journal.beside(new TrailReading(settings, environment, clock)
                    .of(span, result.accounts(), reading.meter(), lacking));
        } else {
            lacking.add("there is no journal at " + settings.store()
                    + ": what was done, said and decided by a Keyturn that keeps another one is not here");
        }
        return new Evidence(span, made, version, settings, population, journal, runs(span, made, lacking), lacking);
    }

    private @Nullable RunSheets runs(Span span, Instant made, List<String> lacking) throws StoreFailure {
        if (!Files.exists(settings.catalog())) {
            lacking.add("no run left its counts at " + settings.catalog() + ": there is no daily series");
            return null;
        }
        try (SqliteCatalog catalog = SqliteCatalog.open(settings.catalog())) {
            return new RunSheets(catalog, span, LocalDate.ofInstant(made, ZoneOffset.UTC));
        }
    }
}
