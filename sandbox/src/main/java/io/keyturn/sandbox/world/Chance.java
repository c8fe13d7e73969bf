package io.keyturn.sandbox.world;

import java.time.Duration;

/** Chance that depends on nothing but the seed and what it is about: no counter, so that order never matters. */
public final class Chance {
    private Chance() {}

    /** 64 even bits. */
    public static long bits(long seed, Object... about) {
        long mixed = mix(seed + 0x9E3779B97F4A7C15L);
        for (Object part : about) {
            mixed = mix(mixed ^ part.hashCode());
        }
        return mixed;
    }

    /** From 0 to under 1. */
    public static double share(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** An even choice between both, to a millisecond. */
    static Duration between(Consistency.Span span, long bits) {
        long width = span.most().minus(span.least()).toMillis();
        return span.least().plusMillis(Math.round(width * share(bits)));
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long z) {
        long once = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
