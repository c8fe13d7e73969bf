package io.keyturn.app.metrics;

import static io.keyturn.app.render.Outcomes.ago;
import static io.keyturn.app.render.Outcomes.key;
import static io.keyturn.app.render.Outcomes.surveyed;
import static io.keyturn.app.render.Outcomes.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.render.Outcomes;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Reading;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeycheckLinesTest {
    private final StringWriter text = new StringWriter();
    private KeycheckLines lines = keycheck("lacework-devtest");

    private KeycheckLines keycheck(String alias) {
        return new KeycheckLines(new PrintWriter(text), 180, alias);
    }

    private String print(AccountOutcome... outcomes) {
        Arrays.stream(outcomes).forEach(outcome -> lines.account(outcome, finding -> true));
        lines.end(Outcomes.plan(outcomes), false);
        return text.toString();
    }

    private static AccessKey lettered(String id, boolean active, long age) {
        return new AccessKey(null, new KeyId(id), active, ago(age), LastUse.NEVER_USED, Outcomes.NOW);
    }

    @Test
    void aLineIsTheToolsOwnToTheLetter() {
        assertThat(print(surveyed(
                        "any", Reading.COMPLETE, user("dev_alice", "", lettered("AKIAIOSFODNNTVVHXVM", true, 197)))))
                .isEqualTo("iam,name=dev_alice,key=VHXVM,status=disabled,accountAlias=lacework-devtest age=197\n");
    }

    @Test
    void aKeyIsExpiringFromFifteenDaysBeforeItsEndAndDisabledFromItsEndOn() {
        assertThat(print(surveyed(
                                "any",
                                Reading.COMPLETE,
                                user("a", "", key(1, 164, 0)),
                                user("b", "", key(2, 165, 0)),
                                user("c", "", key(3, 179, 0)),
                                user("d", "", key(4, 180, 0))))
                        .lines())
                .containsExactly(
                        "iam,name=a,key=00001,status=ok,accountAlias=lacework-devtest age=164",
                        "iam,name=b,key=00002,status=expiring,accountAlias=lacework-devtest age=165",
                        "iam,name=c,key=00003,status=expiring,accountAlias=lacework-devtest age=179",
                        "iam,name=d,key=00004,status=disabled,accountAlias=lacework-devtest age=180");
    }

    @Test
    void aKeyThatIsSwitchedOffHasItsLineToo() {
        assertThat(print(surveyed("any", Reading.COMPLETE, user("a", "", lettered("AKIAIOSFODNNEXAMPLE", false, 3)))))
                .isEqualTo("iam,name=a,key=AMPLE,status=ok,accountAlias=lacework-devtest age=3\n");
    }

    @Test
    void namesThatHoldTheProtocolsOwnCharactersAreEscaped() {
        lines = keycheck("a b,c=d\\");

        assertThat(print(surveyed("any", Reading.COMPLETE, user("x=1,y@z", "", key(1, 3, 0)))))
                .isEqualTo("iam,name=x\\=1\\,y@z,key=00001,status=ok,accountAlias=a\\ b\\,c\\=d\\u005c age=3\n");
    }

    @Test
    void aLineBreakInANameStartsNoLineOfItsOwn() {
        lines = keycheck("a\niam,name=admin,key=AAAAA,status=ok age=1");

        assertThat(print(surveyed("any", Reading.COMPLETE, user("u", "", key(1, 3, 0))))
                        .lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("accountAlias=a\\u000aiam\\,name\\=admin\\,key");
    }

    @Test
    void anEmptyAliasIsNoTag() {
        lines = keycheck("");

        assertThat(print(surveyed("any", Reading.COMPLETE, user("u", "", key(1, 3, 0)))))
                .isEqualTo("iam,name=u,key=00001,status=ok age=3\n");
    }

    @Test
    void whatCouldNotBeReadIsToldBesideTheLines() {
        AccessKey nameless = new AccessKey(1, null, true, ago(3), LastUse.NEVER_USED, Outcomes.NOW);

        assertThat(print(
                        surveyed("any", new Reading.Partial("the tags of 2 users"), user("u", "", nameless)),
                        Outcomes.failed("data")))
                .isEmpty();
        assertThat(lines.notRead())
                .containsExactly(
                        "no line for u: its key's ID is not known",
                        "the tags of 2 users",
                        "could not assume the role of data: AWS refused it; check the trust policy");
    }
}
