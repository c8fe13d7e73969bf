package io.keyturn.engine.run;

import io.keyturn.core.model.Fact;
import io.keyturn.core.trail.KeyUses;

/**
 * What speaks for a way that needs no key.
 *
 * @param console whether the key's user is known to sign in to the console
 * @param uses where the key is used from; not read where nobody was asked
 */
public record Clues(boolean console, Fact<KeyUses> uses) {}
