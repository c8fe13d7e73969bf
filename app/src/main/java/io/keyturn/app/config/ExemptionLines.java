package io.keyturn.app.config;

import io.keyturn.core.policy.Exemption;

/** An exemption as lines to add to the configuration, for people who review them: nothing writes them there by itself. */
public final class ExemptionLines {
    private ExemptionLines() {}

    /** The lines; where the file has {@code exemptions} already, only the second one is added. */
    public static String of(Exemption exemption) {
        return "exemptions:\n  - {user: " + Quoted.literal(exemption.user().value())
                + ", owner: " + Quoted.literal(exemption.owner())
                + ", reason: " + Quoted.literal(exemption.reason())
                + ", until: " + exemption.until() + "}\n";
    }
}
