package io.keyturn.core.policy;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user is a person or a machine, with the sentences that say why.
 *
 * @param kind unknown where nothing speaks for either, or something for both
 * @param evidence what was seen, in sentences for people
 */
public record UserClass(Kind kind, List<String> evidence) {
    /** What a user may be. */
    public enum Kind {
        PERSON,
        MACHINE,
        UNKNOWN;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The word in conditions. */
        public String label() {
            return label;
        }
    }

    private static final List<String> TAGS = List.of("kind", "type", "Kind", "Type");
    private static final Set<String> PERSON_WORDS = Set.of("person", "human", "people", "employee");
    private static final Set<String> MACHINE_WORDS =
            Set.of("machine", "service", "bot", "application", "system", "automation", "service-account");
    private static final List<String> PERSON_PATHS = List.of("/people/", "/humans/", "/persons/", "/users/");
    private static final List<String> MACHINE_PATHS =
            List.of("/service/", "/services/", "/machine/", "/machines/", "/bots/", "/system/");

    public UserClass {
        evidence = List.copyOf(evidence);
    }

    /** Judged from console password, MFA device, tags, path and name; not known where one of these is not. */
    public static Fact<UserClass> judge(User user) {
        if (!(user.console() instanceof Fact.Known<Boolean> console)) {
            return missing("whether there is a console password", user.console());
        }
        if (!(user.mfa() instanceof Fact.Known<Boolean> mfa)) {
            return missing("whether there is an MFA device", user.mfa());
        }
        if (!(user.tags() instanceof Fact.Known<Map<String, String>> tags)) {
            return missing("the user's tags", user.tags());
        }
        return Fact.known(weigh(user, console.value(), mfa.value(), tags.value()), tags.asOf());
    }

    /** The kind alone, without its evidence: this is asked for every user. Null where not known. */
    static @Nullable Kind kindOf(User user) {
        if (!(user.console() instanceof Fact.Known<Boolean> console)
                || !(user.mfa() instanceof Fact.Known<Boolean> mfa)
                || !(user.tags() instanceof Fact.Known<Map<String, String>> tags)) {
            return null;
        }
        boolean person = console.value()
                || mfa.value()
                || MailAddress.looksLike(user.name().value());
        boolean machine = false;
        if (user.path().length() > 2) {
            person |= holdsAny(user.path(), PERSON_PATHS);
            machine = holdsAny(user.path(), MACHINE_PATHS);
        }
        for (int i = 0; i < TAGS.size() && !tags.value().isEmpty(); i++) {
            Kind tagged = kindOfTag(tags.value().get(TAGS.get(i)));
            person |= tagged == Kind.PERSON;
            machine |= tagged == Kind.MACHINE;
        }
        return person == machine ? Kind.UNKNOWN : person ? Kind.PERSON : Kind.MACHINE;
    }

    /** What a tag's value says of its user; unknown where it says nothing. */
    public static Kind kindOfTag(@Nullable String value) {
        if (value == null) {
            return Kind.UNKNOWN;
        }
        String word = value.strip().toLowerCase(Locale.ROOT);
        if (PERSON_WORDS.contains(word)) {
            return Kind.PERSON;
        }
        return MACHINE_WORDS.contains(word) ? Kind.MACHINE : Kind.UNKNOWN;
    }

    private static boolean holdsAny(String path, List<String> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (path.contains(parts.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static Fact<UserClass> missing(String what, Fact<?> fact) {
        String why = fact instanceof Fact.Unknown<?>(String said) ? said : "not read in this run";
        return Fact.unknown(what + ": " + why);
    }

    private static UserClass weigh(User user, boolean console, boolean mfa, Map<String, String> tags) {
        List<String> person = new ArrayList<>(2);
        List<String> machine = new ArrayList<>(2);
        if (console) {
            person.add("has a console password");
        }
        if (mfa) {
            person.add("has an MFA device");
        }
        weighTags(tags, person, machine);
        weighPath(user.path(), person, machine);
        if (MailAddress.looksLike(user.name().value())) {
            person.add("is named like a mail address");
        }
        return conclude(person, machine);
    }

    private static void weighTags(Map<String, String> tags, List<String> person, List<String> machine) {
        for (String name : TAGS) {
            String value = tags.get(name);
            String sentence = "has the tag " + name + " = " + value;
            switch (kindOfTag(value)) {
                case PERSON -> person.add(sentence);
                case MACHINE -> machine.add(sentence);
                case UNKNOWN -> {
                    // says nothing
                }
            }
        }
    }

    private static void weighPath(String path, List<String> person, List<String> machine) {
        if (holdsAny(path, PERSON_PATHS)) {
            person.add("has the path " + path);
        }
        if (holdsAny(path, MACHINE_PATHS)) {
            machine.add("has the path " + path);
        }
    }

    private static UserClass conclude(List<String> person, List<String> machine) {
        if (person.isEmpty() && machine.isEmpty()) {
            return new UserClass(Kind.UNKNOWN, List.of());
        }
        if (machine.isEmpty()) {
            return new UserClass(Kind.PERSON, person);
        }
        if (person.isEmpty()) {
            return new UserClass(Kind.MACHINE, machine);
        }
        person.addAll(machine);
        return new UserClass(Kind.UNKNOWN, person);
    }
}
