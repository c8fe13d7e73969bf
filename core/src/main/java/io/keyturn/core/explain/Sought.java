package io.keyturn.core.explain;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to have explained: a user by name or ARN, or a key by its whole ID or last four characters.
 *
 * @param account the account that the ARN names; null where none is named
 * @param user null where a whole key ID is asked for
 * @param key null where anything else is
 * @param lastFour whether the text may be the end of a key ID
 */
public record Sought(
        String text,
        @Nullable AccountId account,
        @Nullable UserName user,
        @Nullable KeyId key,
        boolean lastFour) {
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:iam::(\\d{12}):user/(?:.*/)?([^/]+)");
    /** Long-lived keys begin so: IAM user guide, "Understanding unique ID prefixes". */
    private static final Pattern KEY = Pattern.compile("AKIA[A-Z0-9]{12,124}");

    private static final Pattern FOUR = Pattern.compile("[A-Z0-9]{4}");

    /**
     * Reads what somebody typed.
     *
     * @throws IllegalArgumentException where it is nothing of the kind, with a sentence for people
     */
    public static Sought parse(String text) {
        String word = text.strip();
        Matcher arn = ARN.matcher(word);
        if (arn.matches()) {
            return new Sought(word, new AccountId(arn.group(1)), new UserName(arn.group(2)), null, false);
        }
        if (word.startsWith("arn:")) {
            throw new IllegalArgumentException("\"" + word
                    + "\" is no ARN of an IAM user; write arn:aws:iam::ACCOUNT:user/NAME, or the name alone");
        }
        if (KEY.matcher(word).matches()) {
            return new Sought(word, null, null, new KeyId(word), false);
        }
        if (word.isEmpty()) {
            throw new IllegalArgumentException("say which user or key: its name, ARN, key ID or last four characters");
        }
        return new Sought(
                word, null, new UserName(word), null, FOUR.matcher(word).matches());
    }

    /** Whether this key is asked for by its whole ID or its end. */
    public boolean isKey(KeyId id) {
        return id.equals(key) || (lastFour && id.lastFour().equals(text));
    }
}
