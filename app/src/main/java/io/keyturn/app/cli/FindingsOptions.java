package io.keyturn.app.cli;

import io.keyturn.core.assess.Controls;
import io.keyturn.core.model.Spelling;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** By what findings for other systems are judged, and where these are. */
final class FindingsOptions {
    @Option(
            names = "--framework",
            paramLabel = "NAME",
            converter = Frameworks.class,
            completionCandidates = Names.class,
            description =
                    "In ocsf and asff judge keys by the controls of one of ${COMPLETION-CANDIDATES} (default: by your own"
                            + " policies).")
    @Nullable
    String framework;

    /** Their names, for help and completion. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(Controls.FRAMEWORKS);
        }
    }

    /** Reads the name of a framework. */
    static final class Frameworks implements ITypeConverter<String> {
        @Override
        public String convert(String word) {
            for (String known : Controls.FRAMEWORKS) {
                if (known.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                    return known;
                }
            }
            String near = Spelling.nearest(word, Controls.FRAMEWORKS);
            throw new TypeConversionException("\"" + word + "\" is none of " + String.join(", ", Controls.FRAMEWORKS)
                    + (near == null ? "" : "; did you mean \"" + near + "\"?"));
        }
    }

    /**
     * Refuses what would be left undone in silence.
     *
     * @param judged whether standard output is a form that frameworks mean something to
     */
    void check(boolean judged) {
        if (framework != null && !judged) {
            throw new BadConfiguration("--framework has no meaning here: it is for --output ocsf and --output asff;"
                    + " json and csv name the controls of every framework");
        }
    }

    /** The Region of the Security Hub that is to take findings. */
    static String region(Map<String, String> environment) {
        String region = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
        if (region.isBlank()) {
            throw new BadConfiguration(
                    "--output asff names the Region of the Security Hub that is to take the findings,"
                            + " and none is set: set AWS_REGION");
        }
        return region;
    }
}
