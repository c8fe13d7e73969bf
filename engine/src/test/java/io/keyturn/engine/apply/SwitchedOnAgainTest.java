package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key that Keyturn switched off, and that a person switches on again in AWS. */
class SwitchedOnAgainTest {
    private final Scene scene = new Scene();

    private void switchedOffAndOnAgain() throws Exception {
        scene.announced();
        assertThat(scene.run()).contains("deactivate ann: done", "deactivate bob: done");
        scene.live.put(user("ann", "AIDAANN", scene.now, key(Scene.ANN_KEY, scene.now, 110, 90)));
        scene.days(1);
    }

    /** A run a day; what was done to Ann's key, by the day. */
    private List<String> daily(int days) throws Exception {
        List<String> done = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            scene.days(1);
            for (String line : scene.run()) {
                if (line.contains(" ann: ") && !line.startsWith("remind")) {
                    done.add(day + ": " + line);
                }
            }
        }
        return done;
    }

    @Test
    void itIsNotSwitchedOffAgainUntilAPersonThawsItAndItIsAnnouncedAnew() throws Exception {
        switchedOffAndOnAgain();
        assertThat(daily(120)).isEmpty();
        assertThat(scene.active("ann")).isTrue();

        scene.decide(Entry.Decision.Kind.THAW, "ann");
        assertThat(daily(40)).first().asString().endsWith("deactivate ann: done");
        assertThat(scene.active("ann")).isFalse();
    }

    @Test
    void itsOwnerIsToldOfANewDateBeforeItIsDue() throws Exception {
        switchedOffAndOnAgain();
        scene.decide(Entry.Decision.Kind.THAW, "ann");
        scene.letters.sent.clear();
        List<String> done = daily(60);
        assertThat(done).singleElement().asString().endsWith(": deactivate ann: done");
        assertThat(Integer.parseInt(done.getFirst().split(":", 2)[0]))
                .as("thirty days after the first word")
                .isGreaterThanOrEqualTo(29);
        assertThat(scene.letters.sent)
                .anyMatch(notice -> notice.user().name().value().equals("ann") && notice.announced() != null);
    }

    @Test
    void whoThawedBeforeItWasSwitchedOffHasNotSeenThis() throws Exception {
        scene.decide(Entry.Decision.Kind.THAW, "ann");
        switchedOffAndOnAgain();
        assertThat(daily(40)).isEmpty();
    }

    @Test
    void anActOfAnEarlierPlanIsNotCarriedOutAndSaysWhy() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.apply(due);
        scene.live.put(user("ann", "AIDAANN", scene.now, key(Scene.ANN_KEY, scene.now, 110, 90)));
        List<Action> ann = due.stream()
                .filter(action -> action.kind() == Verb.DEACTIVATE
                        && action.credential().principal().display().equals("ann"))
                .toList();
        assertThat(scene.apply(ann))
                .containsExactly("deactivate ann: skipped, Keyturn switched it off on 2026-12-23; if it works again,"
                        + " somebody switched it on: ask why, and thaw it where it may go off");
    }

    @Test
    void anOldKeyThatItsSuccessorHasReplacedIsNotSwitchedOffAgainEither() throws Exception {
        RotationScene rotation = new RotationScene();
        rotation.announced();
        rotation.run();
        rotation.live(60, RotationScene.NEW);
        assertThat(rotation.keys()).containsExactly("old off", "1 on");
        rotation.change(keys -> keys.replaceAll(key -> RotationScene.OLD.equals(key.id())
                ? new AccessKey(null, key.id(), true, key.created(), key.lastUse(), key.asOf())
                : key));

        List<String> story = rotation.live(150, RotationScene.NEW);

        assertThat(story).noneMatch(line -> line.contains("deactivate") || line.contains("delete"));
        assertThat(rotation.keys()).containsExactly("old on", "1 on");
    }
}
