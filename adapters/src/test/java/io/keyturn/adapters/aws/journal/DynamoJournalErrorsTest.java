package io.keyturn.adapters.aws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.adapters.aws.journal.FakeDynamo.Answer;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person reads where DynamoDB refuses, and what each refusal means for the lines. */
class DynamoJournalErrorsTest {
    private static final String PLACE = " of the journal in the DynamoDB table journal (eu-west-1): ";
    private static final String TRANSACTION = "TransactWriteItems";
    private static final String NEEDS = "; a journal needs dynamodb:ConditionCheckItem, dynamodb:DescribeTable,"
            + " dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query on its table";
    private static final List<Line> LINES =
            List.of(new Line("a", 1, Instant.EPOCH, "{}", "e".repeat(64), "AIDAANN", null));

    private final List<Duration> pauses = new ArrayList<>();
    private FakeDynamo dynamo;

    @BeforeEach
    void start() throws IOException {
        dynamo = new FakeDynamo();
    }

    @AfterEach
    void stop() {
        dynamo.close();
    }

    private DynamoJournal open() throws StoreFailure {
        return open("eu-west-1");
    }

    private DynamoJournal open(String region) throws StoreFailure {
        return open(region, true);
    }

    private DynamoJournal open(String region, boolean makes) throws StoreFailure {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", dynamo.url(),
                "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_CONFIG_FILE", "/nonexistent",
                "AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"));
        return DynamoJournal.open(new DynamoSettings("journal", region, environment), makes, pauses::add);
    }

    @Test
    void aMissingPermissionIsNamedWithAllThatAreNeeded() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(TRANSACTION, FakeDynamo.denied("dynamodb:ConditionCheckItem"));

            assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> append(store))
                    .hasMessage("could not write the lines for a" + PLACE + "AWS answered AccessDeniedException (User:"
                            + " arn:aws:iam::111122223333:user/keyturn is not authorized to perform:"
                            + " dynamodb:ConditionCheckItem on resource:"
                            + " arn:aws:dynamodb:eu-west-1:111122223333:table/journal); allow"
                            + " dynamodb:ConditionCheckItem to the credentials in use" + NEEDS);
            assertThat(dynamo.count(TRANSACTION)).isEqualTo(1);
        }
    }

    @Test
    void aTableThatIsNotThereIsNoEmptyJournal() {
        dynamo.always("DescribeTable", FakeDynamo.error(400, "ResourceNotFoundException", "not found"));

        assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> open("eu-west-1", false))
                .hasMessage("could not use the table" + PLACE + "there is no such table in this Region and account;"
                        + " make it with: keyturn store create; or correct its name or Region");
        assertThat(dynamo.count("CreateTable")).isZero();
    }

    @Test
    void aTableThatMayNotBeMadeIsSaidSo() {
        dynamo.always("DescribeTable", FakeDynamo.error(400, "ResourceNotFoundException", "not found"));
        dynamo.always("CreateTable", FakeDynamo.denied("dynamodb:CreateTable"));

        assertFailure(StoreFailure.Kind.UNAVAILABLE, this::open)
                .hasMessageStartingWith("could not make the table" + PLACE + "AWS answered AccessDeniedException")
                .hasMessageEndingWith("allow dynamodb:CreateTable to the credentials in use" + NEEDS);
    }

    @Test
    void aNewTableIsWaitedForAndItsRecoverySwitchedOn() throws StoreFailure {
        dynamo.next(
                "DescribeTable",
                FakeDynamo.error(400, "ResourceNotFoundException", "not found"),
                FakeDynamo.error(400, "ResourceNotFoundException", "not yet"),
                FakeDynamo.table("CREATING", "pk", "sk"));
        dynamo.next("CreateTable", FakeDynamo.error(400, "ResourceInUseException", "another worker makes it"));
        dynamo.next(
                "UpdateContinuousBackups", FakeDynamo.error(400, "ContinuousBackupsUnavailableException", "not yet"));

        try (DynamoJournal store = open()) {
            assertThat(store.warning()).isEmpty();
        }
        assertThat(dynamo.count("UpdateContinuousBackups")).isEqualTo(2);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void withoutPointInTimeRecoveryTheTableIsUsedAndAPersonIsTold() throws StoreFailure {
        dynamo.next("DescribeTable", FakeDynamo.error(400, "ResourceNotFoundException", "not found"));
        dynamo.always("UpdateContinuousBackups", FakeDynamo.denied("dynamodb:UpdateContinuousBackups"));

        try (DynamoJournal store = open()) {
            assertThat(store.warning().orElseThrow())
                    .startsWith("could not switch on the point-in-time recovery" + PLACE)
                    .contains("allow dynamodb:UpdateContinuousBackups to the credentials in use");
        }
    }

    @Test
    void aTableThatAwsNeverFinishesIsGivenUp() {
        dynamo.always("DescribeTable", FakeDynamo.table("CREATING", "pk", "sk"));

        assertFailure(StoreFailure.Kind.UNAVAILABLE, this::open)
                .hasMessage("could not make the table" + PLACE
                        + "AWS has begun it and it is not ready yet; run again in a minute");
    }

    @Test
    void aTableOfSomethingElseIsRefused() {
        dynamo.always("DescribeTable", FakeDynamo.table("ACTIVE", "user", "time"));

        assertFailure(StoreFailure.Kind.DAMAGED, this::open)
                .hasMessage("could not use the table" + PLACE + "it was made for something else: a journal has the"
                        + " partition key \"pk\" and the sort key \"sk\", both strings; name another table, and make"
                        + " it with: keyturn store create");
    }

    @Test
    void aTableOfANewerKeyturnIsRefused() {
        dynamo.always("GetItem", FakeDynamo.version("7"));

        assertFailure(StoreFailure.Kind.NEWER, this::open)
                .hasMessage("could not use the table" + PLACE + "a newer Keyturn wrote it: its items are of version 7,"
                        + " this one knows 1; update Keyturn");
    }

    @Test
    void aVersionThatIsNoneIsDamage() {
        dynamo.always("GetItem", new Answer(200, "{\"Item\":{\"version\":{\"S\":\"one\"}}}"));

        assertFailure(StoreFailure.Kind.DAMAGED, this::open)
                .hasMessage("could not read the version" + PLACE + "\"version\" is missing or no number; nothing is"
                        + " changed on its word; restore the table to a point in time before, or name another one:"
                        + " every key is then announced anew before anything happens to it");
    }

    @Test
    void withoutARegionNothingIsAsked() {
        assertThatThrownBy(() -> open(null))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("could not find the table of the journal in the DynamoDB table journal (no Region): no"
                        + " Region is named; name the table's Region, or set AWS_REGION");
    }

    @Test
    void aThrottledAppendIsSentAgain() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.next(
                    TRANSACTION,
                    FakeDynamo.error(400, "ThrottlingException", "slow down"),
                    FakeDynamo.cancelled("None", "TransactionConflict"),
                    FakeDynamo.cancelled("ThrottlingError", "None"));

            append(store);

            assertThat(dynamo.count(TRANSACTION)).isEqualTo(4);
            assertThat(pauses).isSorted().hasSize(3);
        }
    }

    @Test
    void throttlingWithoutEndWroteNothing() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(
                    TRANSACTION,
                    FakeDynamo.error(400, "ProvisionedThroughputExceededException", "raise the throughput"));

            assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> append(store))
                    .hasMessage("could not write the lines for a" + PLACE + "AWS answered"
                            + " ProvisionedThroughputExceededException (raise the throughput), at the last of 8"
                            + " attempts; run again when the DynamoDB table journal (eu-west-1) is less busy, or raise"
                            + " its throughput");
        }
    }

    @Test
    void conflictsWithoutEndWroteNothing() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(TRANSACTION, FakeDynamo.cancelled("TransactionConflict", "None"));

            assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> append(store))
                    .hasMessageContaining("DynamoDB cancelled the transaction (TransactionConflict), at the last of 8");
        }
    }

    @Test
    void aConditionThatFailsBesideAConflictIsLookedAtAgain() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.next(
                    TRANSACTION,
                    FakeDynamo.cancelled("TransactionConflict", "ConditionalCheckFailed", "None"),
                    FakeDynamo.cancelled("ConditionalCheckFailed", "ConditionalCheckFailed", "None"));

            assertFailure(StoreFailure.Kind.CONFLICT, () -> append(store));
        }
    }

    @Test
    void aPartitionThatNamesAnotherInTurnIsDamage() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always("GetItem", head("9"));
            dynamo.always(
                    "Query",
                    new Answer(200, "{\"Items\":[{\"elsewhere\":{\"S\":\"lines/1\"},\"first\":{\"N\":\"1\"}}]}"));

            assertFailure(StoreFailure.Kind.DAMAGED, () -> store.read("a", 0, 10))
                    .hasMessageContaining("line 1 is missing from its item");
        }
    }

    @Test
    void aWriteThatIsStillAtWorkIsInDoubt() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(TRANSACTION, FakeDynamo.error(400, "TransactionInProgressException", "still at it"));

            assertFailure(StoreFailure.Kind.IN_DOUBT, () -> append(store)).hasMessageContaining("at the last of 3");
        }
    }

    @Test
    void aFaultOfTheServerLeavesAWriteInDoubtWhateverFollows() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.next(TRANSACTION, FakeDynamo.error(500, "InternalServerError", "oops"));
            dynamo.always(TRANSACTION, FakeDynamo.denied("dynamodb:PutItem"));

            assertFailure(StoreFailure.Kind.IN_DOUBT, () -> append(store));
        }
    }

    @Test
    void aFaultOfTheServerLeavesAReadUnmade() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always("GetItem", FakeDynamo.error(503, "ServiceUnavailable", "later"));

            assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> store.head("a"))
                    .hasMessage("could not read the head" + PLACE
                            + "AWS answered ServiceUnavailable (later), at the last of 3 attempts");
        }
    }

    @Test
    void aTransactionThatCanNeverSucceedIsNotRepeated() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(TRANSACTION, FakeDynamo.cancelled("ValidationError", "None"));

            assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> append(store))
                    .hasMessageContaining("DynamoDB cancelled the transaction (ValidationError)");
            assertThat(dynamo.count(TRANSACTION)).isEqualTo(1);
        }
    }

    @Test
    void aTableThatWasDeletedMeanwhileIsNamed() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(
                    "GetItem", FakeDynamo.error(400, "ResourceNotFoundException", "Requested resource not found"));

            assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> store.head("a"))
                    .hasMessage("could not read the head" + PLACE + "AWS answered ResourceNotFoundException (Requested"
                            + " resource not found); the table was deleted or is in another Region: restore it, or"
                            + " begin a new one with: keyturn store create");
        }
    }

    @Test
    void nobodyThereIsNoDoubtForNothingWasSent() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.close();

            assertFailure(StoreFailure.Kind.UNAVAILABLE, () -> append(store))
                    .hasMessageEndingWith(", at the last of 3 attempts; check the network, the proxy and the endpoint");
        }
    }

    @Test
    void anAnswerThatCannotBeUnderstoodLeavesAWriteInDoubt() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(TRANSACTION, new Answer(200, "<html>a proxy's page</html>"));

            assertFailure(StoreFailure.Kind.IN_DOUBT, () -> append(store));
        }
    }

    @Test
    void linesThatTheHeadDoesNotNameAreDamage() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always(TRANSACTION, FakeDynamo.cancelled("None", "ConditionalCheckFailed", "None"));

            assertFailure(StoreFailure.Kind.DAMAGED, () -> append(store))
                    .hasMessageContaining("lines are there that its head does not name");
        }
    }

    @Test
    void whatIsNotYetShownOfACommittedAppendIsLookedForAgain() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always("GetItem", head("1"));
            Answer line = new Answer(
                    200,
                    "{\"Items\":[{\"first\":{\"N\":\"1\"},\"lines\":{\"L\":[{\"M\":{\"text\":{\"S\":\"{}\"},\"hash\":"
                            + "{\"S\":\"" + "e".repeat(64)
                            + "\"},\"at\":{\"N\":\"0\"},\"user\":{\"S\":\"AIDAANN\"}}}]}}]}");
            Answer nothing = new Answer(200, "{\"Items\":[]}");
            dynamo.next("Query", nothing, line);

            assertThat(store.read("a", 0, 10)).isEqualTo(LINES);

            dynamo.always("Query", nothing);
            assertThat(store.read("a", 0, 10)).isEmpty();
        }
    }

    @Test
    void anItemThatHoldsNoLinesIsDamage() throws StoreFailure {
        try (DynamoJournal store = open()) {
            dynamo.always("GetItem", head("9"));
            dynamo.always("Query", new Answer(200, "{\"Items\":[{\"first\":{\"N\":\"9\"}}]}"));

            assertFailure(StoreFailure.Kind.DAMAGED, () -> store.read("a", 8, 10))
                    .hasMessageStartingWith("could not read the lines" + PLACE + "line 9 is missing from its item;");
        }
    }

    private static Answer head(String sequence) {
        return new Answer(
                200, "{\"Item\":{\"seq\":{\"N\":\"" + sequence + "\"},\"hash\":{\"S\":\"" + "e".repeat(64) + "\"}}}");
    }

    private static void append(DynamoJournal store) throws StoreFailure {
        store.append("a", Head.EMPTY, null, LINES);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(
            StoreFailure.Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
