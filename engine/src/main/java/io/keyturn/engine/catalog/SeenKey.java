package io.keyturn.engine.catalog;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.run.Clues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key as the last run saw it.
 *
 * @param name names it in addresses: the same key has the same name in every run, whether or not its ID is known
 * @param at when the run looked
 * @param clues what speaks for a way that needs no key; null where nothing is known that could
 */
public record SeenKey(
        String name, Attention key, Instant at, @Nullable Clues clues) {
    private static final int LENGTH = 20;

    /** Without clues. */
    public SeenKey(String name, Attention key, Instant at) {
        this(name, key, at, null);
    }

    /** The name of a credential, of several that were made in one second the {@code number}th, counted from 0. */
    public static String nameOf(CredentialId id, int number) {
        String who = id.principal() instanceof Principal.OfUser user ? user.id().value() : "root";
        String text = id.account() + "|" + who + "|"
                + (id.created() == null ? "" : id.created().getEpochSecond()) + "|" + number;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, but this one has not: " + e.getMessage(), e);
        }
    }

    /** Whose it is, as people know them. */
    public String user() {
        return key.finding().credential().principal().display();
    }

    /** The owner's name; empty where nobody is known to own it. */
    public String owner() {
        return OwnerRow.nameOf(key);
    }

    /**
     * The day by which somebody must decide something, UTC; null where nobody must within a week of the reading. A leaked
     * key is of the first day there is.
     */
    public @Nullable LocalDate decideBy() {
        if (!key.needsDecision(at)) {
            return null;
        }
        return switch (key.finding().standing()) {
            case LEAKED -> LocalDate.EPOCH;
            case EXPIRED, WARNED, ROTATING, UNKNOWN, INACTIVE, EXEMPT, HEALTHY -> {
                Instant by = key.at();
                yield by == null || by.isBefore(at) ? day(at) : day(by);
            }
        };
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** What a search looks into, in small letters: user, last four, account and owner. */
    public String searched() {
        KeyId id = key.finding().credential().keyId();
        return String.join(
                        "\n",
                        user(),
                        id == null ? "" : id.lastFour(),
                        key.account(),
                        key.finding().credential().account().value(),
                        owner())
                .toLowerCase(Locale.ROOT);
    }

    /** Whether every word of a search is in it. */
    public boolean found(List<String> words) {
        String text = searched();
        return words.stream().allMatch(text::contains);
    }
}
