package io.keyturn.core.policy;

import java.util.Locale;

/** A rung of a policy's ladder. */
public enum Step {
    REMIND(Stage.NOTIFY),
    TICKET(Stage.NOTIFY),
    ROTATE(Stage.ROTATE),
    DEACTIVATE(Stage.ENFORCE),
    DELETE(Stage.ENFORCE);

    private final Stage stage;

    Step(Stage stage) {
        this.stage = stage;
    }

    /** The lowest stage at which this step is taken. */
    public Stage stage() {
        return stage;
    }

    /** Whether it only speaks and changes no key. */
    public boolean speaksOnly() {
        return stage == Stage.NOTIFY;
    }

    /** The word in JSON, command line and configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
