package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Succession;
import io.keyturn.core.assess.Successions;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key of ann's was being made, and nobody saw whether it was. */
class NewbornTest {
    private static final KeyId OLD = new KeyId(Scene.ANN_KEY);
    private static final KeyId NEW = new KeyId("AKIAEXAMPLE000000NEW");
    private static final KeyId MORE = new KeyId("AKIAEXAMPLE00000MORE");

    private final Scene scene = new Scene();
    private final Instant begun = scene.now;
    private final Entry.Intent intent = new Entry.Intent(
            new Entry.Stamp(begun, "run-0", "worker"),
            "lost",
            Verb.CREATE_KEY,
            new Target(ACCOUNT.id(), new UserId("AIDAANN"), new UserName("ann"), OLD),
            List.of(OLD),
            null);
    private Successions known = Successions.NONE;

    private AccessKey key(@Nullable KeyId id, LastUse use, long secondsLater) {
        return new AccessKey(null, id, true, begun.plusSeconds(secondsLater), use, begun);
    }

    private Newborn of(AccessKey... keys) {
        return of(user("ann", "AIDAANN", begun, keys));
    }

    private Newborn of(@Nullable User user) {
        return new Newborn(intent, Optional.ofNullable(user), known, scene.tools(new Weather()));
    }

    private static List<String> said(Optional<List<Entry>> verdict) {
        return verdict.orElseThrow().stream()
                .map(entry -> switch (entry) {
                    case Entry.Outcome outcome -> outcome.result() + " " + outcome.made() + " " + outcome.why();
                    case Entry.Decision decision -> decision.kind() + " by " + decision.by() + ": " + decision.why();
                    case Entry.Intent other -> "";
                    case Entry.Notice notice -> "";
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "-301, false", "900, true", "901, false"})
    void aKeyOfThatTimeIsOursAndNoOther(long seconds, boolean fits) {
        Newborn newborn = of(key(OLD, LastUse.NEVER_USED, 0), key(NEW, LastUse.NEVER_USED, seconds));

        assertThat(newborn.late().isPresent()).isEqualTo(fits);
        assertThat(said(newborn.verdict()).getFirst())
                .startsWith(fits ? "DONE " + NEW + " found made by a later run" : "FREEZE by keyturn: keys appeared");
    }

    @Test
    void whatWasThereAndWhatIsKnownToBeMadeIsNotNew() {
        assertThat(said(of(key(OLD, LastUse.NEVER_USED, 0)).verdict()))
                .containsExactly("FAILED null found not done by a later run");

        known = new Successions() {
            @Override
            public @Nullable Succession of(KeyId old) {
                return null;
            }

            @Override
            public @Nullable Succession by(KeyId successor) {
                return successor.equals(MORE) ? new Succession(OLD, MORE, begun, null) : null;
            }

            @Override
            public boolean concern(UserId user) {
                return true;
            }
        };
        Newborn newborn = of(key(MORE, LastUse.NEVER_USED, 0), key(NEW, LastUse.NEVER_USED, 1));
        assertThat(said(newborn.verdict()).getFirst()).startsWith("DONE " + NEW);
    }

    @Test
    void ofTwoNewKeysNobodyKnowsWhichIsOurs() {
        Newborn newborn = of(key(NEW, LastUse.NEVER_USED, 0), key(MORE, LastUse.NEVER_USED, 1));

        assertThat(newborn.late()).isEmpty();
        String why = "keys appeared that do not fit the one that was being made at " + begun + ": " + NEW + ", " + MORE;
        assertThat(said(newborn.verdict())).containsExactly("FREEZE by keyturn: " + why, "SKIPPED null " + why);
    }

    @Test
    void aKeyInUseIsSomebodyElses() {
        LastUse used = new LastUse.Used(begun.plus(Duration.ofMinutes(1)), "s3", "eu-west-1");

        assertThat(of(key(NEW, used, 0)).late()).isEmpty();
        assertThat(said(of(key(NEW, used, 0)).verdict()).getFirst()).startsWith("FREEZE");
    }

    @Test
    void whatCannotBeReadWholeSaysNothing() {
        LastUse unknown = new LastUse.Unknown("throttled");
        assertThat(of(key(NEW, unknown, 0)).verdict()).isEmpty();
        assertThat(of(key(NEW, unknown, 0)).late()).isEmpty();
        assertThat(of(key(NEW, LastUse.NEVER_USED, 0), key(null, LastUse.NEVER_USED, 0))
                        .verdict())
                .isEmpty();
        User ann = user("ann", "AIDAANN", begun);
        assertThat(of(ann.withKeys(Fact.unknown("denied"))).verdict()).isEmpty();
        assertThat(of(ann.withKeys(Fact.unknown("denied"))).late()).isEmpty();
    }

    @Test
    void withTheUserTheKeyIsGone() {
        User again = user("ann", "AIDAOTHER", begun, key(NEW, LastUse.NEVER_USED, 0));

        assertThat(said(of((User) null).verdict())).containsExactly("SKIPPED null the user is gone");
        assertThat(said(of(again).verdict())).containsExactly("SKIPPED null the user is gone");
        assertThat(of((User) null).late()).isEmpty();
        assertThat(of(again).late()).isEmpty();
    }
}
