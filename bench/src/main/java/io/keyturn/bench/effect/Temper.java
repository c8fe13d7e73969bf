package io.keyturn.bench.effect;

import java.util.Random;

/** How whoever owns a key lives. */
enum Temper {
    /** Does what is asked in a day or three. */
    PROMPT(1.0, 1, 3),
    /** Heeds one message in three, and takes a week or two. */
    SLOW(0.34, 4, 14),
    /** Away for three to six weeks twice in the year; prompt otherwise. */
    ABSENT(1.0, 1, 3),
    /** Left the company; nothing uses the key. */
    GONE(0, 0, 0),
    /** Left the company; a job that nobody remembers goes on with the key. */
    FORGOTTEN(0, 0, 0),
    /** A team that installs keys when it next deploys. */
    MACHINE(0.5, 3, 14),
    /** A job that runs once a month; its team as that of a machine. */
    MONTHLY(0.5, 3, 14);

    private final double heeds;
    private final int soonest;
    private final int latest;

    Temper(double heeds, int soonest, int latest) {
        this.heeds = heeds;
        this.soonest = soonest;
        this.latest = latest;
    }

    boolean heeds(Random chance) {
        return chance.nextDouble() < heeds;
    }

    /** Days from reading to doing. */
    int delay(Random chance) {
        return soonest + chance.nextInt(latest - soonest + 1);
    }

    boolean isMachine() {
        return this == MACHINE || this == MONTHLY;
    }

    /** Whether anybody reads what is sent. */
    boolean reads() {
        return this != GONE && this != FORGOTTEN;
    }
}
