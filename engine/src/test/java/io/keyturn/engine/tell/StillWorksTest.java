package io.keyturn.engine.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.ReadFailure;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody is woken for a key that is off by now, and somebody is wherever that cannot be seen. */
class StillWorksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Account ACCOUNT = new Account(
            new AccountId("111122223333"), "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    private static final KeyId LEAKED = new KeyId("AKIAEXAMPLE00LEAKED1");
    private static final KeyId OTHER = new KeyId("AKIAEXAMPLE000OTHER1");

    private static boolean stillWork(Set<KeyId> keys, LiveAccounts accounts) throws InterruptedException {
        Principal.OfUser ann = new Principal.OfUser(new UserName("ann"), new UserId("AIDAann"), "arn");
        return new StillWorks(accounts).stillWork(ACCOUNT, ann, keys);
    }

    private static boolean stillWork(Set<KeyId> keys, Optional<User> now) throws InterruptedException {
        LiveAccount account = (LiveAccount) Proxy.newProxyInstance(
                StillWorksTest.class.getClassLoader(),
                new Class<?>[] {LiveAccount.class},
                (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("user");
                    return now;
                });
        return stillWork(keys, any -> account);
    }

    private static Optional<User> ann(Fact<List<AccessKey>> keys) {
        return Optional.of(new User(
                new UserName("ann"),
                new UserId("AIDAann"),
                "arn",
                "/",
                NOW,
                keys,
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead()));
    }

    private static Optional<User> ann(boolean leakedIsActive) {
        return ann(Fact.known(List.of(key(LEAKED, leakedIsActive), key(OTHER, true)), NOW));
    }

    private static AccessKey key(KeyId id, boolean active) {
        return new AccessKey(null, id, active, NOW, LastUse.NEVER_USED, NOW);
    }

    @Test
    void theLeakedKeyAloneCountsWhereItIsKnown() throws Exception {
        assertThat(stillWork(Set.of(LEAKED), ann(true))).isTrue();
        assertThat(stillWork(Set.of(LEAKED), ann(false))).isFalse();
    }

    @Test
    void everyKeyCountsWhereItIsNotKnownWhichOneLeaked() throws Exception {
        assertThat(stillWork(Set.of(), ann(false))).isTrue();
        assertThat(stillWork(Set.of(), ann(Fact.known(List.of(key(OTHER, false)), NOW))))
                .isFalse();
    }

    @Test
    void whoIsGoneHasNoKeyThatWorks() throws Exception {
        assertThat(stillWork(Set.of(LEAKED), Optional.empty())).isFalse();
    }

    @Test
    void whatCannotBeReadMayWork() throws Exception {
        assertThat(stillWork(Set.of(LEAKED), ann(Fact.unknown("throttled")))).isTrue();
        assertThat(stillWork(Set.of(LEAKED), account -> {
                    throw new ReadFailure(new Problem("read the user", "ann", "denied", ""));
                }))
                .isTrue();
    }
}
