package io.keyturn.core.report;

import static io.keyturn.core.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Exemption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Exemption SEALED =
            new Exemption(new ArnPattern("*"), "sec", "sealed", LocalDate.parse("2027-06-30"));

    private static Map<Reason, String> reasons() {
        Map<Reason, String> all = new LinkedHashMap<>();
        all.put(new Reason.Quarantined("Q3"), "leaked|AWS found it leaked and attached Q3");
        all.put(new Reason.RootKey(), "root has a key|the root user has an access key; nobody should");
        all.put(new Reason.PastAge(days(100), days(90)), "limit 90 d|100 days old, limit 90");
        all.put(new Reason.NearAge(days(80), days(75), days(90)), "limit 90 d|80 days old, warned from 75, limit 90");
        all.put(new Reason.PastIdle(days(50), days(45), false), "unused, limit 45 d|unused for 50 days, limit 45");
        all.put(
                new Reason.NearIdle(days(31), days(30), days(45), true),
                "unused, limit 45 d|never used in 31 days, warned from 30, limit 45");
        all.put(new Reason.LastUseUnknown("denied"), "last use unknown|the last use is not known: denied");
        all.put(new Reason.KeysUnknown("denied"), "keys not read|the keys could not be read: denied");
        all.put(
                new Reason.Undecided("people", "no tag", false),
                "policy undecided|the condition of policy people could not be decided: no tag");
        all.put(new Reason.Ungoverned(), "no policy fits|no policy's condition matches");
        all.put(new Reason.SwitchedOff(), "inactive|switched off already");
        all.put(new Reason.Exempted(SEALED), "exempt|exempt until 2027-06-30 by sec: sealed");
        all.put(new Reason.ExemptionEnded(SEALED), "exemption ended|its exemption ended on 2027-06-30, owner sec");
        all.put(new Reason.LeakUnknown("denied"), "leak unknown|whether AWS found it leaked is not known: denied");
        all.put(new Reason.TwoKeys(), "two keys already|the user has two keys already, so no successor can be made");
        all.put(
                new Reason.PredecessorRemains(new KeyId("AKIAEXAMPLE000000OLD")),
                "waits for room|a successor is made once AKIAEXAMPLE000000OLD, whose place it took, is deleted");
        all.put(new Reason.NoOwner(), "no owner|nobody is known to own it");
        KeyId old = new KeyId("AKIAEXAMPLE000000OLD");
        KeyId successor = new KeyId("AKIAEXAMPLE000000NEW");
        Instant delivered = Instant.parse("2026-11-23T08:00:00Z");
        all.put(
                new Reason.Succeeded(successor, delivered, "vault", false),
                "successor unused|its successor AKIAEXAMPLE000000NEW was delivered on 2026-11-23 to vault and is not in"
                        + " use yet");
        all.put(
                new Reason.Succeeded(successor, delivered, "vault", true),
                "successor in use|its successor AKIAEXAMPLE000000NEW was delivered on 2026-11-23 to vault and is in use");
        all.put(new Reason.SuccessorOf(old), "successor|it takes the place of AKIAEXAMPLE000000OLD");
        all.put(
                new Reason.Undelivered(old, false),
                "never delivered|made to take the place of AKIAEXAMPLE000000OLD, and its secret is not known to have"
                        + " reached anybody");
        all.put(
                new Reason.Undelivered(old, true),
                "never delivered|made to take the place of AKIAEXAMPLE000000OLD, and its secret is not known to have"
                        + " reached anybody; but somebody uses it, or may: a person decides");
        all.put(
                new Reason.SuccessorLost(successor, true),
                "successor lost|its successor AKIAEXAMPLE000000NEW was deleted by somebody else: nothing is made until"
                        + " that is approved");
        all.put(
                new Reason.SuccessorLost(successor, false),
                "successor lost|its successor AKIAEXAMPLE000000NEW was switched off by somebody else: nothing is made"
                        + " until that is approved");
        all.put(
                new Reason.OwnedByCode("aws:x"),
                "owned by code|the tag aws:x says that code keeps it: change it there");
        all.put(
                new Reason.Compromised(new Compromise("d-1", "alice", "in a public repository", delivered)),
                "leaked|alice declared it compromised on 2026-11-23: in a public repository");
        all.put(
                new Reason.ThiefCouldFetch(),
                "user compromised|a key of its user was compromised, so that the user itself may not fetch a successor:"
                        + " name readers in rotate.deliver");
        all.put(new Reason.TagsUnknown("denied"), "tags unknown|whether code keeps it is not known: denied");
        all.put(
                new Reason.SendsMail(),
                "sends mail|it was last used to send mail: SMTP passwords may be computed from it, so it is rotated only"
                        + " with also: smtp-password");
        all.put(
                new Reason.Brownouts(List.of(Duration.ofMinutes(15), Duration.ofHours(4))),
                "brownouts first|first it is switched off for a while, and on again: 15 min, then 4 h, a day apart; what"
                        + " stops working then needs another key");
        all.put(
                new Reason.InBrownout(new Brownout(delivered, Duration.ofMinutes(90), null, true)),
                "off for a while|switched off for 90 min since 2026-11-23 08:00 UTC, to see what still works with it; the"
                        + " first run after that switches it on again");
        all.put(
                new Reason.CutInUse("people", Duration.ofDays(3)),
                "cut in use|in use, last 3 d ago, and cut all the same: policy people says cut-in-use");
        all.put(
                new Reason.CutInUse("people", Duration.ofHours(3)),
                "cut in use|in use, last today, and cut all the same: policy people says cut-in-use");
        all.put(
                new Reason.CutInUse("people", null),
                "cut in use|in use for all that is known, and cut all the same: policy people says cut-in-use");
        return all;
    }

    @Test
    void everyReasonHasAFewWordsAndASentenceAndARule() {
        reasons().forEach((reason, words) -> {
            assertThat(Words.brief(reason) + "|" + Words.sentence(reason)).isEqualTo(words);
            assertThat(reason.rule()).matches("[a-z-]+");
        });
        assertThat(reasons().keySet().stream().map(Reason::rule).distinct()).hasSize(29);
    }

    @Test
    void everyStandingHasItsWord() {
        assertThat(Standing.values())
                .extracting(Words::of)
                .containsExactly(
                        "leaked", "overdue", "due soon", "rotating", "unknown", "inactive", "exempt", "healthy");
    }
}
