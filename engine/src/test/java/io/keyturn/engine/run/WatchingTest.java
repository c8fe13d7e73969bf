package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.journal.MemoryObservations;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.engine.port.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchingTest {
    private static final Account ACCOUNT = new Account(
            new AccountId("111122223333"), "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    private static final UserId ANN = new UserId("AIDAANN");
    private static final Instant CREATED = Instant.parse("2026-01-01T08:00:00Z");
    private static final Instant DAY = Instant.parse("2026-11-01T08:00:00Z");

    private final List<String> written = new ArrayList<>();
    private final List<AccountId> recalled = new ArrayList<>();
    private final MemoryObservations kept = new MemoryObservations();
    private final Observations counting = new Observations() {
        @Override
        public Map<Slot, Observed> recall(AccountId account) {
            recalled.add(account);
            return kept.recall(account);
        }

        @Override
        public void learn(AccountId account, Map<Slot, Observed> changed, Set<Slot> gone) {
            written.add(changed.size() + " changed, " + gone.size() + " gone");
            kept.learn(account, changed, gone);
        }
    };

    private static AccessKey key(int number, LastUse use) {
        return new AccessKey(null, new KeyId("AKIAEXAMPLE00000000" + number), true, CREATED, use, DAY);
    }

    private static Instant day(int day) {
        return DAY.plus(Duration.ofDays(day));
    }

    private static LastUse used(int day) {
        return new LastUse.Used(day(day), "s3", "eu-west-1");
    }

    private @Nullable Observed see(int day, Reading reading, Fact<List<AccessKey>> keys) {
        User ann = new User(
                new UserName("ann"),
                ANN,
                "arn",
                "/",
                CREATED,
                keys,
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
        Watching watching = new Watching(counting);
        watching.see(new Snapshot(ACCOUNT, ReadVia.LIVE, day(day), reading, List.of(), Fact.notRead(), List.of(ann)));
        return watching.of(ACCOUNT.id(), ANN, CREATED);
    }

    private @Nullable Observed see(int day, AccessKey... keys) {
        return see(day, Reading.COMPLETE, Fact.known(List.of(keys), DAY));
    }

    @Test
    void everyRunAddsWhatIsNewAndWritesNothingElse() {
        assertThat(see(1, key(1, used(0)))).isEqualTo(new Observed(day(1), day(0), day(0), Duration.ZERO));
        assertThat(see(2, key(1, used(0)))).isEqualTo(new Observed(day(1), day(0), day(0), Duration.ZERO));
        assertThat(see(32, key(1, used(31)))).isEqualTo(new Observed(day(1), day(0), day(31), Duration.ofDays(31)));
        assertThat(new Watching(counting).of(ACCOUNT.id(), ANN, CREATED))
                .as("what another run reads")
                .isEqualTo(new Observed(day(1), day(0), day(31), Duration.ofDays(31)));

        assertThat(written).containsExactly("1 changed, 0 gone", "1 changed, 0 gone");
    }

    @Test
    void aKeyThatIsGoneIsForgottenAndOneThatWasNotReadIsNot() {
        see(1, key(1, used(0)));

        assertThat(see(2, Reading.COMPLETE, Fact.unknown("throttled"))).isNotNull();
        assertThat(see(3)).isNull();
        assertThat(written).containsExactly("1 changed, 0 gone", "0 changed, 1 gone");
    }

    @Test
    void keysOfOneSecondAreNotToldApart() {
        assertThat(see(1, key(1, used(0)), key(2, used(1)))).isNull();
        assertThat(written).isEmpty();
    }

    @Test
    void twoKeysOfOneUserAreWatchedEachByItself() {
        AccessKey later =
                new AccessKey(null, new KeyId("AKIAEXAMPLE000000002"), true, CREATED.plusSeconds(1), used(1), DAY);
        assertThat(see(2, key(1, used(0)), later)).isEqualTo(new Observed(day(2), day(0), day(0), Duration.ZERO));
        assertThat(written).containsExactly("2 changed, 0 gone");
    }

    @Test
    void whoseKeysWereNotReadKeepsNobodyElsesGoneKeys() {
        Slot others = new Slot(new UserId("AIDABOB"), CREATED);
        kept.learn(ACCOUNT.id(), Map.of(others, new Observed(DAY, null, null, Duration.ZERO)), Set.of());
        see(1, key(1, used(0)));
        kept.learn(ACCOUNT.id(), Map.of(others, new Observed(DAY, null, null, Duration.ZERO)), Set.of());

        assertThat(see(2, Reading.COMPLETE, Fact.unknown("throttled"))).isNotNull();
        assertThat(kept.recall(ACCOUNT.id())).doesNotContainKey(others).hasSize(1);
    }

    @Test
    void whatIsNotHeldAnyMoreIsRecalled() {
        AccountId other = new AccountId("222233334444");
        Map<Slot, Observed> many = new HashMap<>();
        for (int i = 0; i < 20_001; i++) {
            many.put(new Slot(new UserId("AIDA" + i), CREATED), new Observed(DAY, null, null, Duration.ZERO));
        }
        kept.learn(other, many, Set.of());
        see(1, key(1, used(0)));
        Watching watching = new Watching(counting);

        for (int i = 0; i < 3; i++) {
            assertThat(watching.of(ACCOUNT.id(), ANN, CREATED)).isNotNull();
            assertThat(watching.of(other, new UserId("AIDA7"), CREATED)).isNotNull();
        }
        assertThat(recalled)
                .containsExactly(ACCOUNT.id(), ACCOUNT.id(), other, ACCOUNT.id(), other, ACCOUNT.id(), other);
    }

    @Test
    void withoutAMemoryNothingWasEverSeenBefore() {
        assertThat(new Watching(Observations.NONE).of(ACCOUNT.id(), ANN, CREATED))
                .isNull();
        Observations.NONE.learn(ACCOUNT.id(), Map.of(), Set.of());
    }
}
