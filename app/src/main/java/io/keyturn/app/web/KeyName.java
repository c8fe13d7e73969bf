package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.engine.catalog.SeenPlan;

/** How people know a key, and where its page is. */
record KeyName(String address, String user, String four) {
    static KeyName of(SeenPlan.Row row) {
        CredentialId id = row.credential();
        KeyId key = id.keyId();
        return new KeyName(
                "/keys/" + row.key(), Safe.text(id.principal().display()), key == null ? "····" : key.lastFour());
    }
}
