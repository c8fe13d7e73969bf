package io.keyturn.sandbox.fault;

/** A call got no answer, or one that says it failed; whether it took effect is another matter. */
public final class Struck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fate.Kind kind;

    Struck(Fate.Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    public Fate.Kind kind() {
        return kind;
    }
}
