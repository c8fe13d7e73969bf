package io.keyturn.app.wiring;

import io.keyturn.app.config.Channels;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Preview;
import io.keyturn.app.words.Kind;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.app.words.Samples;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.PlainMessage;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.port.TicketDesk;
import io.keyturn.engine.tell.Alert;
import io.keyturn.engine.tell.Switchboard;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows what messages look like, and sends one for trial. Nothing else is ever sent from here. */
public final class NotifyJob {
    /** What a ticket would be found by: the real one is of the key, and tells nobody what it is. */
    private static final String MARKER = "keyturn-0000000000000000";

    private static final String TICKETS = "jira";
    private static final String ALARMS = "pagerduty";

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;

    public NotifyJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** The same with a made-up channel in the place of each that is not configured. */
    public NotifyJob withEveryChannel() {
        return new NotifyJob(
                settings.acting(settings.acting()
                        .speaking(
                                SampleChannels.fill(settings.acting().channels()),
                                settings.acting().manner())),
                SampleChannels.environment(environment),
                clock);
    }

    /** The names of all that can be tried: the channels, and what wakes somebody, who hears of leaked keys alone. */
    public List<String> ways() {
        Stream<String> alarms = settings.acting().channels().pagerDuty() == null ? Stream.of() : Stream.of(ALARMS);
        return Stream.concat(channels().stream(), alarms).toList();
    }

