package io.keyturn.proof.simulation;

import org.jspecify.annotations.Nullable;

/** Deaths are ordained here, and nobody needs to read of them. */
final class Deaths {
    private static Thread.@Nullable UncaughtExceptionHandler before;

    private Deaths() {}

    static void hush() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!(thrown instanceof Killed)) {
                throw new AssertionError(thrown);
            }
        });
    }

    static void unhush() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
