package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.ReadMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users that change between a report and what is read after it. */
class ChangedMeanwhileTest {
    private static final String ANN = "ann,true,2024-01-01T00:00:00+00:00,N/A,false,N/A,N/A";
    private FakeAws aws;

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
        aws.on("GenerateCredentialReport", r -> "<State>COMPLETE</State>");
        aws.on("GetCredentialReport", r -> FakeAws.report(FakeAws.ACCOUNT, ANN));
        aws.on("GetAccountAuthorizationDetails", r -> details("ann") + FakeAws.more(null));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private static String details(String name) {
        return "<UserDetailList><member>" + FakeAws.user(name) + "</member></UserDetailList>";
    }

    private Snapshot read() throws Exception {
        AwsSettings settings = new AwsSettings(
                List.of(new AccountSource.Ambient(null, false)),
                ReadMode.REPORT,
                Duration.ofSeconds(30),
                true,
                aws.environment(),
                "test");
        try (AwsAccounts accounts = new AwsAccounts(settings, KeyIdMemory.NONE, new Meter(), InstantSource.system())) {
            List<AccountEntry> entries = new ArrayList<>();
            accounts.each(entries::add);
            AccountReading reading = ((AccountEntry.Readable) entries.getFirst())
                    .reader()
                    .begin(new Needs(Set.of(), Needs.Identify.ALL));
            reading.awaitReady();
            Snapshot snapshot = reading.read();
            return reading.identify(
                    snapshot, snapshot.users().stream().map(User::id).collect(Collectors.toSet()));
        }
    }

    private void listed(String created) {
        aws.on("ListAccessKeys", r -> FakeAws.keys("ann", FakeAws.key("ann", 1, created)));
    }

    private void recreated() {
        aws.on(
                "GetUser",
                r -> "<User>"
                        + FakeAws.user("ann").replace("AIDAann", "AIDANEW").replace("2023-01-01T", "2026-11-20T")
                        + "</User>");
    }

    @Test
    void keysOfAUserMadeAnewUnderTheNameNeverStandUnderTheOldUser() throws Exception {
        listed("2026-11-20T12:00:00Z");
        recreated();
        Snapshot snapshot = read();
        assertThat(snapshot.users()).hasSize(1);
        User ann = snapshot.users().getFirst();
        assertThat(ann.id()).isEqualTo(new UserId("AIDANEW"));
        assertThat(ann.created()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(ann.keys().orElse(List.of()))
                .extracting(AccessKey::created)
                .containsExactly(Instant.parse("2026-11-20T12:00:00Z"));
        assertThat(snapshot.reading()).isEqualTo(Reading.COMPLETE);
    }

    @Test
    void keysThatChangedReplaceTheReportedOnesOfTheSameUser() throws Exception {
        listed("2026-11-20T12:00:00Z");
        User ann = read().users().getFirst();
        assertThat(ann.id()).isEqualTo(new UserId("AIDAann"));
        assertThat(ann.keys().orElse(List.of())).allMatch(key -> key.id() != null && key.slot() == null);
    }

    @Test
    void aUserWhoseIdentityCannotBeToldKeepsWhatTheReportSaysAndTheReadingIsPartial() throws Exception {
        listed("2026-11-20T12:00:00Z");
        aws.denied("GetUser");
        Snapshot snapshot = read();
        assertThat(snapshot.users().getFirst().keys().orElse(List.of()))
                .extracting(AccessKey::created)
                .containsExactly(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(snapshot.reading())
                .isEqualTo(new Reading.Partial("the IDs of keys could not be read: AWS answered AccessDenied"
                        + " (not authorized to perform: iam:GetUser)"));
    }

    @Test
    void aUserWhoseCreationDiffersFromTheReportsIsReadLive() throws Exception {
        aws.on(
                "GetAccountAuthorizationDetails",
                r -> details("ann").replace("2023-01-01T", "2026-11-20T") + FakeAws.more(null));
        recreated();
        listed("2026-11-20T12:00:00Z");
        User ann = read().users().getFirst();
        assertThat(ann.keys().orElse(List.of()))
                .extracting(AccessKey::created)
                .containsExactly(Instant.parse("2026-11-20T12:00:00Z"));
    }

    @Test
    void aReportOfAnotherAccountFailsTheReadingAndSaysWhose() {
        aws.on("GetCredentialReport", r -> FakeAws.report("999988887777", ANN));
        assertThatThrownBy(this::read)
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("account 111122223333")
                .hasMessageContaining("999988887777");
    }

    @Test
    void detailsWhosePageTokenComesTwiceFailTheReading() {
        aws.on("GetAccountAuthorizationDetails", r -> details("ann") + FakeAws.more("same"));
        assertThatThrownBy(this::read)
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("AWS gave the same page token twice, so the list would never end");
    }

    @Test
    void aPageThatIsCutOffFiveTimesFailsTheReading() {
        aws.answer(
                "GetAccountAuthorizationDetails", r -> new FakeAws.Answer(200, "<GetAccountAuthorizationDetailsRes"));
        assertThatThrownBy(this::read)
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("the answer was cut off or unreadable");
        assertThat(aws.count("GetAccountAuthorizationDetails")).isEqualTo(5);
    }
}
