package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccount.Answer;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.ReadMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of keys, and what is read right before, against every answer there is. */
class LiveAccountTest {
    private static final Needs KEYS = new Needs(EnumSet.of(FactName.KEYS, FactName.TAGS), Needs.Identify.ALL);
    private static final AccountId ID = new AccountId(FakeAws.ACCOUNT);
    private static final Target ANN =
            new Target(ID, new UserId("AIDAann"), new UserName("ann"), new KeyId("AKIAEXAMPLE00000000A"));
    private static final String ROLE = "arn:aws:iam::" + FakeAws.ACCOUNT + ":role/keyturn-act";

    private FakeAws aws;
    private AwsAccounts accounts;

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
        aws.on("GetUser", r -> "<User>" + FakeAws.user(r.get("UserName")) + "</User>");
        aws.on("ListUserTags", r -> "<Tags/><IsTruncated>false</IsTruncated>");
        aws.on("UpdateAccessKey", r -> "");
        aws.on("DeleteAccessKey", r -> "");
    }

    @AfterEach
    void stop() {
        if (accounts != null) {
            accounts.close();
        }
        aws.close();
    }

    private LiveAccount open(AccountSource source) throws Exception {
        return open(source, Duration.ofSeconds(20));
    }

    private LiveAccount open(AccountSource source, Duration deadline) throws Exception {
        accounts = new AwsAccounts(
                new AwsSettings(List.of(source), ReadMode.LIVE, deadline, true, aws.environment(), "test"),
                KeyIdMemory.NONE,
                new Meter(),
                InstantSource.system());
        accounts.each(entry -> {});
        return accounts.open(account(FakeAws.ACCOUNT));
    }

    private LiveAccount open() throws Exception {
        return open(new AccountSource.Ambient(null, false));
    }

    private static Account account(String id) {
        return new Account(new AccountId(id), id, Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    }

    @Test
    void aUserIsReadWithItsKeysAndWhatElseIsNeeded() throws Exception {
        Optional<User> user = open().user(new UserName("ann"), KEYS);

        assertThat(user).hasValueSatisfying(found -> {
            assertThat(found.id()).isEqualTo(new UserId("AIDAann"));
            assertThat(found.keys().orElse(List.of())).hasSize(1);
            assertThat(found.tags().orElse(Map.of("not", "read"))).isEmpty();
        });
    }

    @Test
    void aUserThatIsGoneIsAbsentAndOneThatIsDeniedIsNot() throws Exception {
        LiveAccount live = open();
        aws.answer("GetUser", r -> FakeAws.error(404, "NoSuchEntity", "no such user"));
        assertThat(live.user(new UserName("ann"), KEYS)).isEmpty();

        aws.denied("GetUser");
        assertThatThrownBy(() -> live.user(new UserName("ann"), KEYS))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("could not read the user ann of account " + FakeAws.ACCOUNT + ": AWS answered"
                        + " AccessDenied");
    }

    @Test
    void whatCannotBeReadOfAUserIsUnknown() throws Exception {
        aws.denied("ListAccessKeys");

        Optional<User> user = open().user(new UserName("ann"), KEYS);

        assertThat(user).hasValueSatisfying(found -> assertThat(found.keys()).isInstanceOf(Fact.Unknown.class));
    }

    @Test
    void aChangeNamesUserAndKey() throws Exception {
        aws.on("UpdateAccessKey", r -> {
            assertThat(r)
                    .containsEntry("UserName", "ann")
                    .containsEntry("AccessKeyId", "AKIAEXAMPLE00000000A")
                    .containsEntry("Status", "Inactive");
            return "";
        });

        assertThat(open().setActive(ANN, false, Leave.GIVEN)).isEqualTo(new Answer.Done());
        assertThat(aws.count("UpdateAccessKey")).isEqualTo(1);
    }

    @Test
    void awsTellsItsTime() throws Exception {
        LiveAccount live = open();
        live.user(new UserName("ann"), KEYS);

        assertThat(live.awsTime())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    void aRefusalHadNoEffect() throws Exception {
        LiveAccount live = open();
        aws.denied("DeleteAccessKey");

        assertThat(live.delete(ANN, Leave.GIVEN))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().sentence())
                                .startsWith("could not delete the key of ann in account " + FakeAws.ACCOUNT
                                        + ": AWS answered AccessDenied")
                                .endsWith("see `keyturn iam-policy` for the whole policy"));
    }

    @Test
    void aThrottledChangeHadNoEffectAndIsMadeAgain() throws Exception {
        LiveAccount live = open();
        aws.answer("DeleteAccessKey", r -> {
            if (aws.count("DeleteAccessKey") <= 3) {
                return FakeAws.error(400, "Throttling", "Rate exceeded");
            }
            return new FakeAws.Answer(200, FakeAws.result("DeleteAccessKey", ""));
        });

        assertThat(live.delete(ANN, Leave.GIVEN)).isEqualTo(new Answer.Done());
        assertThat(aws.count("DeleteAccessKey")).isEqualTo(4);
    }

    @Test
    void aChangeThatIsThrottledUntilTheDeadlineIsRefused() throws Exception {
        LiveAccount live = open(new AccountSource.Ambient(null, false), Duration.ofSeconds(1));
        aws.answer("DeleteAccessKey", r -> FakeAws.error(400, "Throttling", "Rate exceeded"));

        assertThat(live.delete(ANN, Leave.GIVEN))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().sentence()).contains("Throttling"));
        assertThat(aws.count("DeleteAccessKey")).isGreaterThan(1);
    }

    @Test
    void leaveIsAskedAgainBeforeAThrottledChangeIsSentAgain() throws Exception {
        LiveAccount live = open();
        Problem stopped = new Problem("delete the key", "ann", "everything is stopped: drill", "resume first");
        aws.answer("DeleteAccessKey", r -> FakeAws.error(400, "Throttling", "Rate exceeded"));

        Answer answer =
                live.delete(ANN, () -> aws.count("DeleteAccessKey") == 0 ? Optional.empty() : Optional.of(stopped));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().sentence())
                                .isEqualTo("could not delete the key of ann in account " + FakeAws.ACCOUNT
                                        + ": everything is stopped: drill; resume first"));
        assertThat(aws.count("DeleteAccessKey")).isEqualTo(1);
    }

    @Test
    void anErrorOfAwsOwnLeavesDoubtAndIsNotRepeated() throws Exception {
        LiveAccount live = open();
        aws.answer("DeleteAccessKey", r -> FakeAws.error(503, "ServiceUnavailable", "try later"));

        assertThat(live.delete(ANN, Leave.GIVEN))
                .isInstanceOfSatisfying(
                        Answer.InDoubt.class,
                        doubt -> assertThat(doubt.unwell()).isTrue());
        assertThat(aws.count("DeleteAccessKey")).isEqualTo(1);
    }

    @Test
    void anAnswerThatCannotBeReadLeavesDoubtAndIsNotRepeated() throws Exception {
        LiveAccount live = open();
        aws.answer("UpdateAccessKey", r -> new FakeAws.Answer(200, "<html>a proxy's"));

        assertThat(live.setActive(ANN, false, Leave.GIVEN)).isInstanceOf(Answer.InDoubt.class);
        assertThat(aws.count("UpdateAccessKey")).isEqualTo(1);
    }

    @Test
    void aKeyIsMadeOnceAndItsSecretDoesNotShowItself() throws Exception {
        aws.on(
                "CreateAccessKey",
                r -> "<AccessKey><UserName>ann</UserName><AccessKeyId>AKIAEXAMPLE00000000B</AccessKeyId>"
                        + "<Status>Active</Status><SecretAccessKey>canary-secret</SecretAccessKey>"
                        + "<CreateDate>2026-11-23T12:00:00Z</CreateDate></AccessKey>");

        LiveAccount.Made made = open().create(ANN, Leave.GIVEN);

        assertThat(made).isInstanceOfSatisfying(LiveAccount.Made.Key.class, key -> {
            assertThat(key.secret().reveal()).isEqualTo("canary-secret");
            assertThat(key.created()).isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
        });
        assertThat(made.toString()).doesNotContain("canary-secret");
    }

    @Test
    void aKeyWhoseMakingWasNotAnsweredIsInDoubtAndNotMadeTwice() throws Exception {
        LiveAccount live = open();
        aws.answer("CreateAccessKey", r -> FakeAws.error(500, "ServiceFailure", "internal"));

        assertThat(live.create(ANN, Leave.GIVEN))
                .isInstanceOfSatisfying(
                        LiveAccount.Made.Not.class,
                        not -> assertThat(not.answer()).isInstanceOf(Answer.InDoubt.class));
        assertThat(aws.count("CreateAccessKey")).isEqualTo(1);
    }

    @Test
    void byARoleEachChangeHasASessionForThatActionOnThatUserAlone() throws Exception {
        aws.on("AssumeRole", r -> {
            String policy = r.get("Policy");
            assertThat(r).containsEntry("RoleArn", ROLE).containsEntry("ExternalId", "xyz");
            assertThat(policy == null || policy.equals(POLICY)).as("%s", policy).isTrue();
            return "<Credentials><AccessKeyId>ASIAEXAMPLE000000000</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                    + "<SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
                    + "<AssumedRoleUser><AssumedRoleId>x:y</AssumedRoleId><Arn>arn:aws:sts::" + FakeAws.ACCOUNT
                    + ":assumed-role/keyturn-act/test</Arn></AssumedRoleUser>";
        });
        LiveAccount live = open(new AccountSource.Role(ROLE, "xyz", false));
        int before = aws.count("AssumeRole");

        assertThat(live.delete(ANN, Leave.GIVEN)).isEqualTo(new Answer.Done());
        assertThat(live.delete(ANN, Leave.GIVEN)).isEqualTo(new Answer.Done());

        assertThat(aws.count("AssumeRole") - before).isEqualTo(2);
    }

    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iam:DeleteAccessKey\","
                    + "\"Resource\":[\"arn:aws:iam::" + FakeAws.ACCOUNT + ":user/ann\",\"arn:aws:iam::"
                    + FakeAws.ACCOUNT
                    + ":user/*/ann\"]}]}";

    @Test
    void anAccountThatIsNotOfThisRunIsNotOpened() throws Exception {
        open();

        assertThatThrownBy(() -> accounts.open(account("999999999999")))
                .isInstanceOf(ReadFailure.class)
                .hasMessage("could not open the account of account 999999999999: it is not among the accounts of this"
                        + " run; plan again with the accounts as they are configured now");
    }
}
