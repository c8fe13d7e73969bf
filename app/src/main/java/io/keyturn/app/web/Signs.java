package io.keyturn.app.web;

import io.keyturn.app.metrics.CatalogMetrics;
import io.keyturn.engine.port.StoreFailure;
import java.util.Map;

/** Signs of life for machines. */
final class Signs {
    private final Site site;

    Signs(Site site) {
        this.site = site;
    }

    /** Whether pages can be answered: the catalog is there, and says something. */
    static Reply ready(Site site) {
        try {
            site.catalog().runs(1);
            return Reply.text(200, "ready\n");
        } catch (StoreFailure e) {
            return Reply.text(503, "not ready: the catalog does not answer\n");
        }
    }

    Reply metrics(Call call) throws StoreFailure {
        String text = CatalogMetrics.text(
                site.catalog().accounts(),
                site.catalog().runs(1).stream().findFirst(),
                site.stopped().isPresent());
        Reply plain = Reply.text(200, text);
        return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", plain.body(), Map.of());
    }
}
