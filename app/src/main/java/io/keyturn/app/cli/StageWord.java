package io.keyturn.app.cli;

import io.keyturn.core.model.Spelling;
import io.keyturn.core.policy.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a stage as the configuration writes it, such as {@code notify}. */
final class StageWord implements ITypeConverter<Stage> {
    private static final List<String> WORDS =
            Arrays.stream(Stage.values()).map(Stage::label).toList();

    @Override
    public Stage convert(String word) {
        return find(word).orElseThrow(() -> new TypeConversionException(whyNot(word)));
    }

    /** The stage of that name, in whatever case; empty where there is none. */
    static Optional<Stage> find(String word) {
        return Arrays.stream(Stage.values())
                .filter(stage -> stage.label().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** What is wrong with a word that is no stage, and what may be meant. */
    static String whyNot(String word) {
        String near = Spelling.nearest(word, WORDS);
        return "\"" + word + "\" is no stage; "
                + (near == null ? "there are " + String.join(", ", WORDS) : "did you mean \"" + near + "\"?");
    }
}
