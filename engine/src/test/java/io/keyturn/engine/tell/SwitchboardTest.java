package io.keyturn.engine.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.Written;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.Notifier.Telling;
import io.keyturn.engine.port.TicketDesk;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
    private static final Problem SHUT = new Problem("use the channel", "teams", "its secret is gone", "");

    private final List<String> said = new ArrayList<>();
    private final Notice notice = Written.notice(new LastUse.NeverUsed(), null);

    /** A channel that takes everything. */
    private class Recorder implements Channel {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Sending send(Dispatch dispatch) {
            said.add(name + " to " + dispatch.recipient() + " after " + dispatch.thread() + ": "
                    + dispatch.message().headline());
            return new Sending.Taken(Placement.HANDED_OVER, dispatch.recipient(), "ref");
        }

        @Override
        public String preview(Dispatch dispatch) {
            return name;
        }

        @Override
        public Placement placement(String recipient, @Nullable String reference, Instant sent) {
            return Placement.PLACED;
        }

        @Override
        public void close() {
            said.add(name + " closed");
        }
    }

    private Switchboard board() {
        Recorder mail = new Recorder("email");
        Recorder slack = new Recorder("slack");
        return new Switchboard(
                (id, owner, notices) -> Written.message(notices.toArray(Notice[]::new)),
                List.of(
                        new Switchboard.Line(mail, name -> name.contains("@")),
                        new Switchboard.Line(slack, name -> name.startsWith("U") || name.contains("@"))),
                List.of(new Recorder("sns"), new ShutChannel("teams", SHUT)));
    }

    private Telling tell(String owner) throws InterruptedException {
        Notifier.Threads threads = (channel, recipient) -> channel + "/" + recipient;
        return board().tell("m-1", new Owner(owner, "default"), List.of(notice), threads, Leave.GIVEN);
    }

    @Test
    void theFormOfTheNameChoosesTheChannelAndTheFirstThatFitsIsTaken() throws Exception {
        assertThat(tell("ann@example.com").channel()).isEqualTo("email");
        assertThat(tell("U012AB").channel()).isEqualTo("slack");
        assertThat(said)
                .containsExactly(
                        "email to ann@example.com after email/ann@example.com: Keys need you",
                        "slack to U012AB after slack/U012AB: Keys need you");
    }

    @Test
    void aBoardIsToldAgainByItsName() throws Exception {
        Owner owner = new Owner("ann@example.com", "default");
        assertThat(board().announceAgain("sns", "m-1", owner, List.of(notice), Leave.GIVEN))
                .isEqualTo(new Telling("sns", "", new Sending.Taken(Placement.HANDED_OVER, "", "ref")));
        assertThat(said).containsExactly("sns to  after null: Keys need you");
        assertThat(board().announceAgain("teams", "m-1", owner, List.of(notice), Leave.GIVEN)
                        .sending())
                .isEqualTo(new Sending.Refused(SHUT));
        // A channel to single people is no board.
        assertThat(board().announceAgain("email", "m-1", owner, List.of(notice), Leave.GIVEN)
                        .sending())
                .isInstanceOfSatisfying(
                        Sending.Unreachable.class,
                        unreachable -> assertThat(unreachable.problem().sentence())
                                .isEqualTo("could not tell it again of email: no such channel is configured"));
    }

    @Test
    void whereNobodySaysByWhoseClockAnOwnerLivesTheChannelIsAsked() throws Exception {
        ZoneId sydney = ZoneId.of("Australia/Sydney");
        List<String> heard = new ArrayList<>();
        Channel slack = new Recorder("slack") {
            @Override
            public Optional<ZoneId> zone(String recipient) {
                return recipient.equals("U012AB") ? Optional.of(sydney) : Optional.empty();
            }
        };
        try (Switchboard board = new Switchboard(
                (id, owner, notices) -> {
                    heard.add(owner.name() + " in " + owner.zone());
                    return Written.message(notices.toArray(Notice[]::new));
                },
                List.of(new Switchboard.Line(slack, name -> name.startsWith("U"))),
                List.of())) {
            ZoneId utc = ZoneId.of("UTC");
            for (Owner owner : List.of(
                    new Owner("U012AB", "default"),
                    new Owner("U012AB", "default", utc),
                    new Owner("U999", "default"))) {
                board.tell("m-1", owner, List.of(notice), Notifier.Threads.NONE, Leave.GIVEN);
            }
            Notifier.Reader reader = new Notifier.Reader("slack", "U012AB", null, List.of());
            board.close("m-2", reader, new Owner("U012AB", "told of it before"), List.of(notice), Leave.GIVEN);

            assertThat(heard)
                    .containsExactly(
                            "U012AB in Australia/Sydney",
                            "U012AB in UTC",
                            "U999 in null",
                            "U012AB in Australia/Sydney");
            assertThat(board.zone("U012AB")).contains(sydney);
            assertThat(board.zone("ann@example.com")).isEmpty();
        }
    }

    @Test
    void aBoardIsToldOfEverythingAndAChannelOfItsOwnersIsNone() {
        try (Switchboard board = board()) {
            assertThat(board.isBoard("sns")).isTrue();
            assertThat(board.isBoard("teams")).isTrue();
            assertThat(board.isBoard("email")).isFalse();
        }
    }

    @Test
    void aNameThatNoChannelKnowsCannotBeReached() throws Exception {
        assertThat(tell("finance").sending())
                .isInstanceOfSatisfying(
                        Sending.Unreachable.class,
                        gone -> assertThat(gone.problem().sentence())
                                .isEqualTo(
                                        "could not tell the owner of finance: none of the channels (email, slack) knows such a"
                                                + " name; configure a channel, or name a mail address or Slack ID"));
        try (Switchboard none =
                new Switchboard((id, owner, notices) -> Written.message(notice), List.of(), List.of())) {
            Telling telling =
                    none.tell("m", new Owner("ann", "default"), List.of(notice), Notifier.Threads.NONE, Leave.GIVEN);
            assertThat(telling.sending().toString()).contains("no channel to single people is configured");
            assertThat(none.announce("m", new Owner("ann", "default"), List.of(notice), Leave.GIVEN))
                    .isEmpty();
        }
    }

    @Test
    void everyBoardHearsAndOneThatIsShutHoldsUpNone() throws Exception {
        List<Telling> tellings = board().announce("m-1", new Owner("ann", "default"), List.of(notice), Leave.GIVEN);
        assertThat(tellings).extracting(Telling::channel).containsExactly("sns", "teams");
        assertThat(tellings.getLast().sending()).isEqualTo(new Sending.Refused(SHUT));
        assertThat(said).containsExactly("sns to  after null: Keys need you");
    }

    @Test
    void theChannelThatSentItSaysHowFarItGot() throws Exception {
        assertThat(board().placement("email", "ann@example.com", null, Instant.EPOCH))
                .isEqualTo(Placement.PLACED);
        assertThat(board().placement("pigeon", "ann", null, Instant.EPOCH)).isEqualTo(Placement.HANDED_OVER);
    }

    @Test
    void silenceReachesNobodyAndKnowsNothing() {
        Silence silence = new Silence();
        Owner ann = new Owner("ann", "default");
        assertThat(silence.tell("m", ann, List.of(notice), Notifier.Threads.NONE, Leave.GIVEN)
                        .sending())
                .isInstanceOf(Sending.Unreachable.class);
        assertThat(silence.announce("m", ann, List.of(notice), Leave.GIVEN)).isEmpty();
        assertThat(silence.placement("email", "ann", null, Instant.EPOCH)).isEqualTo(Placement.HANDED_OVER);
    }

    @Test
    void closingClosesEveryChannelOnce() {
        board().close();
        assertThat(said).containsExactly("email closed", "slack closed", "sns closed");
    }

    @Test
    void aShutDeskAndAShutChannelSayWhyToWhoeverTries() {
        try (ShutDesk desk = new ShutDesk("jira", SHUT);
                ShutChannel channel = new ShutChannel("teams", SHUT)) {
            assertThat(desk.name()).isEqualTo("jira");
            assertThat(desk.file("m", Written.message(notice), Leave.GIVEN))
                    .isEqualTo(new TicketDesk.Filing.Refused(SHUT));
            assertThat(desk.close("m", "gone", Leave.GIVEN)).isEqualTo(new TicketDesk.Filing.Refused(SHUT));
            assertThat(desk.preview("m", Written.message(notice))).isEqualTo(SHUT.sentence());
            assertThat(channel.preview(new Channel.Dispatch(Written.message(notice), "", null)))
                    .isEqualTo(SHUT.sentence());
        }
    }

    @Test
    void itSpeaksWhereThereIsALineOrABoard() {
        Switchboard.Line line = new Switchboard.Line(new Recorder("email"), name -> true);
        assertThat(switchboard(List.of(), List.of(), false).speaks()).isFalse();
        assertThat(switchboard(List.of(line), List.of(), false).speaks()).isTrue();
        assertThat(switchboard(List.of(), List.of(new Recorder("sns")), false).speaks())
                .isTrue();
        assertThat(switchboard(List.of(line), List.of(), true).tellsOfEachKey()).isTrue();
        assertThat(switchboard(List.of(line), List.of(), false).tellsOfEachKey())
                .isFalse();
    }

    private static Switchboard switchboard(List<Switchboard.Line> lines, List<Channel> boards, boolean ofEachKey) {
        return new Switchboard(
                (id, owner, notices) -> Written.message(notices.toArray(Notice[]::new)), lines, boards, ofEachKey);
    }

    @Test
    void theEndOfAMessageIsToldByTheChannelItCameByAndByNoOther() throws Exception {
        Notifier.Reader gone = new Notifier.Reader("pigeon", "ann", null, List.of());
        Telling telling = board().close("m-1", gone, new Owner("ann", "default"), List.of(notice), Leave.GIVEN);
        assertThat(telling.sending()).isInstanceOf(Channel.Sending.Unreachable.class);
        assertThat(said).isEmpty();
        assertThat(board().closing("pigeon")).isEqualTo(Channel.Closing.NEVER);
        assertThat(board().closing("email")).isEqualTo(Channel.Closing.NEVER);

        Notifier.Reader ann = new Notifier.Reader("email", "ann@example.com", "first", List.of());
        assertThat(board().close("m-1", ann, new Owner("ann", "default"), List.of(notice), Leave.GIVEN)
                        .sending())
                .isInstanceOf(Channel.Sending.Taken.class);
        assertThat(said).containsExactly("email to ann@example.com after first: Keys need you");
    }
}
