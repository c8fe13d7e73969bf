package io.keyturn.app.presets;

import io.keyturn.core.model.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The presets there are. */
public final class Presets {
    /** Selects one where no command line does. */
    public static final String VARIABLE = "KEYTURN_PRESET";

    /** Any value stops every change and message of a preset's run. */
    public static final String STOP = "KEYTURN_STOP";

    private static final List<Preset> ALL = List.of(new Sentry(), new Sleuth(), new Keycheck(), new Rotator());

    private Presets() {}

    /**
     * The preset of that name.
     *
     * @throws BadSettings where there is none, with the nearest one
     */
    public static Preset named(String name) throws BadSettings {
        List<String> names = ALL.stream().map(Preset::name).toList();
        Optional<Preset> found =
                ALL.stream().filter(preset -> preset.name().equals(name)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        String near = Spelling.nearest(name, names);
        throw new BadSettings(List.of("there is no preset \"" + name + "\"; "
                + (near == null ? "write one of " + String.join(", ", names) : "did you mean \"" + near + "\"?")));
    }

    /** The one that the environment selects; empty where it selects none. */
    public static Optional<String> selected(Map<String, String> environment) {
        return new Variables(environment).text(VARIABLE);
    }

    /** Why nothing may be changed or sent; empty where it may. */
    public static Optional<String> stopped(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(STOP))
                .filter(value -> !value.isEmpty())
                .map(value -> STOP + " is set; unset it to go on");
    }
}
