package io.keyturn.app.words;

import io.keyturn.core.assess.Owner;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where owners see their keys, and say what is to be said about them. */
public interface Links {
    /** No page is served. */
    Links NONE = owner -> null;

    /** The page of that owner alone; null where there is none. */
    @Nullable
    URI of(Owner owner);
}
