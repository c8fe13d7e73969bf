package io.keyturn.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Fact;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Place;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a key is used from, as its story tells it. */
class UsedFromTest {
    private static final Instant SINCE = Instant.parse("2026-08-24T08:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private static NamedFact told(Fact<KeyUses> uses) {
        return UserFacts.usedFrom(List.of(), uses).getLast();
    }

    private static KeyUses uses(boolean whole, String region, KeyUses.Origin... origins) {
        return new KeyUses(List.of(origins), 0, 7, whole, SINCE, region);
    }

    @Test
    void places_are_named_with_what_works_there_and_how_often() {
        KeyUses.Origin build = new KeyUses.Origin(
                new Place(Place.Kind.CI, "GitHub Actions"),
                6,
                NOW,
                List.of("aws-cli", "Terraform"),
                List.of("203.0.113.7", "203.0.113.8"),
                2);
        KeyUses.Origin once =
                new KeyUses.Origin(new Place(Place.Kind.PERSON, ""), 1, NOW, List.of(), List.of("198.51.100.1"), 0);

        NamedFact fact = told(Fact.known(uses(true, "eu-west-1", build, once), NOW));

        assertThat(fact.value())
                .isEqualTo(
                        "ci GitHub Actions with aws-cli, Terraform from 203.0.113.7, 203.0.113.8 and 2 more, 6 times;"
                                + " person from 198.51.100.1, once");
        assertThat(fact.asOf()).isEqualTo(NOW);
        assertThat(fact.notLookedAt())
                .isEqualTo("7 events since 2026-08-24 in eu-west-1; no other Region, and no uses of data");
    }

    @Test
    void where_events_tell_nothing_and_are_not_all_it_says_so() {
        NamedFact fact = told(Fact.known(uses(false, ""), NOW));

        assertThat(fact.value()).isEqualTo("no event tells");
        assertThat(fact.notLookedAt())
                .isEqualTo("7 latest events since 2026-08-24 in IAM's Region; no other Region, and no uses of data");
    }

    @Test
    void what_was_not_asked_or_not_answered_is_no_place() {
        assertThat(told(Fact.notRead()).value()).isNull();
        assertThat(told(Fact.notRead()).notLookedAt()).isEqualTo("of a key that was never used nobody asks");
        assertThat(told(Fact.unknown("denied")).value()).isNull();
        assertThat(told(Fact.unknown("denied")).notLookedAt()).isEqualTo("denied");
    }
}
