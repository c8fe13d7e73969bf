package io.keyturn.app.presets;

import java.util.List;
import java.util.Map;

/**
 * An earlier tool that Keyturn stands in for: it reads that tool's own settings and says what they mean as an ordinary
 * configuration. It has no way of its own through accounts and keys.
 */
public interface Preset {
    /** Its word on the command line and in {@code KEYTURN_PRESET}. */
    String name();

    /**
     * What the tool's settings mean.
     *
     * @param environment the tool's, as its users set it
     * @param arguments of its command line
     * @throws BadSettings with all that is wrong
     */
    Translation translate(Map<String, String> environment, List<String> arguments) throws BadSettings;
}
