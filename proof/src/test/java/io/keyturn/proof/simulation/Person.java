package io.keyturn.proof.simulation;

/** How the owner of the keys lives. */
enum Person {
    /** Installs a successor the day after hearing of it, and leaves the old key. */
    INSTALLS,
    /** Installs a successor an hour before each run as soon as its secret lies there, told or not, as programs do. */
    FETCHES,
    /** Goes on with the old key whatever is said. */
    IGNORES,
    /** Installs the successor and goes on with the old key too. */
    USES_BOTH,
    /** Deletes the successor as soon as it is there. */
    DELETES_SUCCESSOR,
    /** Switches the successor off as soon as it is there. */
    SWITCHES_SUCCESSOR_OFF,
    /** Installs the successor and deletes the old key at once. */
    DELETES_OLD,
    /** Uses no key at all. */
    IS_AWAY,
    /** Makes a key of its own after hearing of the old one, where there is room for it, and works with both. */
    MAKES_ANOTHER,
    /** Gives itself the tag that spares its keys as soon as the successor is there. */
    SPARES_ITSELF,
    /** Names somebody else as the owner as soon as the successor is there. */
    CHANGES_OWNER,
    /** Installs the successor and switches the old key off at once. */
    SWITCHES_OLD_OFF,
    /** Installs the successor, and switches the old key on again whenever it is off. */
    SWITCHES_OLD_ON
}
