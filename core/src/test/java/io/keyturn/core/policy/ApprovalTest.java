package io.keyturn.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String BOB = "arn:aws:iam::111122223333:user/bob";

    @Test
    void nobodyCountsTwice() {
        assertThat(Approval.people(List.of(ALICE, ALICE))).isEqualTo(1);
        assertThat(Approval.people(List.of(ALICE, BOB))).isEqualTo(2);
        assertThat(Approval.TWO.suffices(List.of(ALICE, ALICE))).isFalse();
        assertThat(Approval.TWO.suffices(List.of(ALICE, BOB))).isTrue();
    }

    @Test
    void oneWhoIsKnownToAwsAndToTheSystemIsOnePerson() {
        assertThat(Approval.TWO.suffices(List.of(ALICE, "user alice"))).isFalse();
        assertThat(Approval.TWO.suffices(List.of("user alice", "user bob"))).isTrue();
    }

    @Test
    void withoutApprovalNobodyIsNeeded() {
        assertThat(Approval.NONE.suffices(List.of())).isTrue();
        assertThat(Approval.ONE.suffices(List.of())).isFalse();
    }

    @Test
    void somebody_at_a_page_and_at_a_command_line_may_be_one_person() {
        String page = Approval.ofPage("ann");
        assertThat(Approval.TWO.suffices(List.of(page, ALICE, "user ann"))).isFalse();
        assertThat(Approval.TWO.suffices(List.of(page, page))).isFalse();
        assertThat(Approval.TWO.suffices(List.of(page, Approval.ofPage("bob")))).isTrue();
        assertThat(Approval.ONE.suffices(List.of(page))).isTrue();
    }
}
