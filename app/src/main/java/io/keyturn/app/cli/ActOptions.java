package io.keyturn.app.cli;

import io.keyturn.core.plan.Verb;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the commands that carry out a plan. */
final class ActOptions {
    @Option(
            names = "--only",
            paramLabel = "ACT",
            split = ",",
            converter = Verbs.class,
            description = {
                "Take only these actions: remind, close-notice, open-ticket, close-ticket, create-key, deliver-secret,",
                "deactivate, brownout, reactivate, delete."
            })
    private List<Verb> only = List.of();

    /** What a plan may hold; the rest of the words are of the journal. */
    private static final Set<Verb> PLANNED =
            EnumSet.complementOf(EnumSet.of(Verb.CLEAR_SECRET, Verb.FREEZE, Verb.THAW));

    /** Which actions may be taken. */
    Set<Verb> verbs() {
        return only.isEmpty() ? EnumSet.allOf(Verb.class) : EnumSet.copyOf(only);
    }

    /** Reads the words of actions. */
    static final class Verbs implements ITypeConverter<Verb> {
        @Override
        public Verb convert(String word) {
            for (Verb verb : PLANNED) {
                if (verb.label().equals(word)) {
                    return verb;
                }
            }
            throw new TypeConversionException("no action is called \"" + word + "\"; there are "
                    + PLANNED.stream().map(Verb::label).collect(Collectors.joining(", ")));
        }
    }
}
