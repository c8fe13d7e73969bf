package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccount.Trial;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What surrounds the making of a key: whether it could be taken back, and whether it works. */
class MakingKeysTest {
    private static final String ARN = "arn:aws:iam::" + FakeAws.ACCOUNT + ":user/team/ann";
    private static final Target ANN = new Target(
            new AccountId(FakeAws.ACCOUNT),
            new UserId("AIDAann"),
            new UserName("ann"),
            new KeyId("AKIAEXAMPLE00000000A"));
    private static final Secret SECRET = new Secret("canary-secret");

    private FakeAws aws;
    private AwsAccounts accounts;

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
        accounts = new AwsAccounts(
                new AwsSettings(
                        List.of(new AccountSource.Ambient(null, false)),
                        ReadMode.LIVE,
                        Duration.ofSeconds(20),
                        true,
                        aws.environment(),
                        "test"),
                KeyIdMemory.NONE,
                new Meter(),
                InstantSource.system());
        accounts.each(entry -> {});
    }

    @AfterEach
    void stop() {
        accounts.close();
        aws.close();
    }

    private LiveAccount live() throws Exception {
        return accounts.open(new Account(
                new AccountId(FakeAws.ACCOUNT), FakeAws.ACCOUNT, Partition.AWS, Fact.notRead(), Fact.notRead(), false));
    }

    private static String decision(String action, String decision) {
        return "<member><EvalActionName>" + action + "</EvalActionName><EvalDecision>" + decision
                + "</EvalDecision></member>";
    }

    private void simulated(String ofUpdate, String ofDelete) {
        aws.on("SimulatePrincipalPolicy", r -> {
            assertThat(r)
                    .containsEntry("PolicySourceArn", "arn:aws:iam::" + FakeAws.ACCOUNT + ":user/me")
                    .containsEntry("ResourceArns.member.1", ARN);
            return "<EvaluationResults>" + decision("iam:UpdateAccessKey", ofUpdate)
                    + decision("iam:DeleteAccessKey", ofDelete)
                    + "</EvaluationResults><IsTruncated>false</IsTruncated>";
        });
    }

    @Test
    void theWayBackIsOpenWhereAwsSaysThatBothWouldBeAllowed() throws Exception {
        simulated("allowed", "allowed");
        assertThat(live().wayBack(ANN, ARN)).isEmpty();
        assertThat(aws.count("UpdateAccessKey") + aws.count("DeleteAccessKey")).isZero();
    }

    @Test
    void theWayBackIsClosedWhereOneWouldNotBe() throws Exception {
        simulated("allowed", "explicitDeny");
        assertThat(live().wayBack(ANN, ARN))
                .map(Problem::sentence)
                .hasValueSatisfying(said -> assertThat(said)
                        .contains("show that a new key could be taken back")
                        .contains(
                                "arn:aws:iam::" + FakeAws.ACCOUNT + ":user/me may not iam:DeleteAccessKey on " + ARN));
    }

    @Test
    void whereAwsDoesNotSayBothAreTriedOnAKeyThatNobodyHas() throws Exception {
        aws.denied("SimulatePrincipalPolicy");
        for (String action : List.of("UpdateAccessKey", "DeleteAccessKey")) {
            aws.answer(action, r -> {
                assertThat(r)
                        .containsEntry("UserName", "ann")
                        .doesNotContainEntry("AccessKeyId", "AKIAEXAMPLE00000000A");
                return FakeAws.error(404, "NoSuchEntity", "The Access Key cannot be found");
            });
        }
        assertThat(live().wayBack(ANN, ARN)).isEmpty();
        assertThat(aws.count("UpdateAccessKey")).isEqualTo(1);
        assertThat(aws.count("DeleteAccessKey")).isEqualTo(1);

        aws.denied("DeleteAccessKey");
        assertThat(live().wayBack(ANN, ARN))
                .map(Problem::why)
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("iam:DeleteAccessKey: AWS answered AccessDenied"));
    }

    @Test
    void aNewKeyWorksWhereAwsKnowsItAsTheUsers() throws Exception {
        LiveAccount live = live();
        aws.on("GetCallerIdentity", r -> identity(FakeAws.ACCOUNT, "AIDAann"));
        assertThat(live.tryOut(ANN, SECRET)).isEqualTo(new Trial.Works());
    }

    @Test
    void aNewKeyThatAwsDoesNotKnowYetIsTriedAgainAndOneOfSomebodyElseIsNot() throws Exception {
        LiveAccount live = live();
        aws.answer(
                "GetCallerIdentity", r -> FakeAws.error(403, "InvalidClientTokenId", "The security token is invalid"));
        assertThat(live.tryOut(ANN, SECRET)).isInstanceOf(Trial.NotYet.class);

        aws.on("GetCallerIdentity", r -> identity(FakeAws.ACCOUNT, "AIDAbob"));
        assertThat(live.tryOut(ANN, SECRET))
                .isInstanceOfSatisfying(
                        Trial.Wrong.class,
                        wrong -> assertThat(wrong.problem().sentence())
                                .contains("belongs to")
                                .doesNotContain("canary"));
    }

    private static String identity(String account, String user) {
        return "<Account>" + account + "</Account><Arn>arn:aws:iam::" + account + ":user/ann</Arn><UserId>" + user
                + "</UserId>";
    }
}
