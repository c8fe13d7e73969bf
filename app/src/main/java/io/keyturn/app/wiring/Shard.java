package io.keyturn.app.wiring;

import io.keyturn.engine.port.AccountEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts of the accounts, each for a process of its own. An account is in the part whose weight for it is
 * the highest (rendezvous hashing): where a part is added, only the accounts that come into it move.
 *
 * @param number of the part, from 1
 * @param of how many parts there are
 */
public record Shard(int number, int of) implements Predicate<AccountEntry> {
    /** More parts than accounts that an organization can have would be a slip of the hand. */
    private static final int MOST = 10_000;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");

    public Shard {
        if (of < 1 || of > MOST || number < 1 || number > of) {
            throw new IllegalArgumentException("\"" + number + "/" + of + "\" is no part of a whole: write i/n with i"
                    + " from 1 to n, such as 1/10, and n up to " + MOST);
        }
    }

    /** Reads {@code i/n}; refuses with a sentence that says what would be right. */
    public static Shard parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form i/n, such as 1/10");
        }
        return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Whether an account belongs to this part: by its number, or its name where that is not known. */
    @Override
    public boolean test(AccountEntry entry) {
        // Where not even the list of accounts could be had, every part must say so.
        return entry instanceof AccountEntry.Unreachable && entry.id().isEmpty()
                || holds(entry.id().isEmpty() ? entry.label() : entry.id());
    }

    /** The same by the number of the account. */
    public boolean holds(String account) {
        long own = weight(account, number);
        for (int other = 1; other <= of; other++) {
            long weight = weight(account, other);
            if (weight > own || weight == own && other < number) {
                return false;
            }
        }
        return true;
    }

    private static long weight(String account, int part) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((part + "/" + account).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
