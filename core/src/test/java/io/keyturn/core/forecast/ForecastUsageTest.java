package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.account;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.keyId;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.plan.Action;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the runs of a forecast used up of the caps. */
class ForecastUsageTest {
    private static final AccountId ONE = account("111122223333", "").id();
    private static final AccountId TWO = account("444455556666", "").id();

    private final ForecastUsage usage = new ForecastUsage(Map.of(
            Capped.OWNERS_TOLD, new Caps(new Caps.Cap(9, days(7)), new Caps.Cap(9, days(2)), null),
            Capped.DEACTIVATE, new Caps(null, null, 10)));

    private static CredentialId key(AccountId account, int number) {
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, account, Principal.ROOT, null, keyId(number), NOW);
    }

    private static Action tell(AccountId account, int number, String owner) {
        return new Action.Remind(key(account, number), List.of(), new Owner(owner, "tag"), null);
    }

    @Test
    void an_owner_told_in_one_run_of_keys_in_two_accounts_was_told_once() {
        usage.count(tell(ONE, 1, "ann"), NOW);
        usage.count(tell(ONE, 2, "ann"), NOW);
        usage.count(tell(TWO, 3, "ann"), NOW);
        usage.count(tell(TWO, 4, "bob"), NOW);

        assertThat(usage.at(NOW).global(Capped.OWNERS_TOLD)).isEqualTo(2);
        assertThat(usage.at(NOW).of(ONE, Capped.OWNERS_TOLD)).isEqualTo(1);
        assertThat(usage.at(NOW).of(TWO, Capped.OWNERS_TOLD)).isEqualTo(2);
        assertThat(usage.at(NOW).global(Capped.DEACTIVATE)).isZero();
    }

    @Test
    void every_cap_counts_over_its_own_time_and_no_instant_longer() {
        usage.count(tell(ONE, 1, "ann"), NOW);
        usage.count(tell(ONE, 1, "ann"), NOW.plus(days(1)));

        assertThat(usage.at(NOW.plus(days(1))).global(Capped.OWNERS_TOLD)).isEqualTo(2);
        assertThat(usage.at(NOW.plus(days(1))).of(ONE, Capped.OWNERS_TOLD)).isEqualTo(2);
        assertThat(usage.at(NOW.plus(days(2))).of(ONE, Capped.OWNERS_TOLD)).isEqualTo(1);
        assertThat(usage.at(NOW.plus(days(7)).minusSeconds(1)).global(Capped.OWNERS_TOLD))
                .isEqualTo(2);
        assertThat(usage.at(NOW.plus(days(7))).global(Capped.OWNERS_TOLD)).isEqualTo(1);
        assertThat(usage.at(NOW.plus(days(8))).global(Capped.OWNERS_TOLD)).isZero();
    }

    @Test
    void a_cap_in_per_cent_counts_over_a_day() {
        usage.count(new Action.Deactivate(key(ONE, 1), List.of()), NOW);

        assertThat(usage.at(NOW.plus(days(1)).minusSeconds(1)).of(ONE, Capped.DEACTIVATE))
                .isEqualTo(1);
        assertThat(usage.at(NOW.plus(days(1))).of(ONE, Capped.DEACTIVATE)).isZero();
    }
}
