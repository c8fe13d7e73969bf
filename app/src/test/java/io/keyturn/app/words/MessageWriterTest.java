package io.keyturn.app.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:12:00Z");
    private static final Owner KHAN = new Owner("b.khan@example.com", "file owners.yaml");
    private static final Samples SAMPLES = new Samples(KHAN, NOW);

    @TempDir
    Path folder;

    private static MessageWriter writer(Manner manner) {
        return new MessageWriter(manner, InstantSource.fixed(NOW));
    }

    private static Message said(Notice... notices) {
        return writer(Manner.DEFAULT).message("m-1", notices[0].owner(), List.of(notices));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aSampleOfEveryKindIsOfThatKindAndSaysWhatHappens(Kind kind) {
        Notice notice = SAMPLES.of(kind);
        assertThat(Kind.of(notice)).isEqualTo(kind);
        Message message = said(notice);
        Item item = message.items().getFirst();
        assertThat(message.headline()).startsWith("b.khan · XBL7 · production");
        assertThat(item.happens().plain()).isNotBlank();
        assertThat(whole(message)).doesNotContain("AKIA", "{{", "null");
        assertThat(item.steps()).hasSize(kind == Kind.SETTLED ? 0 : 3);
    }

    private static Notice lastUsedWith(String service, Kind kind) {
        Notice notice = SAMPLES.of(kind);
        Finding finding = notice.finding();
        return new Notice(
                notice.id(),
                notice.account(),
                notice.user(),
                new Finding(
                        finding.credential(),
                        finding.active(),
                        finding.age(),
                        new LastUse.Used(NOW, service, "eu-central-1"),
                        finding.idle(),
                        finding.standing(),
                        finding.governedBy(),
                        finding.reasons(),
                        finding.owner(),
                        finding.deadlines(),
                        finding.controls()),
                notice.owner(),
                notice.announced(),
                notice.ticket(),
                notice.settled());
    }

    @ParameterizedTest
    @CsvSource({
        "s3, Ends with it, links presigned with it",
        "ses, Ends with it, SMTP passwords computed from it",
        "sts, Outlives it, 'sessions taken out with it, for up to 36 hours after it is switched off'"
    })
    void whatWasMadeWithTheKeyIsSaidToEndWithItOrToOutliveIt(String service, String name, String value) {
        for (Kind kind : List.of(Kind.DEACTIVATE, Kind.DELIVERED, Kind.ROTATE, Kind.LEAKED)) {
            assertThat(whole(said(lastUsedWith(service, kind)))).as("%s", kind).contains(name, value);
        }
        assertThat(whole(said(lastUsedWith(service, Kind.SETTLED)))).doesNotContain(value);
        assertThat(whole(said(lastUsedWith("glue", Kind.DEACTIVATE)))).doesNotContain("with it");
    }

    @Test
    void theOwnerAloneGetsTheWayToThePageOfTheirKeys() {
        URI page = URI.create("https://keyturn.example.com/your-keys/x.y");
        MessageWriter writer = new MessageWriter(Manner.DEFAULT, InstantSource.fixed(NOW), owner -> page);
        Notice notice = SAMPLES.of(Kind.DEACTIVATE);
        Item item =
                writer.message("m-1", notice.owner(), List.of(notice)).items().getFirst();
        assertThat(item.links()).containsExactly(new Item.Button("Open your keys", page));
        assertThat(item.moreTime().plain())
                .isEqualTo("More time, or it is done: say so on the page of your keys"
                        + " (https://keyturn.example.com/your-keys/x.y).");
        Owner other = new Owner("#leads", "in the place of b.khan@example.com, silent since 2026-11-23");
        for (Message read : List.of(
                writer.announcement("m-1", notice.owner(), List.of(notice)),
                writer.message("m-1", other, List.of(notice)),
                writer.message("m-1", notice.owner(), List.of(SAMPLES.of(Kind.SETTLED))))) {
            assertThat(whole(read)).doesNotContain("your-keys");
            assertThat(read.items().getFirst().links()).isEmpty();
        }
    }

    @Test
    void theDayIsToldInTheConfiguredZoneWithItsWeekdayAndDistance() {
        Manner sydney = new Manner(null, ZoneId.of("Australia/Sydney"), "#cloud", null, List.of());
        Instant evening = Instant.parse("2026-11-23T20:00:00Z");
        Message message = new MessageWriter(sydney, InstantSource.fixed(evening))
                .message("m-1", KHAN, List.of(new Samples(KHAN, evening).of(Kind.DEACTIVATE)));
        assertThat(message.items().getFirst().state())
                .isEqualTo("Overdue · switched off on Wed 2026-12-09, in 15 days");
        assertThat(message.closing().plain()).contains("Times in Australia/Sydney.");
    }

    @Test
    void theDayIsToldByTheClockOfTheOwnerWhereItIsKnownAndByEverybodysToWhoeverReadsAlong() {
        Owner owner = new Owner(KHAN.name(), KHAN.source(), ZoneId.of("Australia/Sydney"));
        Instant evening = Instant.parse("2026-11-23T20:00:00Z");
        List<Notice> notices = List.of(new Samples(KHAN, evening).of(Kind.DEACTIVATE));
        MessageWriter writer = new MessageWriter(Manner.DEFAULT, InstantSource.fixed(evening));

        Message own = writer.message("m-1", owner, notices);
        assertThat(own.items().getFirst().state()).isEqualTo("Overdue · switched off on Wed 2026-12-09, in 15 days");
        assertThat(own.closing().plain()).contains("Times in Australia/Sydney.");
        Message all = writer.announcement("m-1", owner, notices);
        assertThat(all.items().getFirst().state()).contains("Tue 2026-12-08");
        assertThat(all.closing().plain()).contains("Times in UTC.");
    }

    @Test
    void severalKeysAreOneMessageWithTheMostUrgentFirst() {
        Message message = said(SAMPLES.of(Kind.ATTENTION), SAMPLES.of(Kind.DEACTIVATE), SAMPLES.of(Kind.LEAKED));
        assertThat(message.headline()).isEqualTo("3 of your access keys need you, the first by Tue 2026-12-08");
        assertThat(message.items().stream().map(item -> Kind.of(item.notice())))
                .containsExactly(Kind.LEAKED, Kind.DEACTIVATE, Kind.ATTENTION);
    }

    @Test
    void whatATagSaysIsNeverReadAsMarkupNorEndsALine() {
        String hostile = "x** `y` [z](https://evil.example)\n---\n<b>{{ user }}\u202e😀";
        Notice plain = SAMPLES.of(Kind.DEACTIVATE);
        Account account = new Account(
                plain.account().id(),
                hostile,
                plain.account().partition(),
                plain.account().ou(),
                plain.account().tags(),
                false);
        Notice notice = new Notice("n", account, plain.user(), plain.finding(), KHAN, plain.announced());
        Message message = said(notice);
        assertThat(message.headline()).startsWith("b.khan · XBL7 · " + hostile);
        assertThat(message.items()).hasSize(1);
        assertThat(message.items().getFirst().happens().spans()).noneMatch(Span.Link.class::isInstance);
        assertThat(message.items().getFirst().steps()).hasSize(3);
    }

    @Test
    void whoeverIsNamedByATagDoesNotLearnWhereTheSecretLies() {
        Owner tagged = new Owner("eve@example.org", "tag Email");
        Message message = said(new Samples(tagged, NOW).of(Kind.DELIVERED));
        assertThat(whole(message)).doesNotContain("secretsmanager").contains("that whoever runs Keyturn can tell you");

        Manner trusting = new Manner(null, ZoneId.of("UTC"), "us", null, List.of("Example.org"));
        assertThat(whole(writer(trusting).message("m", tagged, List.of(new Samples(tagged, NOW).of(Kind.DELIVERED)))))
                .contains("aws secretsmanager get-secret-value");
        assertThat(whole(said(SAMPLES.of(Kind.DELIVERED)))).contains("aws secretsmanager get-secret-value");
    }

    @Test
    void nobodyIsSentToASecretThatIsNotThereAnyMore() {
        Notice fresh = SAMPLES.of(Kind.DELIVERED);
        assertThat(whole(said(fresh))).contains("kept there until 2027-05-18", "Fetch the new key before 2027-05-18");

        Message late = new MessageWriter(Manner.DEFAULT, InstantSource.fixed(NOW.plus(Duration.ofDays(177))))
                .message("m-1", fresh.owner(), List.of(fresh));
        assertThat(whole(late))
                .contains("its secret was kept for 180 days and is not there any more", "keyturn approve b.khan")
                .doesNotContain("get-secret-value", "Fetch the new key");
        assertThat(late.items().getFirst().steps()).hasSize(3);
    }

    @Test
    void whereAnyDomainIsTrustedATagNamesWhoLearnsIt() {
        Owner tagged = new Owner("eve@example.org", "tag Email");
        Manner trusting =
                new Manner(null, ZoneId.of("UTC"), "us", null, Manner.Style.KEYTURN, List.of(Manner.ANY), true);
        assertThat(whole(writer(trusting).message("m", tagged, List.of(new Samples(tagged, NOW).of(Kind.DELIVERED)))))
                .contains("aws secretsmanager get-secret-value");
    }

    @Test
    void aNewKeyWithADayForTheOldOneIsToldWithThatDay() {
        Notice waiting = SAMPLES.of(Kind.DELIVERED);
        Deadline end = new Deadline(Step.DEACTIVATE, "rotation", Instant.parse("2026-12-04T00:00:00Z"));
        Notice dated = new Notice("n", waiting.account(), waiting.user(), waiting.finding(), KHAN, end);
        assertThat(Kind.of(dated)).isEqualTo(Kind.DELIVERED);
        assertThat(said(dated).items().getFirst().happens().plain())
                .isEqualTo("A new key, Z6RF, takes the place of this one. Install it before Fri 2026-12-04: on that day"
                        + " Keyturn switches this one off.");
    }

    @Test
    void aSecondKeyThatIsSwitchedOffIsNamedAsTheOneInTheWay() {
        Notice two = SAMPLES.of(Kind.TWO_KEYS);
        AccessKey off = new AccessKey(
                null, new KeyId("AKIAI44QH8DHBEXAOFF1"), false, Instant.EPOCH, LastUse.NEVER_USED, Instant.EPOCH);
        Notice half = new Notice(
                "n",
                two.account(),
                two.user().withKeys(Fact.known(List.of(off), Instant.EPOCH)),
                two.finding(),
                KHAN,
                null);
        assertThat(said(half).items().getFirst().steps().getFirst().plain())
                .startsWith("OFF1 is switched off and in the way. Delete it once nothing needs it: ");
    }

    @Test
    void commandsAndStrongWordsKeepTheirStyle() {
        Item item = said(SAMPLES.of(Kind.DEACTIVATE)).items().getFirst();
        assertThat(item.happens().spans()).contains(new Span.Strong("Tue 2026-12-08"));
        assertThat(item.steps().get(1).spans())
                .contains(new Span.Code("aws iam list-access-keys --user-name b.khan --profile production"));
        assertThat(item.moreTime()).isNotNull();
    }

    @Test
    void theOrganizationsOwnGuideIsLinked() {
        URI guide = URI.create("https://wiki.example.com/keys?a=1+2");
        Manner manner = new Manner(null, ZoneId.of("UTC"), "#cloud", guide, List.of());
        Text closing = writer(manner)
                .message("m", KHAN, List.of(SAMPLES.of(Kind.ROTATE)))
                .closing();
        assertThat(closing.spans()).contains(new Span.Link("More about access keys", guide));
    }

    @Test
    void whereTheDayOfANewKeyIsHereAndItIsNotNoDayIsPromised() {
        Notice sample = SAMPLES.of(Kind.ROTATE);
        Notice due = new Notice(
                sample.id(),
                sample.account(),
                sample.user(),
                sample.finding(),
                sample.owner(),
                new Deadline(Step.ROTATE, "age", NOW));
        Message message = said(due);

        assertThat(message.headline()).isEqualTo("b.khan · XBL7 · production is due for a new key");
        assertThat(message.items().getFirst().state()).isEqualTo("Overdue · new key is due");
        assertThat(message.items().getFirst().happens().plain())
                .contains("Keyturn makes a new key for b.khan as soon as it can, and delivers it.");
        assertThat(message.items().getFirst().steps().getLast().plain())
                .isEqualTo("Or wait, and install the key that is delivered.");
    }

    @Test
    void whereRotationsGoByTimeNothingIsSaidOfUse() {
        MessageWriter timed = writer(Manner.DEFAULT.timed(Set.of("people")));

        assertThat(whole(timed.message("m", KHAN, List.of(SAMPLES.of(Kind.RETIRE)))))
                .contains("Keyturn switches this one off, in use or not.");
        assertThat(whole(timed.message("m", KHAN, List.of(SAMPLES.of(Kind.DELIVERED)))))
                .contains("this one is switched off as soon as the new one is seen in use.");
        assertThat(whole(said(SAMPLES.of(Kind.RETIRE)))).contains("unless it is still used then");
    }

    @Test
    void whereNothingIsRememberedTheOwnerUndoesItThemselves() {
        Message message = writer(Manner.DEFAULT.withoutMoreTime()).message("m", KHAN, List.of(SAMPLES.of(Kind.DELETE)));

        assertThat(whole(message))
                .contains("aws iam update-access-key --user-name b.khan --status Active --access-key-id ID")
                .doesNotContain("keyturn undo");
    }

    @Test
    void oneTemplateOfTheOrganizationStandsInForOursAlone() throws IOException {
        Files.writeString(
                folder.resolve("rotate.peb"),
                "{% extends \"key\" %}{% block happens %}Hello **{{ owner }}**.{% endblock %}");
        Manner own = new Manner(folder, ZoneId.of("UTC"), "us", null, List.of());
        assertThat(writer(own)
                        .message("m", KHAN, List.of(SAMPLES.of(Kind.ROTATE)))
                        .items()
                        .getFirst()
                        .happens()
                        .plain())
                .isEqualTo("Hello b.khan@example.com.");
        assertThat(writer(own)
                        .message("m", KHAN, List.of(SAMPLES.of(Kind.DELETE)))
                        .items()
                        .getFirst()
                        .happens())
                .isEqualTo(said(SAMPLES.of(Kind.DELETE)).items().getFirst().happens());
    }

    @Test
    void aVariableThatDoesNotExistIsAnErrorAtItsLine() throws IOException {
        assertThatThrownBy(() -> said("{% extends \"key\" %}\n{% block happens %}\nHi {{ wner }}{% endblock %}"))
                .isInstanceOfSatisfying(BadTemplate.class, bad -> {
                    assertThat(bad.template()).isEqualTo("rotate.peb");
                    assertThat(bad.line()).isEqualTo(3);
                    assertThat(bad.what()).contains("wner");
                });
    }

    @Test
    void aTemplateThatNeverEndsOrThrowsIsAnError() throws IOException {
        assertThatThrownBy(() -> said("{% for i in range(0, 100000) %}{{ owner }}{% endfor %}"))
                .isInstanceOf(BadTemplate.class);
        assertThatThrownBy(() -> said("{% extends \"rotate\" %}")).isInstanceOf(BadTemplate.class);
        assertThatThrownBy(() -> said("{% block %}"))
                .isInstanceOfSatisfying(
                        BadTemplate.class, bad -> assertThat(bad.line()).isEqualTo(1));
        assertThatThrownBy(() -> said("only one section"))
                .hasMessage("rotate.peb: has 1 sections between lines of ---, not 7");
    }

    private Message said(String template) throws IOException {
        Files.writeString(folder.resolve("rotate.peb"), template);
        return writer(new Manner(folder, ZoneId.of("UTC"), "us", null, List.of()))
                .message("m", KHAN, List.of(SAMPLES.of(Kind.ROTATE)));
    }

    private static String whole(Message message) {
        StringBuilder text = new StringBuilder(message.headline())
                .append('\n')
                .append(message.opening().plain());
        for (Item item : message.items()) {
            text.append(item.state()).append(item.name()).append(item.happens().plain());
            item.facts()
                    .forEach(
                            fact -> text.append(fact.name()).append(fact.value().plain()));
            item.steps().forEach(step -> text.append(step.plain()));
        }
        return text.append(message.closing().plain()).toString();
    }

    @Test
    void theBetterWayComesFromWhatTheUserHasAndFallsSilentWhereThereIsHaste() {
        Notice notice = SAMPLES.of(Kind.ROTATE);
        Message message = said(notice);
        assertThat(message.items().getFirst().betterWay(message.phrases()).plain())
                .isEqualTo("Better, no key at all: this user signs in to the console, so aws login (CLI 2.32 or later)"
                        + " gives the command line credentials for up to 12 hours. Then delete this key.");
        assertThat(said(SAMPLES.of(Kind.LEAKED)).items().getFirst().better()).isNull();
    }

    @Test
    void whatPeopleWroteAboutTheKeyAndTheAccountsNumberAreAmongTheFacts() {
        assertThat(said(SAMPLES.of(Kind.DEACTIVATE)).items().getFirst().facts())
                .extracting(fact -> fact.name() + ": " + fact.value().plain())
                .startsWith("Described as: nightly export", "Account: production, 1111 2222 3333");
    }

    @Test
    void aCommandNamesTheAccountByItsNumberWhereItsNameIsNoWord() {
        Notice notice = SAMPLES.of(Kind.DEACTIVATE);
        for (String name : List.of("Fernhill Production", "x; rm -rf ~", "`id`", "--debug", "")) {
            Account account = new Account(
                    notice.account().id(),
                    name,
                    notice.account().partition(),
                    notice.account().ou(),
                    notice.account().tags(),
                    false);
            Notice odd = new Notice("n", account, notice.user(), notice.finding(), notice.owner(), notice.announced());
            assertThat(said(odd).items().getFirst().steps().get(1).plain())
                    .contains("aws iam list-access-keys --user-name b.khan --profile 111122223333 shows");
        }
    }
}
