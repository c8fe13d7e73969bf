package io.keyturn.app.words;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why somebody is taken for the owner, in the words of letters: the chain names its links in one form everywhere. */
final class SourceWords {
    private static final String PLACE = "in the place of ";

    private static final Pattern INSTEAD =
            Pattern.compile(PLACE + "(?<name>.+), silent since (?<date>[0-9-]+)", Pattern.DOTALL);

    private static final Map<String, Word> NAMED = Map.of(
            "tag ", Word.SOURCE_TAG,
            "file ", Word.SOURCE_FILE,
            "account tag ", Word.SOURCE_ACCOUNT_TAG,
            "account contact ", Word.SOURCE_ACCOUNT_CONTACT);

    private static final Map<String, Word> WHOLE = Map.of(
            "user name", Word.SOURCE_USER_NAME,
            "cloudtrail", Word.SOURCE_CLOUDTRAIL,
            "default", Word.SOURCE_DEFAULT,
            "told of it before", Word.SOURCE_TOLD_BEFORE,
            "nobody is known", Word.SOURCE_NOBODY,
            "nobody is known to own it", Word.SOURCE_NO_OWNER);

    private SourceWords() {}

    /** Whether they hear in the place of an owner who does nothing. */
    static boolean isInstead(String source) {
        return source.startsWith(PLACE) && INSTEAD.matcher(source).matches();
    }

    /** The same in words; as it stands where it is none of the chain's. */
    static String of(String source, Wordbook words) {
        Word whole = WHOLE.get(source);
        if (whole != null) {
            return words.say(whole);
        }
        Matcher instead = INSTEAD.matcher(source);
        if (source.startsWith(PLACE) && instead.matches()) {
            return words.say(Word.SOURCE_INSTEAD, Map.of("name", instead.group("name"), "date", instead.group("date")));
        }
        return NAMED.entrySet().stream()
                .filter(link -> source.startsWith(link.getKey()))
                .findFirst()
                .map(link -> words.say(
                        link.getValue(),
                        Map.of("name", source.substring(link.getKey().length()))))
                .orElse(source);
    }
}
