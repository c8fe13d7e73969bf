package io.keyturn.bench.effect;

import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The three tools that watch ages and make no keys, as plain rules: keycheck and sleuth warn from 15 days before the limit
 * on and switch off at it, whatever the key is used for; sentry names the old keys to the security team alone.
 */
final class Warner implements Tool {
    private static final int WARN = Street.LIMIT - 15;
    /** Days after which the security team writes again to whoever has a key on its list: it sees the list every day. */
    private static final int SECURITY_WRITES_EVERY = 14;

    /** Which of them. */
    enum Which {
        /** Once a day to the owner, and a ticket for every key. */
        KEYCHECK,
        /** On working days, to the channel with a mention. */
        SLEUTH,
        /** Nobody but the security team hears, and nothing is switched off. */
        SENTRY
    }

    private final Street street;
    private final Which which;
    private final Set<String> tickets = new HashSet<>();
    private final Map<String, Integer> written = new HashMap<>();

    Warner(Street street, Which which) {
        this.street = street;
        this.which = which;
    }

    @Override
    public String name() {
        return which.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public boolean holds(String key) {
        return false;
    }

    @Override
    public void run(int day) {
        if (which == Which.SLEUTH && day % 7 >= 5) {
            return;
        }
        for (SimUser user : street.users()) {
            for (SimKey key : user.keys()) {
                if (key.active()) {
                    look(user.name(), key, day);
                }
            }
        }
    }

    private void look(String user, SimKey key, int day) {
        long age = which == Which.SLEUTH ? Math.max(street.age(key), street.idle(key)) : street.age(key);
        switch (which) {
            case KEYCHECK, SLEUTH -> {
                if (age >= WARN) {
                    street.tell(user, new Word.Renew(key.id()));
                    if (which == Which.KEYCHECK && tickets.add(key.id())) {
                        street.tally().tickets++;
                    }
                }
                if (age >= Street.LIMIT) {
                    street.switchOff(user, key.id());
                }
            }
            case SENTRY -> {
                int last = written.getOrDefault(key.id(), -SECURITY_WRITES_EVERY);
                if (age >= Street.LIMIT && day - last >= SECURITY_WRITES_EVERY) {
                    written.put(key.id(), day);
                    street.tell(user, new Word.Renew(key.id()));
                }
            }
        }
    }
}
