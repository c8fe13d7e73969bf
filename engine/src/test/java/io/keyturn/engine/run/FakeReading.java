package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An account with one user who has a fresh key and an old one. */
class FakeReading implements AccountReading {
    private final int number;

    FakeReading(int number) {
        this.number = number;
    }

    @Override
    public void awaitReady() throws InterruptedException {}

    @Override
    public Snapshot read(Held held) throws InterruptedException {
        return snapshot(
                key(1, SurveyTest.NOW.minus(Duration.ofDays(5))), key(2, SurveyTest.NOW.minus(Duration.ofDays(100))));
    }

    @Override
    public Snapshot identify(Snapshot snapshot, Set<UserId> users) {
        assertThat(users).containsExactly(new UserId("AIDA1"));
        AccessKey old = key(2, SurveyTest.NOW.minus(Duration.ofDays(100))).withId(new KeyId("AKIA000000000OLD"));
        return snapshot(key(1, SurveyTest.NOW.minus(Duration.ofDays(5))), old);
    }

    private static AccessKey key(int slot, Instant created) {
        return new AccessKey(slot, null, true, created, LastUse.NEVER_USED, SurveyTest.NOW);
    }

    private Snapshot snapshot(AccessKey... keys) {
        Account account = new Account(
                new AccountId("%012d".formatted(number)), "fake", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        User user = new User(
                new UserName("ann"),
                new UserId("AIDA1"),
                "arn:aws:iam::%012d:user/ann".formatted(number),
                "/",
                SurveyTest.NOW.minus(Duration.ofDays(900)),
                Fact.known(List.of(keys), SurveyTest.NOW),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
        return new Snapshot(
                account,
                ReadVia.REPORT,
                SurveyTest.NOW,
                Reading.COMPLETE,
                List.of(),
                Fact.known(RootKeys.NONE, SurveyTest.NOW),
                List.of(user));
    }
}
