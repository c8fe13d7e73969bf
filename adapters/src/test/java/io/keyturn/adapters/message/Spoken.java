package io.keyturn.adapters.message;

import io.keyturn.engine.message.Phrase;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.util.List;
import java.util.Map;

/** Words for what channels add, so that a test sees them where they belong. */
public final class Spoken {
    /** Those of all messages of tests. */
    public static final Phrases PHRASES = Spoken::say;

    private Spoken() {}

    private static Text say(Phrase phrase, Map<String, Object> values) {
        Object count = values.getOrDefault(Phrase.COUNT, 0);
        Object ticket = values.getOrDefault(Phrase.TICKET, "");
        return switch (phrase) {
            case LANGUAGE -> Text.of("en");
            case BETTER -> new Text(List.of(new Span.Strong("Better, no key at all:")));
            case STEPS -> Text.of("What to do");
            case STEPS_NOW ->
                Text.of(
                        count.equals(1)
                                ? "Do it now"
                                : "Do it now, in " + (count.equals(2) ? "two" : "three") + " steps");
            case IN_SHORT ->
                new Text(List.of(
                        new Span.Strong("In short"),
                        new Span.Plain(", as one message has no room for all there is to say of these keys:")));
            case REST ->
                Text.of("And " + count + (count.equals(1) ? " more key" : " more keys")
                        + " for which one message has no room:");
            case CUT -> Text.of(count + " characters left out");
            case LEFT_OUT -> Text.of(count + " more keys are not shown.");
            case LEFT_OUT_OF_CARD -> Text.of(count + " more keys are left out here.");
            case OLDER_TICKET -> Text.of("See " + ticket + ", which is older.");
            case EARLIER_TICKET -> Text.of("This follows " + ticket + ".");
        };
    }
}
