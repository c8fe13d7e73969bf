package io.keyturn.core.assess;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnerZoneTest {
    private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final OwnerRule LISTED =
            new OwnerRule.Listed("owners.csv", Map.of("ci", "platform", "zoe", "zoe"), Map.of("ci", BERLIN));

    private static @Nullable Owner owner(OwnerRule rule, User user) {
        return new OwnerChain(List.of(rule)).of(user, NOW) instanceof Fact.Known<Owner> known ? known.value() : null;
    }

    private static User inZone(String name, String zone) {
        return tagged(user(name), known(Map.of("Owner", "ann", OwnerZone.TAG, zone)));
    }

    @Test
    void theTagOfTheUserTellsTheClockAndElseTheFileThatNamesTheOwner() {
        assertThat(owner(LISTED, user("ci"))).isEqualTo(new Owner("platform", "file owners.csv", BERLIN));
        assertThat(owner(LISTED, inZone("ci", " Australia/Sydney ")))
                .isEqualTo(new Owner("platform", "file owners.csv", SYDNEY));
        assertThat(owner(new OwnerRule.Tag("Owner"), inZone("ci", "Australia/Sydney")))
                .isEqualTo(new Owner("ann", "tag Owner", SYDNEY));
        assertThat(owner(LISTED, user("zoe"))).isEqualTo(new Owner("zoe", "file owners.csv"));
    }

    @Test
    void whatIsNoTimeZoneCountsForNothingAndIsTold() {
        User odd = inZone("ci", "Mars/Olympus");
        OwnerRule rule = new OwnerRule.Tag("Owner");

        assertThat(owner(rule, odd)).isEqualTo(new Owner("ann", "tag Owner"));
        assertThat(OwnerZone.told(new Owner("ann", "tag Owner"), rule, odd, OwnerZone.TAG))
                .isEqualTo(", whose tag TimeZone says \"Mars/Olympus\", which is no time zone");
        assertThat(owner(LISTED, odd).zone()).isEqualTo(BERLIN);
        assertThat(OwnerZone.told(new Owner("ann", "tag Owner", BERLIN), rule, odd, OwnerZone.TAG))
                .isEqualTo(", by the clock of Europe/Berlin");
        assertThat(OwnerZone.told(new Owner("ann", "tag Owner"), rule, inZone("ci", " "), OwnerZone.TAG))
                .isEmpty();
    }

    @Test
    void anotherTagTellsTheClockWhereTheRulesNameOne() {
        User user = tagged(user("ci"), known(Map.of("Owner", "ann", "tz", "Mars", OwnerZone.TAG, "Europe/Berlin")));
        User sydney = tagged(user("ci"), known(Map.of("Owner", "ann", "tz", "Australia/Sydney")));
        Rules rules = rules().clockedBy("tz");
        OwnerRule rule = new OwnerRule.Tag("Owner");

        assertThat(new Assessor(rules).owners(sydney, NOW)).containsExactly(new Owner("ann", "tag Owner", SYDNEY));
        assertThat(new Assessor(rules).owners(user, NOW)).containsExactly(new Owner("ann", "tag Owner"));
        assertThat(new Assessor(rules()).owners(user, NOW)).containsExactly(new Owner("ann", "tag Owner", BERLIN));
        assertThat(OwnerZone.told(new Owner("ann", "tag Owner"), rule, user, OwnerZone.tag(rules)))
                .isEqualTo(", whose tag tz says \"Mars\", which is no time zone");
        assertThat(new Rules(List.of(), List.of(), List.of(), List.of(LISTED), Map.of(), null, false)
                        .clockedBy("tz")
                        .needs(Needs.Identify.ALL)
                        .facts())
                .contains(FactName.TAGS);
        assertThat(rules.counting(DayCount.ELAPSED).zoneTag()).isEqualTo("tz");
    }

    private static Rules rules() {
        return new Rules(List.of(), List.of(), List.of(), List.of(new OwnerRule.Tag("Owner")), Map.of(), null, false);
    }

    @Test
    void aTeamIsElsewhereThanTheUser() {
        OwnerRule standing = new OwnerRule.Default("#cloud-security");
        User user = inZone("ci", "Australia/Sydney");

        assertThat(owner(standing, user).zone()).isNull();
        assertThat(OwnerZone.told(new Owner("x", "default"), standing, inZone("ci", "Mars"), OwnerZone.TAG))
                .isEmpty();
    }

    @Test
    void anOwnersOwnClockIsNotReplaced() {
        Owner ann = new Owner("ann", "tag Owner", BERLIN);
        assertThat(ann.by(SYDNEY)).isEqualTo(ann);
        assertThat(new Owner("ann", "tag Owner").by(SYDNEY).zone()).isEqualTo(SYDNEY);
        assertThat(new Owner("ann", "tag Owner").by(null).zone()).isNull();
    }
}
