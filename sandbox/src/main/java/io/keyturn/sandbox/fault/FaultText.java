package io.keyturn.sandbox.fault;

import io.keyturn.core.model.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fault as people write it: {@code ACTION=KIND[#N][@ACCOUNT]}, such as {@code CreateAccessKey=late-landing#1}. */
public final class FaultText {
    private static final Pattern FORM = Pattern.compile("([A-Za-z]+)=([a-z-]+)(?:#(\\d{1,9}))?(?:@(\\d{12}))?");

    private FaultText() {}

    /** The words for {@link Fate.Kind} but OK, in its order. */
    public static List<String> kinds() {
        return Arrays.stream(Fate.Kind.values())
                .filter(kind -> kind != Fate.Kind.OK)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    /**
     * The rule that a text says; without {@code #N} it strikes every call, without an account in all.
     *
     * @throws IllegalArgumentException where it says none; the message is for people
     */
    public static Fault parse(String text) {
        Matcher said = FORM.matcher(text);
        if (!said.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no fault; write ACTION=KIND[#N][@ACCOUNT], for example CreateAccessKey=dropped-after#1");
        }
        List<String> kinds = kinds();
        int at = kinds.indexOf(said.group(2));
        if (at < 0) {
            String near = Spelling.nearest(said.group(2), kinds);
            throw new IllegalArgumentException("\"" + said.group(2) + "\" is no kind of fault"
                    + (near == null ? "" : ", did you mean " + near + "?") + "; these are: "
                    + String.join(", ", kinds));
        }
        Fate.Kind kind = Fate.Kind.values()[at + 1];
        boolean once = said.group(3) != null;
        int first = once ? Integer.parseInt(said.group(3)) : 1;
        return new Fault(said.group(1), said.group(4), kind, first, once ? 1 : Integer.MAX_VALUE);
    }
}
