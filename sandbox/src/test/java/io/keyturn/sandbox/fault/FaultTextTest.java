package io.keyturn.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTextTest {
    @Test
    void a_fault_is_written_with_its_action_kind_call_and_account() {
        assertThat(FaultText.parse("ListUsers=throttled")).isEqualTo(Fault.always("ListUsers", Fate.Kind.THROTTLED));
        assertThat(FaultText.parse("CreateAccessKey=late-landing#2@111122223333"))
                .isEqualTo(new Fault("CreateAccessKey", "111122223333", Fate.Kind.LATE_LANDING, 2, 1));
    }

    @Test
    void every_kind_has_a_word() {
        for (String kind : FaultText.kinds()) {
            assertThat(FaultText.parse("ListUsers=" + kind).fate().kind().name())
                    .isEqualToIgnoringCase(kind.replace('-', '_'));
        }
    }

    @Test
    void what_is_no_fault_is_refused_with_what_would_be_right() {
        assertThatThrownBy(() -> FaultText.parse("ListUsers"))
                .hasMessage("\"ListUsers\" is no fault; write ACTION=KIND[#N][@ACCOUNT], for example"
                        + " CreateAccessKey=dropped-after#1");
        assertThatThrownBy(() -> FaultText.parse("ListUsers=throtled"))
                .hasMessage("\"throtled\" is no kind of fault, did you mean throttled?; these are: "
                        + String.join(", ", FaultText.kinds()));
        assertThatThrownBy(() -> FaultText.parse("ListUsers=throttled#0"))
                .hasMessage("a fault strikes from the 1st call on and at least once, not from call 0 and 1 times");
        assertThatThrownBy(() -> new Fate(Fate.Kind.SLOW, Duration.ofSeconds(-1)))
                .hasMessage("nothing happens before it was asked for: PT-1S");
    }

    @Test
    void of_two_rules_for_one_call_the_first_strikes_and_each_counts_its_own() {
        FaultRules rules = new FaultRules(List.of(
                Fault.nth(1, "ListUsers", Fate.Kind.THROTTLED),
                new Fault("ListUsers", null, Fate.Kind.ERROR_BEFORE, 1, 2)));
        Operation list = new Operation("iam", "ListUsers", "111122223333", null, null);

        assertThat(rules.before(list).kind()).isEqualTo(Fate.Kind.THROTTLED);
        assertThat(rules.before(list).kind()).isEqualTo(Fate.Kind.ERROR_BEFORE);
        assertThat(rules.before(list)).isEqualTo(Fate.OK);
    }
}
