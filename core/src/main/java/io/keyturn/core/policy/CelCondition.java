package io.keyturn.core.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.keyturn.core.model.FactName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition in CEL. What it touches and is not known, and what fails while it is evaluated, makes it undecided; a
 * part that does not matter to the result ({@code true || unknown}) does not.
 */
public final class CelCondition implements Condition {
    /** How the library says what failed: with the column, counted from 0. */
    private static final Pattern FAILURE =
            Pattern.compile("evaluation error at [^:]*:(?<column>\\d+): (?<what>.*)", Pattern.DOTALL);

    /** How it says that a map lacks a key, after a bracket; after a dot it says the key alone. */
    private static final Pattern ABSENT = Pattern.compile("key '(?<key>.*)' is not present in map\\.", Pattern.DOTALL);

    private final String source;
    private final CelAbstractSyntaxTree ast;
    private final Set<Attribute> attributes;
    private final Set<FactName> needs;
    private final boolean mentionsKey;
    private final @Nullable VerdictMemory memory;
    private volatile CelRuntime.@Nullable Program program;

    private CelCondition(String source, CelEngine.Checked checked) {
        this.source = source;
        this.ast = checked.ast();
        this.attributes = checked.attributes();
        this.needs = Set.copyOf(Attribute.factsOf(attributes));
        this.mentionsKey = attributes.stream().anyMatch(a -> a.root().equals("key"));
        this.memory = VerdictMemory.fitting(attributes);
    }

    /**
     * Reads and checks a condition; the first use of this loads the CEL library.
     *
     * @throws ConditionProblem where it does not parse, is not of type bool, or names what does not exist
     */
    public static CelCondition compile(String source) throws ConditionProblem {
        return new CelCondition(source, CelEngine.check(source));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Set<FactName> needs() {
        return needs;
    }

    @Override
    public boolean mentionsKey() {
        return mentionsKey;
    }

    /** Whether it mentions {@code key.id}, which a credential report does not tell. */
    public boolean mentionsKeyId() {
        return attributes.contains(Attribute.KEY_ID);
    }

    @Override
    public Verdict test(Subject subject) {
        return memory == null ? evaluate(subject) : memory.recall(subject, this::evaluate);
    }

    @Override
    public List<SeenValue> seen(Subject subject) {
        return attributes.stream()
                .sorted()
                .map(attribute -> seen(attribute, subject))
                .toList();
    }

    private static SeenValue seen(Attribute attribute, Subject subject) {
        try {
            Object value = SubjectValues.value(attribute, subject);
            String text = value instanceof Duration time ? time.toDays() + " d" : value.toString();
            return new SeenValue(attribute.dotted(), text, true);
        } catch (NotKnown e) {
            return new SeenValue(attribute.dotted(), e.why(), false);
        }
    }

    private Verdict evaluate(Subject subject) {
        Lookup lookup = new Lookup(subject);
        try {
            Object result = program().eval(name -> lookup.find(name));
            return switch (result) {
                case Boolean matches -> matches ? Verdict.MATCHES : Verdict.DOES_NOT_MATCH;
                default -> lookup.undecided("it answered neither true nor false");
            };
        } catch (CelEvaluationException | RuntimeException e) {
            return lookup.undecided(why(e));
        }
    }

    private static String why(Exception failure) {
        String what = String.valueOf(failure.getMessage());
        String where = "";
        Matcher told = FAILURE.matcher(what);
        if (told.matches()) {
            what = told.group("what");
            where = " at character " + (Integer.parseInt(told.group("column")) + 1);
        }
        if (failure instanceof CelEvaluationException e && e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
            Matcher absent = ABSENT.matcher(what);
            String key = absent.matches() ? absent.group("key") : what;
            return "it fails" + where + ", there is no \"" + key + "\" (of a tag that may be absent, ask tag(\"" + key
                    + "\"), which is \"\" then)";
        }
        return "it fails" + where + ": " + what;
    }

    private CelRuntime.Program program() {
        CelRuntime.Program ready = program;
        if (ready == null) {
            ready = CelEngine.program(ast);
            program = ready;
        }
        return ready;
    }

    @Override
    public String toString() {
        return source;
    }

    /** Answers the names of one evaluation, and keeps the first that could not be answered. */
    private static final class Lookup {
        private final Subject subject;
        private @Nullable String missing;

        Lookup(Subject subject) {
            this.subject = subject;
        }

        Optional<Object> find(String name) {
            Attribute attribute = Attribute.of(name);
            if (attribute == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(SubjectValues.value(attribute, subject));
            } catch (NotKnown e) {
                if (missing == null) {
                    missing = e.why();
                }
                // CEL reads an absent variable as an error that only matters where the result depends on it.
                return Optional.empty();
            }
        }

        Verdict undecided(String otherwise) {
            return new Verdict.Undecided(missing == null ? otherwise : missing, missing == null);
        }
    }
}
