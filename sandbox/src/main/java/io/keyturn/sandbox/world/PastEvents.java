package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who made the users and keys that a world began with. Mostly a person who came by single sign-on; some of the older
 * keys are a deployment's, and of the last thirty days none, so that nothing else seems to be at work on them.
 */
final class PastEvents {
    private static final List<String> ADMINISTRATORS = List.of("m.lund", "v.berg", "a.iyer");
    private static final Duration LATELY = Duration.ofDays(31);

    private final WorldSpec spec;
    private final SimAccount account;

    PastEvents(WorldSpec spec, SimAccount account) {
        this.spec = spec;
        this.account = account;
    }

    List<TrailEvent> all() {
        List<TrailEvent> all = new ArrayList<>();
        for (SimUser user : account.allUsers()) {
            if (user.created().isBefore(spec.now())) {
                all.add(made("CreateUser", user, null, user.created()));
            }
            for (SimKey key : user.keys()) {
                if (key.created().isBefore(spec.now())) {
                    all.add(made("CreateAccessKey", user, key, key.created()));
                }
            }
        }
        return all;
    }

    private TrailEvent made(String action, SimUser user, @Nullable SimKey key, Instant at) {
        long bits = Chance.bits(spec.seed(), account.id(), user.name(), action, at);
        Map<String, Object> answered = new LinkedHashMap<>();
        answered.put("userName", user.name());
        if (key == null) {
            answered.put("userId", user.id());
            answered.put("arn", user.arn(spec.options().partition(), account.id()));
        } else {
            answered.put("accessKeyId", key.id());
            answered.put("status", "Active");
        }
        return new TrailEvent(
                new UUID(bits, Chance.bits(bits, "id")).toString(),
                at,
                action,
                maker(bits, at),
                Map.of("userName", user.name()),
                Map.of(key == null ? "user" : "accessKey", answered),
                null,
                TrailEvent.about(user.name(), key == null ? null : key.id()),
                TrailSource.USUAL);
    }

    private TrailIdentity maker(long bits, Instant at) {
        boolean deployed = Math.floorMod(bits, 4) == 0 && at.isBefore(spec.now().minus(LATELY));
        String person = ADMINISTRATORS.get((int) Math.floorMod(bits >> 8, (long) ADMINISTRATORS.size()));
        String role = deployed
                ? "deploy-stacks"
                : "AWSReservedSSO_AdministratorAccess_" + Long.toHexString(Chance.bits(1, account.id()));
        String session = deployed ? "deploy" : person + "@fernhill.example";
        String partition = "arn:" + spec.options().partition();
        String path = deployed ? "" : "aws-reserved/sso.amazonaws.com/";
        return new TrailIdentity(
                partition + ":sts::" + account.id() + ":assumed-role/" + role + "/" + session,
                "AROA" + Keys.letters(Chance.bits(1, account.id(), role), 17) + ":" + session,
                account.id(),
                "ASIA" + Keys.letters(bits, 16),
                partition + ":iam::" + account.id() + ":role/" + path + role);
    }
}
