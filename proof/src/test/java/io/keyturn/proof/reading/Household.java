package io.keyturn.proof.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The users of one account, as every AWS that is read by the same suite has them. */
record Household(Instant now, List<Person> people) {
    /** More than a page of ListUsers holds without asking. */
    private static final int MANY = 130;

    /**
     * A user.
     *
     * @param path begins and ends with a slash
     */
    record Person(String name, String path, Map<String, String> tags, List<Key> keys) {}

    /**
     * A key.
     *
     * @param used null for never
     */
    record Key(Instant created, @Nullable Instant used, boolean active) {}

    /** One user for each thing that can be told of keys, and a crowd of healthy ones around them. */
    static Household at(Instant instant) {
        Household empty = new Household(instant.truncatedTo(ChronoUnit.SECONDS), List.of());
        List<Person> people = new ArrayList<>();
        people.add(empty.person("old", empty.key(100, 1)));
        people.add(empty.person("idle", empty.key(60, 50)));
        people.add(empty.person("never", empty.unused(60)));
        people.add(empty.person("near", empty.key(80, 1)));
        people.add(empty.person("new", empty.unused(2)));
        people.add(empty.person("two", empty.key(120, 2), empty.key(3, 1)));
        people.add(empty.person("off", empty.off(empty.key(200, 150))));
        people.add(empty.person("half-off", empty.off(empty.key(95, 20)), empty.key(10, 1)));
        people.add(empty.person("keyless"));
        people.add(new Person("service", "/service/", Map.of("kind", "machine"), List.of(empty.key(91, 0))));
        people.add(new Person("nobody's", "/", Map.of(), List.of(empty.key(92, 1))));
        people.add(new Person(
                "zoë+tags@x.example", "/", Map.of("Owner", "büro <&> \"7\"", "a/b", ""), List.of(empty.key(93, 1))));
        while (people.size() < MANY) {
            people.add(empty.person("user-%03d".formatted(people.size()), empty.key(20, 3)));
        }
        return new Household(empty.now(), people);
    }

    private Person person(String name, Key... keys) {
        return new Person(name, "/people/", Map.of("Owner", "team-" + name.length()), List.of(keys));
    }

    private Key key(int days, int idleDays) {
        return new Key(ago(days, 2), ago(idleDays, 1), true);
    }

    private Key unused(int days) {
        return new Key(ago(days, 2), null, true);
    }

    private Key off(Key key) {
        return new Key(key.created(), key.used(), false);
    }

    private Instant ago(int days, int hours) {
        return now.minus(Duration.ofDays(days)).minus(Duration.ofHours(hours));
    }
}
