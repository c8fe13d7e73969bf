package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.app.config.Settings;
import io.keyturn.app.config.StorePlace;
import io.keyturn.app.render.JsonRenderer;
import io.keyturn.app.wiring.Demo;
import io.keyturn.app.wiring.Job;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.sandbox.http.SandboxServer;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fill the catalog, or cannot. */
@Timeout(120)
class CatalogRunTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private SandboxServer server;
    private Settings settings;

    @BeforeEach
    void serve() throws Exception {
        server = Demo.start(CLOCK);
        settings = Demo.settings(folder.resolve("keyturn.db"), CLOCK);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Job.Result scan() throws Exception {
        return new Job(settings, Demo.environment(server), CLOCK)
                .run(new JsonRenderer(new StringWriter()), entry -> true, finding -> false, false);
    }

    @Test
    void looking_leaves_no_catalog_where_there_is_no_store() throws Exception {
        scan();
        assertThat(settings.catalog()).doesNotExist();
    }

    @Test
    void a_scan_beside_a_store_fills_it_with_every_key_whatever_it_shows() throws Exception {
        SqliteJournal.open(((StorePlace.File) settings.store()).path()).close();
        Job.Result result = scan();
        assertThat(result.warning()).isEmpty();
        assertThat(settings.catalog()).hasFileName("keyturn-catalog.db");
        try (Catalog catalog = SqliteCatalog.open(settings.catalog())) {
            assertThat(catalog.keys(KeyQuery.ALL).total()).isGreaterThan(200);
            assertThat(catalog.counts(KeyQuery.ALL)).containsKeys(Standing.EXPIRED, Standing.HEALTHY);
            assertThat(catalog.plan().orElseThrow().hash())
                    .isEqualTo(result.plan().hash());
            assertThat(catalog.runs(5)).singleElement().satisfies(run -> {
                assertThat(run.command()).isEqualTo("scan");
                assertThat(run.calls()).isPositive();
            });
            assertThat(catalog.days()).hasSize(1);
        }
    }

    @Test
    void a_broken_catalog_is_a_warning_and_the_run_goes_on() throws Exception {
        SqliteJournal.open(((StorePlace.File) settings.store()).path()).close();
        Files.writeString(settings.catalog(), "this is no database ".repeat(200));
        Job.Result result = scan();
        assertThat(result.plan().actions()).isNotNull();
        assertThat(result.warning())
                .contains("could not open the file of the catalog " + settings.catalog()
                        + ": the file is damaged or no SQLite file; delete it: it is only a cache, and the next run"
                        + " fills it anew (pages and trends lack this run; nothing else depends on it)");
    }
}
