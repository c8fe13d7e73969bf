package io.keyturn.core.plan;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keyturn.core.Samples;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoweredStagesTest {
    private static final Account DEV = account("111122223333", "Work/Dev");
    private static final Instant BEFORE = NOW.minusSeconds(60);

    private static Lowering unit(String ou, Stage stage, Instant at) {
        return new Lowering(ou, null, stage, at, "alice", "incident");
    }

    private static Rules rules(@Nullable Instant raised, Lowering... lowered) {
        Rules base = Samples.rules();
        List<StageRule> stages = List.of(new StageRule(null, null, Stage.ROTATE, raised));
        return new Rules(base.policies(), List.of(), stages, base.owners(), base.caps(), base.firstNotice(), true)
                .lowered(List.of(lowered));
    }

    @Test
    void aStageIsTheLowerOfFileAndDecision() {
        assertThat(Stages.of(DEV, rules(null, unit("Work", Stage.NOTIFY, BEFORE)), NOW))
                .isEqualTo(Stage.NOTIFY);
        assertThat(Stages.of(DEV, rules(null, unit("Work", Stage.ENFORCE, BEFORE)), NOW))
                .isEqualTo(Stage.ROTATE);
        assertThat(Stages.of(DEV, rules(null, unit("Other", Stage.OBSERVE, BEFORE)), NOW))
                .isEqualTo(Stage.ROTATE);
        assertThat(Stages.of(DEV, rules(null), NOW)).isEqualTo(Stage.ROTATE);
    }

    @Test
    void theLowestOfSeveralCountsAndOfTheSameTheLatest() {
        Lowering first = unit("Work", Stage.OBSERVE, BEFORE);
        Lowering second = unit("Work/Dev", Stage.OBSERVE, NOW);
        Rules rules = rules(null, unit("", Stage.NOTIFY, BEFORE), first, second, unit("Work", Stage.NOTIFY, NOW));

        assertThat(Stages.lowering(DEV, rules, NOW)).isEqualTo(second);
    }

    @Test
    void anAccountIsLoweredAlone() {
        Lowering one = new Lowering(null, new AccountId("111122223333"), Stage.OBSERVE, NOW, "alice", "audit");

        assertThat(Stages.of(DEV, rules(null, one), NOW)).isEqualTo(Stage.OBSERVE);
        assertThat(Stages.of(account("111122224444", "Work/Dev"), rules(null, one), NOW))
                .isEqualTo(Stage.ROTATE);
        assertThat(one.sentence()).startsWith("lowered to observe for this account by alice at ");
    }

    @Test
    void anAccountWhoseUnitIsNotKnownMayBeTheOneThatWasLowered() {
        Account unknown = new Account(DEV.id(), "x", DEV.partition(), Fact.unknown("denied"), Fact.notRead(), false);
        Rules rules = rules(null, unit("Work", Stage.OBSERVE, BEFORE));

        assertThat(Stages.of(unknown, rules, NOW)).isEqualTo(Stage.OBSERVE);
        assertThat(rules.needs(Needs.Identify.NONE).has(FactName.ACCOUNT_OU)).isTrue();
    }

    @Test
    void theFileRaisesWhatWasLoweredBeforeAndNothingLater() {
        Lowering lowered = unit("Work", Stage.OBSERVE, BEFORE);

        assertThat(Stages.of(DEV, rules(NOW, lowered), NOW)).isEqualTo(Stage.ROTATE);
        assertThat(Stages.of(DEV, rules(BEFORE, lowered), NOW)).isEqualTo(Stage.OBSERVE);
        assertThat(Stages.of(DEV, rules(NOW.plusSeconds(1), lowered), NOW))
                .as("a time that is to come raises nothing yet")
                .isEqualTo(Stage.OBSERVE);
    }

    @Test
    void whatIsLoweredIsAUnitOrAnAccount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Lowering(null, null, Stage.OBSERVE, NOW, "alice", "x"));
    }
}
