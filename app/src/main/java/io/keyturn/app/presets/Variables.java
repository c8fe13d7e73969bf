package io.keyturn.app.presets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The environment of a tool, read variable by variable; all that is wrong is gathered. An empty one counts as unset. */
final class Variables {
    private static final Pattern DAYS = Pattern.compile("[0-9]{1,5}");

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The text of a variable; empty where it is unset. */
    Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The first of two spellings of one variable; a problem where both are set and differ. */
    Optional<String> either(String name, String alias) {
        Optional<String> first = text(name);
        Optional<String> second = text(alias);
        if (first.isPresent() && second.isPresent() && !first.equals(second)) {
            problem(name + " is \"" + first.get() + "\" and " + alias + " is \"" + second.get()
                    + "\", and both mean the same; set one of them");
        }
        return first.or(() -> second);
    }

    /** A number of days; {@code fallback} where {@code text} is empty, and where it is wrong. */
    int days(String name, Optional<String> text, int fallback) {
        if (text.isEmpty()) {
            return fallback;
        }
        if (!DAYS.matcher(text.get()).matches()) {
            problem(name + ": \"" + text.get() + "\" is not a whole number of days; write for example " + fallback);
            return fallback;
        }
        return Integer.parseInt(text.get());
    }

    /** A switch; off where it is unset, and where it is wrong. */
    boolean truth(String name) {
        String text = text(name).orElse("false").toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            problem(name + ": \"" + text(name).orElse("") + "\" is neither True nor False; write True or False");
        }
        return text.equals("true");
    }

    /** What must be set for the sake of {@code why}; a problem, and empty, where it is not. */
    String needed(String name, String why) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            problem(name + " is not set, and " + why);
        }
        return text.orElse("");
    }

    /** Notes variables that are set in the wrong case: whoever wrote them believes that they are read. */
    void spelled(String... names) {
        for (String name : names) {
            environment.keySet().stream()
                    .filter(set -> set.equalsIgnoreCase(name) && !set.equals(name))
                    .filter(set -> text(set).isPresent() && text(name).isEmpty())
                    .sorted()
                    .forEach(set -> remarks.add(set + " is set and not read: the name is " + name));
        }
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    void remark(String sentence) {
        remarks.add(sentence);
    }

    /** What a person should know, and what holds nobody up. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** @throws BadSettings with all that is wrong, where anything is */
    void check() throws BadSettings {
        if (!problems.isEmpty()) {
            problems.addAll(remarks);
            throw new BadSettings(problems);
        }
    }
}