    /** The names of the channels that are configured, the desk for tickets last. */
    public List<String> channels() {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            Stream<String> desk = settings.acting().channels().jira() == null ? Stream.of() : Stream.of(TICKETS);
            return Stream.concat(board.channels().stream().map(Channel::name), desk)
                    .toList();
        }
    }

    /** The channel that reaches somebody of that name; empty where none of the configured ones does. */
    public Optional<String> channelOf(String recipient) {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            return board.channel(recipient).map(Channel::name);
        }
    }

    /** By whose clock somebody of that name lives, as the channel that reaches them says when it is asked. */
    public Optional<ZoneId> zone(String recipient) throws InterruptedException {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            return board.zone(recipient);
        }
    }

    /** A notice of that kind about a key that is made up. */
    public Notice sample(String to, Kind kind) {
        Owner owner = new Owner(to.isEmpty() ? "team" : to, "a preview");
        Samples samples = new Samples(owner, clock.instant());
        Notice notice = samples.of(kind);
        return settings.acting().manner().evidence().trail() ? notice.from(samples.uses()) : notice;
    }

    /**
     * What the channel would hand over.
     *
     * @param notices at least one
     * @return empty where no such channel is configured
     */
    public Optional<Preview.Shown> preview(String channel, String to, List<Notice> notices, @Nullable String thread) {
        return preview(channel, to, notices, thread, null);
    }

    /**
     * The same to somebody who lives by that clock, where nothing nearer is known. Boards and tickets go by the usual one.
     *
     * @param clock as the channel that reaches the owner says; null where it does not
     */
    public Optional<Preview.Shown> preview(
            String channel, String to, List<Notice> notices, @Nullable String thread, @Nullable ZoneId clock) {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            boolean announced = board.isBoard(channel);
            Owner owner = notices.getFirst().owner();
            boolean heard = !announced && !channel.equals(TICKETS);
            Message message = message(heard ? owner.by(clock) : owner, notices, announced);
            Channel.Dispatch dispatch = new Channel.Dispatch(message, to, thread);
            Optional<Preview.Shown> shown = named(board, channel)
                    .map(found -> new Preview.Shown(channel, to, found.preview(dispatch), found.page(dispatch)));
            return shown.isPresent()
                    ? shown
                    : switch (channel) {
                        case TICKETS -> ticket(message, secrets);
                        case ALARMS -> alarm(notices.getFirst(), secrets);
                        default -> Optional.empty();
                    };
        }
    }

    private Optional<Preview.Shown> alarm(Notice notice, Secrets secrets) {
        Channels.PagerDuty pager = settings.acting().channels().pagerDuty();
        if (pager == null) {
            return Optional.empty();
        }
        if (Kind.of(notice) != Kind.LEAKED
                || !(notice.finding().credential().principal() instanceof Principal.OfUser user)) {
            return Optional.of(new Preview.Shown(
                    ALARMS, "", "nothing: it hears of leaked keys that work, and of what Keyturn could not do", null));
        }
        Alert alert = Alert.leaked(notice.account(), user, notice.finding());
        try (Alarm alarm = Alarms.open(pager, environment, secrets, clock)) {
            String event = alarm.preview(alert.key(), Alarm.Severity.CRITICAL, alert.summary(), alert.details());
            return Optional.of(new Preview.Shown(ALARMS, "", event, null));
        } catch (SecretFailure e) {
            return Optional.of(new Preview.Shown(ALARMS, "", e.problem().sentence(), null));
        }
    }

    private Optional<Preview.Shown> ticket(Message message, Secrets secrets) {
        try (TicketTools tickets = Tickets.open(settings.acting(), environment, secrets, clock)) {
            return Optional.ofNullable(tickets)
                    .map(tools -> new Preview.Shown(TICKETS, "", tools.desk().preview(MARKER, message), null));
        }
    }

    /** The words alone. */
    public Preview.Shown words(List<Notice> notices) {
        Message message = message(notices.getFirst().owner(), notices, false);
        String text = message.headline() + "\n\n"
                + PlainMessage.of(message, message.items().size());
        return new Preview.Shown("", notices.getFirst().owner().name(), text, null);
    }

    /**
     * Sends a message that says of itself that it is a trial.
     *
     * @return empty where no such channel is configured
     */
    public Optional<Channel.Sending> trial(String channel, String to) throws InterruptedException {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            Optional<Channel> found = named(board, channel);
            if (found.isPresent()) {
                return Optional.of(found.get().send(new Channel.Dispatch(trial(to), to, null)));
            }
            return switch (channel) {
                case TICKETS -> tryTicket(secrets);
                case ALARMS -> tryAlarm(secrets);
                default -> Optional.empty();
            };
        }
    }

    /** Files a ticket, and closes it. */
    private Optional<Channel.Sending> tryTicket(Secrets secrets) throws InterruptedException {
        try (TicketTools tickets = Tickets.open(settings.acting(), environment, secrets, clock)) {
            if (tickets == null) {
                return Optional.empty();
            }
            String marker = "keyturn-trial-" + clock.instant().toEpochMilli();
            TicketDesk.Filing filed = tickets.desk().file(marker, trial(""), Leave.GIVEN);
            TicketDesk.Filing closed = filed instanceof TicketDesk.Filing.Filed
                    ? tickets.desk().close(marker, "It was a trial.", Leave.GIVEN)
                    : filed;
            return Optional.of(sending(closed instanceof TicketDesk.Filing.None ? filed : closed));
        }
    }

    private static Channel.Sending sending(TicketDesk.Filing filing) {
        return switch (filing) {
            case TicketDesk.Filing.Filed filed -> new Channel.Sending.Taken(filed.placement(), "", filed.reference());
            case TicketDesk.Filing.Refused(Problem problem) -> new Channel.Sending.Refused(problem);
            case TicketDesk.Filing.InDoubt(Problem problem) -> new Channel.Sending.InDoubt(problem);
            case TicketDesk.Filing.None() ->
                new Channel.Sending.Refused(new Problem("file a ticket", TICKETS, "nothing was filed", ""));
        };
    }

    /** Raises an alarm, and ends it. */
    private Optional<Channel.Sending> tryAlarm(Secrets secrets) throws InterruptedException {
        Channels.PagerDuty pager = settings.acting().channels().pagerDuty();
        if (pager == null) {
            return Optional.empty();
        }
        try (Alarm alarm = Alarms.open(pager, environment, secrets, clock)) {
            String key = "trial/" + clock.instant().toEpochMilli();
            Alarm.Ringing raised = alarm.raise(
                    key, Alarm.Severity.ERROR, "A trial of Keyturn's alarm: nothing is to be done", Map.of());
            return Optional.of(sending(raised instanceof Alarm.Ringing.Taken ? alarm.resolve(key) : raised));
        } catch (SecretFailure e) {
            return Optional.of(new Channel.Sending.Refused(e.problem()));
        }
    }

    private static Channel.Sending sending(Alarm.Ringing ringing) {
        return switch (ringing) {
            case Alarm.Ringing.Taken() -> new Channel.Sending.Taken(Placement.HANDED_OVER, "", null);
            case Alarm.Ringing.Refused(Problem problem) -> new Channel.Sending.Refused(problem);
            case Alarm.Ringing.InDoubt(Problem problem) -> new Channel.Sending.InDoubt(problem);
        };
    }

    private Secrets secrets() {
        return new RunSecrets(environment, settings.acting().credstash());
    }

    private Switchboard board(Secrets secrets) {
        return Voice.open(settings.acting(), environment, secrets, clock);
    }

    private static Optional<Channel> named(Switchboard board, String name) {
        return board.channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }

    /** @param announced whether it is for those who hear of everything */
    private Message message(Owner owner, List<Notice> notices, boolean announced) {
        MessageWriter writer = writer();
        String id = "preview-" + clock.instant().toEpochMilli();
        return announced
                ? writer.announcement(id, owner, new ArrayList<>(notices))
                : writer.message(id, owner, new ArrayList<>(notices));
    }

    private MessageWriter writer() {
        return new MessageWriter(
                settings.acting().manner(),
                clock,
                OwnerPages.shown(settings.acting().manner()));
    }

    private Message trial(String to) {
        Notice notice = sample(to, Kind.ROTATE);
        return writer().trial("trial-" + clock.instant().toEpochMilli(), notice.owner(), notice);
    }
}
