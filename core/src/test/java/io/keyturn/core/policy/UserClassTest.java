package io.keyturn.core.policy;

import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withSigns;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserClassTest {
    private static User with(String name, String path, boolean console, boolean mfa, Map<String, String> tags) {
        return tagged(withSigns(user(name), path, known(console), known(mfa)), known(tags));
    }

    private static UserClass of(User user) {
        UserClass judged = ((Fact.Known<UserClass>) UserClass.judge(user)).value();
        // The short way, which is asked for every user, always answers as the long one.
        assertThat(UserClass.kindOf(user)).isEqualTo(judged.kind());
        return judged;
    }

    @ParameterizedTest
    @CsvSource({
        "ann,                /,          true,  false, '',            person,  has a console password",
        "ann,                /,          false, true,  '',            person,  has an MFA device",
        "ann@fernhill.example, /,        false, false, '',            person,  is named like a mail address",
        "ann,                /people/,   false, false, '',            person,  has the path /people/",
        "ann,                /x/humans/, false, false, '',            person,  has the path /x/humans/",
        "ann,                /,          false, false, kind=Human,    person,  has the tag kind = Human",
        "ann,                /,          false, false, Type=person,   person,  has the tag Type = person",
        "ci,                 /service/,  false, false, '',            machine, has the path /service/",
        "ci,                 /,          false, false, type=BOT,      machine, has the tag type = BOT",
        "ci,                 /,          false, false, Kind=service-account, machine, has the tag Kind = service-account",
    })
    void eachSignAloneDecidesAndIsNamed(
            String name, String path, boolean console, boolean mfa, String tag, String kind, String evidence) {
        String[] parts = tag.split("=", 2);
        Map<String, String> tags = tag.isEmpty() ? Map.of() : Map.of(parts[0], parts[1]);
        UserClass judged = of(with(name, path, console, mfa, tags));
        assertThat(judged.kind().label()).isEqualTo(kind);
        assertThat(judged.evidence()).containsExactly(evidence);
    }

    @Test
    void nothingThatSpeaksMeansUnknown() {
        UserClass judged = of(with("x", "/", false, false, Map.of("kind", "toaster", "team", "machine")));
        assertThat(judged).isEqualTo(new UserClass(UserClass.Kind.UNKNOWN, List.of()));
    }

    @Test
    void signsForBothMeanUnknownAndAllAreNamed() {
        UserClass judged = of(with("ci", "/service/", true, false, Map.of("kind", "person")));
        assertThat(judged.kind()).isEqualTo(UserClass.Kind.UNKNOWN);
        assertThat(judged.evidence())
                .containsExactly("has a console password", "has the tag kind = person", "has the path /service/");
    }

    @Test
    void aSignThatIsNotKnownLeavesTheClassUnknownWithTheCause() {
        Fact<Boolean> denied = Fact.unknown("access denied");
        assertThat(UserClass.judge(withSigns(user("x"), "/", denied, known(true))))
                .isEqualTo(Fact.unknown("whether there is a console password: access denied"));
        assertThat(UserClass.judge(withSigns(user("x"), "/", known(true), denied)))
                .isEqualTo(Fact.unknown("whether there is an MFA device: access denied"));
        assertThat(UserClass.judge(tagged(user("x"), Fact.notRead())))
                .isEqualTo(Fact.unknown("the user's tags: not read in this run"));
        assertThat(UserClass.kindOf(tagged(user("x"), Fact.notRead()))).isNull();
        assertThat(UserClass.kindOf(withSigns(user("x"), "/", denied, known(true))))
                .isNull();
        assertThat(UserClass.kindOf(withSigns(user("x"), "/", known(true), denied)))
                .isNull();
    }
}
