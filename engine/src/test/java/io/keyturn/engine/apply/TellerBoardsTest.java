package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.owned;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.Channel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two users whose keys lie idle, and what those hear who hear of everything. */
class TellerBoardsTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void aBoard() {
        scene.letters.board = "sns";
    }

    @Test
    void thoseWhoHearOfEverythingHearWhatTheOwnerHears() throws Exception {
        scene.run();
        assertThat(scene.notices())
                .extracting(Entry.Notice::channel)
                .containsOnly("letters", "sns")
                .hasSize(4);
        assertThat(scene.run()).as("nothing is due again").isEmpty();
    }

    @Test
    void whereOnlyTheBoardIsLeftItIsHandedOverAndNotPlaced() throws Exception {
        scene.letters.gone.addAll(List.of("ann@example.com", "bob@example.com"));
        assertThat(scene.run()).containsExactlyInAnyOrder("remind ann: done", "remind bob: done");
        assertThat(scene.notices()).extracting(Entry.Notice::placement).containsOnly(Placement.HANDED_OVER);
    }

    @Test
    void theBoardsHearOfEachKeyOnceWhereTheOwnersOfSomeHaveANextInLine() throws Exception {
        scene.bothOwnedBy("gone@example.com");
        Rules old = Scene.RULES;
        // Bob's chain goes on with the tag, Ann's ends there.
        scene.rules = new Rules(
                old.policies(),
                old.exemptions(),
                old.stages(),
                List.of(
                        new OwnerRule.Listed(
                                "owners.yaml", Map.of("bob", "gone@example.com", "ann", "gone@example.com")),
                        new OwnerRule.Tag("Owner")),
                old.caps(),
                old.firstNotice(),
                old.leaks());
        User bob = scene.live.get("bob");
        scene.live.put(owned(
                "bob",
                bob.id().value(),
                "bob@example.com",
                scene.now,
                bob.keys().orElse(List.of()).getFirst()));
        scene.letters.gone.add("gone@example.com");
        scene.run();
        assertThat(scene.letters.calls)
                .containsExactly("gone@example.com of 2, after null", "bob@example.com of 1, after null");
        assertThat(scene.letters.announced).containsExactlyInAnyOrder("ann", "bob");
    }

    @Test
    void theBoardsHearOfWhatIsLetBe() throws Exception {
        scene.letters.doubtful = true;
        for (String run : List.of("run-1", "run-2", "run-3")) {
            scene.run = run;
            scene.run();
        }
        assertThat(scene.letters.announced).containsExactlyInAnyOrder("ann", "bob");
    }

    @Test
    void aBoardThatIsShutHoldsUpNobodyAndIsNamed() throws Exception {
        scene.letters.boarding = new Channel.Sending.Refused(Scene.Letters.problem("the board is shut"));

        assertThat(scene.run())
                .containsExactlyInAnyOrder(
                        "remind ann: done",
                        "remind bob: done",
                        "could not send the letter of letters: the board is shut (2 keys)");
        assertThat(scene.notices().stream().filter(notice -> notice.channel().equals("sns")))
                .extracting(Entry.Notice::placement)
                .containsOnly(Placement.FAILED);
        assertThat(scene.run()).as("the owners were told").isEmpty();
    }

    private static List<Placement> onTheBoard(Channel.Sending answer) throws Exception {
        Scene other = new Scene();
        other.letters.board = "sns";
        other.letters.boarding = answer;
        other.letters.gone.addAll(List.of("ann@example.com", "bob@example.com"));
        assertThat(other.run())
                .hasSize(3)
                .contains("remind ann: failed, they left", "remind bob: failed, they left")
                .anyMatch(line -> line.startsWith("could not send the letter of letters: "));
        return other.notices().stream().map(Entry.Notice::placement).toList();
    }

    @Test
    void aBoardThatDidNotTakeItHeardNothing() throws Exception {
        assertThat(onTheBoard(new Channel.Sending.InDoubt(Scene.Letters.problem("no answer"))))
                .containsExactly(Placement.DOUBTFUL, Placement.DOUBTFUL);
        assertThat(onTheBoard(new Channel.Sending.Unreachable(Scene.Letters.problem("gone"))))
                .containsExactly(Placement.FAILED, Placement.FAILED);
        assertThat(onTheBoard(new Channel.Sending.Refused(Scene.Letters.problem("shut"))))
                .containsExactly(Placement.FAILED, Placement.FAILED);
    }
}
