package io.keyturn.proof.stores;

import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.MemoryCatalog;

class MemoryCatalogTest extends CatalogContract {
    @Override
    Catalog open() {
        return new MemoryCatalog();
    }
}
