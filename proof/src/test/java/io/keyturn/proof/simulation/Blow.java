package io.keyturn.proof.simulation;

import io.keyturn.sandbox.fault.Fate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can befall one call to the outside. */
enum Blow {
    NONE(null),
    DENIED(Fate.Kind.ACCESS_DENIED),
    THROTTLED(Fate.Kind.THROTTLED),
    ERROR_BEFORE(Fate.Kind.ERROR_BEFORE),
    ERROR_AFTER(Fate.Kind.ERROR_AFTER),
    DROPPED_BEFORE(Fate.Kind.DROPPED_BEFORE),
    DROPPED_AFTER(Fate.Kind.DROPPED_AFTER),
    LATE_LANDING(Fate.Kind.LATE_LANDING),
    STALE(Fate.Kind.STALE),
    EMPTY_PAGE(Fate.Kind.EMPTY_PAGE),
    SHORT_PAGE(Fate.Kind.SHORT_PAGE),
    /** The answer comes when the lease has ended. */
    SLOW(Fate.Kind.SLOW),
    /** The process dies before the call. */
    KILLED_BEFORE(null),
    /** The process dies when the call has had its effect. */
    KILLED_AFTER(null);

    private final Fate.@Nullable Kind kind;

    Blow(Fate.@Nullable Kind kind) {
        this.kind = kind;
    }

    Fate.Kind kind() {
        return kind == null ? Fate.Kind.OK : kind;
    }

    /** What kind of outside a call goes to. */
    enum Place {
        AWS_READ,
        AWS_WRITE,
        STORE_READ,
        STORE_WRITE,
        MESSAGE,
        SINK,
        DESK_READ,
        DESK_WRITE,
        ALARM
    }

    /** What befalls reads beside that: throttled as often as they are tried, and an answer that comes late. */
    static final List<Blow> OF_BUSY_READS = List.of(THROTTLED, SLOW);

    /** What is worth trying at such a call. */
    static List<Blow> at(Place place) {
        List<Blow> blows = new ArrayList<>(List.of(KILLED_BEFORE, KILLED_AFTER));
        switch (place) {
            case AWS_READ -> blows.addAll(List.of(DENIED, ERROR_BEFORE, DROPPED_BEFORE, STALE, EMPTY_PAGE, SHORT_PAGE));
            case AWS_WRITE ->
                blows.addAll(List.of(
                        DENIED, THROTTLED, ERROR_BEFORE, ERROR_AFTER, DROPPED_BEFORE, DROPPED_AFTER, LATE_LANDING));
            case STORE_READ -> blows.add(DROPPED_BEFORE);
            case STORE_WRITE, MESSAGE, SINK -> blows.addAll(List.of(DENIED, DROPPED_BEFORE, DROPPED_AFTER));
            case DESK_READ -> blows.addAll(List.of(DENIED, DROPPED_BEFORE, STALE));
            case DESK_WRITE ->
                blows.addAll(List.of(DENIED, ERROR_BEFORE, ERROR_AFTER, DROPPED_BEFORE, DROPPED_AFTER, LATE_LANDING));
            case ALARM ->
                blows.addAll(List.of(
                        DENIED, THROTTLED, ERROR_BEFORE, ERROR_AFTER, DROPPED_BEFORE, DROPPED_AFTER, LATE_LANDING));
        }
        return blows;
    }
}
