package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who undid in AWS what Keyturn had done. */
class WhoSwitchedOnTest {
    private static final Instant OFF = Instant.parse("2026-11-20T08:00:00Z");
    private static final KeyId KEY = new KeyId("AKIAIOSFODNN7EXAMPLE");
    private static final Account ACCOUNT =
            new Account(new AccountId("000000000001"), "one", Partition.AWS, Fact.notRead(), Fact.notRead(), false);

    private final List<TrailEvent> events = new ArrayList<>();

    private void switched(String who, int minutes, String key, @Nullable String error) {
        TrailActor actor = new TrailActor("IAMUser", "arn:aws:iam::1:user/" + who, who, null, "1", "AKIA1", false);
        Instant at = OFF.plus(Duration.ofMinutes(minutes));
        events.add(
                new TrailEvent("e", at, "UpdateAccessKey", "iam.amazonaws.com", actor, "ann", key, error, List.of()));
    }

    private static String told(Fact<TrailEvents> answer) throws InterruptedException {
        return new WhoSwitchedOn(new Witness() {
                    @Override
                    public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                        assertThat(query).isEqualTo(TrailQuery.named("UpdateAccessKey"));
                        assertThat(since).isEqualTo(OFF);
                        return answer;
                    }

                    @Override
                    public Fact<String> contact(Account account, Contact.Kind kind) {
                        return Fact.notRead();
                    }
                })
                .told(ACCOUNT, KEY, OFF);
    }

    private String told(boolean whole) throws InterruptedException {
        return told(Fact.known(new TrailEvents(events, whole), OFF));
    }

    @Test
    void the_latest_change_of_the_key_after_it_went_off_switched_it_on() throws Exception {
        switched("keyturn", 0, KEY.value(), null);
        switched("bob", 30, KEY.value(), null);
        switched("eve", 10, KEY.value(), null);
        switched("other", 50, "AKIAOTHEROTHEROTHER1", null);
        switched("refused", 60, KEY.value(), "AccessDenied");

        assertThat(told(true))
                .isEqualTo("user bob (arn:aws:iam::1:user/bob) switched it on at 2026-11-20 08:30 UTC, by CloudTrail");
    }

    @Test
    void what_is_not_known_is_said_as_that() throws Exception {
        switched("keyturn", 0, KEY.value(), null);

        assertThat(told(true))
                .isEqualTo("CloudTrail names nobody who switched it on since; it tells some minutes late");
        assertThat(told(false)).endsWith("late, and only the latest events were looked through");
        assertThat(told(Fact.notRead())).isEqualTo("CloudTrail was not asked who switched it on");
        assertThat(told(Fact.unknown("AWS answered AccessDenied")))
                .isEqualTo("who switched it on is not known: AWS answered AccessDenied");
    }
}
