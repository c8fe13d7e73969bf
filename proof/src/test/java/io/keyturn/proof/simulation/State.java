package io.keyturn.proof.simulation;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A life as far as it bears on what comes: world, sink, letters, journal and judge, with names given anew in the order of
 * their appearance and times as they lie from now. Two lives of the same state go on alike.
 */
final class State {
    private static final Pattern NAME_OR_TIME =
            Pattern.compile("id-\\d++|AKIA[A-Z0-9]{16}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]++Z|\"prev\":\"[0-9a-f]*+\"");

    private State() {}

    /** The state, as a digest. */
    static String of(Life life) {
        StringBuilder text = new StringBuilder();
        for (SimKey key : life.keys()) {
            text.append(key.id()).append(key.active()).append(key.created());
            text.append(time(key.lastUsed())).append(life.sink.held.containsKey(key.id()));
            text.append('\n');
        }
        for (SimAccount account : life.world.accounts()) {
            account.allUsers().forEach(user -> text.append(user.id()).append(new TreeMap<>(user.tags())));
        }
        text.append(new TreeSet<>(life.inUse())).append(new TreeSet<>(life.sink.held.keySet()));
        life.letters.arrived.forEach(
                letter -> text.append(letter.at()).append(Said.words(letter)).append('\n'));
        life.letters.ends.forEach(
                end -> text.append(end.at()).append(Said.words(end)).append('\n'));
        life.letters.posted.forEach(
                post -> text.append(post.at()).append(Said.words(post)).append('\n'));
        text.append(new TreeSet<>(life.letters.doubted)).append('\n');
        life.jira.issues.forEach(issue -> text.append(issue).append('\n'));
        life.pager.incidents.forEach(incident -> text.append(incident).append('\n'));
        life.store.inner.find(
                JournalStore.Query.ALL, line -> text.append(line.text()).append('\n'));
        for (String register : new String[] {"stop", "alarms", "caps/deactivate", "caps/delete", "caps/create"}) {
            life.store.inner.register(register).ifPresent(found -> text.append(found.value()));
        }
        text.append(life.truth.memory());
        return digest(named(text.toString(), life.clock.instant()));
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "-" : at.toString();
    }

    private static String named(String text, Instant now) {
        Map<String, String> anew = new HashMap<>();
        int[] names = {0};
        return NAME_OR_TIME
                .matcher(text)
                .replaceAll(found -> anew.computeIfAbsent(found.group(), old -> switch (old.charAt(0)) {
                    // What the chain is made of follows from all the rest.
                    case '"' -> "";
                    case 'i', 'A' -> "#" + names[0]++;
                    default -> Duration.between(Instant.parse(old), now).toString();
                }));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
