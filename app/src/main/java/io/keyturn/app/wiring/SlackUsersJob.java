package io.keyturn.app.wiring;

import io.keyturn.adapters.slack.Member;
import io.keyturn.adapters.slack.SlackAccess;
import io.keyturn.adapters.slack.SlackMembers;
import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Channels;
import io.keyturn.app.render.SlackUser;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists everybody in the workspace of the configured Slack app. */
public final class SlackUsersJob {
    /** Where the token is looked for when the configuration names none. */
    private static final SecretReference TOKEN = new SecretReference.Env("SLACK_TOKEN");

    /** A shorter wait is not worth a word. */
    private static final Duration WORTH_SAYING = Duration.ofSeconds(3);

    /** Between two counts. */
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Channels channels;
    private final Secrets secrets;
    private final SlackDoor door;
    private final InstantSource clock;

    public SlackUsersJob(Acting acting, Map<String, String> environment, InstantSource clock) {
        this.channels = acting.channels();
        this.secrets = new RunSecrets(environment, acting.credstash());
        this.clock = clock;
        this.door = new SlackDoor(environment, secrets, clock);
    }

    /**
     * What was read.
     *
     * @param users by name
     * @param unread why they are not all; null where they are
     */
    public record Result(List<SlackUser> users, @Nullable Problem unread) {
        public Result {
            users = List.copyOf(users);
        }
    }

    /** The configuration names no token that can be used; the message says what to do. */
    public static final class NoToken extends Exception {
        private static final long serialVersionUID = 1L;

        NoToken(String message) {
            super(message);
        }
    }

    /**
     * Reads page after page, which takes a second for each thousand members, or as long as Slack asks to wait.
     *
     * @param progress hears how far it is, and why it waits
     */
    public Result run(Consumer<String> progress) throws NoToken, InterruptedException {
        List<SlackUser> users = new ArrayList<>();
        Instant[] said = {clock.instant()};
        try (secrets;
                SlackAccess access = door.access(token(), time -> {
                    if (time.compareTo(WORTH_SAYING) >= 0) {
                        progress.accept("Slack asks to wait for " + time.toSeconds() + " s");
                    }
                    SlackDoor.pause(time);
                })) {
            Optional<Problem> unread = new SlackMembers(access).each(page -> {
                page.forEach(member -> users.add(user(member)));
                if (clock.instant().isAfter(said[0].plus(EVERY))) {
                    said[0] = clock.instant();
                    progress.accept(users.size() + " members read");
                }
            });
            users.sort(Comparator.comparing(SlackUser::name).thenComparing(SlackUser::id));
            return new Result(users, unread.orElse(null));
        } catch (SlackDoor.Unusable e) {
            throw new NoToken(String.valueOf(e.getMessage()));
        }
    }

    private static SlackUser user(Member member) {
        return new SlackUser(
                member.id(),
                member.name(),
                member.realName(),
                member.mail(),
                member.state().label());
    }

    private Secret token() throws NoToken, SlackDoor.Unusable {
        return switch (channels.slack()) {
            case Channels.Slack.App(SecretReference token, boolean looksUp) -> door.secret("token", token);
            case Channels.Slack.Hook hook ->
                throw new NoToken("channels.slack is a webhook, which cannot list members; configure the bot token of a"
                        + " Slack app instead, as channels.slack.token");
            case null -> {
                try {
                    yield door.secret("token", TOKEN);
                } catch (SlackDoor.Unusable e) {
                    throw new NoToken("there is no token of a Slack app; set SLACK_TOKEN to its bot token, or configure"
                            + " channels.slack.token");
                }
            }
        };
    }
}
