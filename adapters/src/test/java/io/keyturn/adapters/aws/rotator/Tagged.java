package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A user with tags and keys, each key a letter: small where it is switched off. */
final class Tagged {
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    static final RotatorTags NAMES =
            new RotatorTags("email", "date", "old", "creds", Duration.ofDays(11), Duration.ofDays(21));
    static final Account ACCOUNT = new Account(
            new AccountId("111122223333"), "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false);

    private Tagged() {}

    static KeyId id(char letter) {
        return new KeyId("AKIA" + String.valueOf(Character.toUpperCase(letter)).repeat(16));
    }

    static String mark(Mark.Step step, KeyId... keys) {
        return new Mark(step, Instant.parse("2026-11-20T08:00:00Z"), List.of(keys)).text();
    }

    static User user(String keys, Map<String, String> tags) {
        Map<String, String> all = new HashMap<>(tags);
        all.put("email", "ann@example.com");
        List<AccessKey> held =
                keys.chars().mapToObj(letter -> key((char) letter)).toList();
        return new User(
                new UserName("ann"),
                new UserId("AIDAANN"),
                "arn:aws:iam::111122223333:user/ann",
                "/",
                NOW.minus(Duration.ofDays(800)),
                Fact.known(held, NOW),
                Fact.known(all, NOW),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
    }

    static User with(User user, Fact<Map<String, String>> tags) {
        return new User(
                user.name(),
                user.id(),
                user.arn(),
                user.path(),
                user.created(),
                user.keys(),
                tags,
                user.groups(),
                user.policies(),
                user.boundary(),
                user.console(),
                user.mfa());
    }

    private static AccessKey key(char letter) {
        return new AccessKey(
                null,
                id(letter),
                Character.isUpperCase(letter),
                NOW.minus(Duration.ofDays(letter == 'A' || letter == 'a' ? 70 : 11)),
                LastUse.NEVER_USED,
                NOW);
    }
}
