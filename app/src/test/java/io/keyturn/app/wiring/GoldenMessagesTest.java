package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.Golden;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Preview;
import io.keyturn.app.words.Kind;
import io.keyturn.app.words.Manner;
import io.keyturn.engine.message.Notice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of message in every channel, as it goes out. */
class GoldenMessagesTest {
    private static final String NAME = "messages";
    private static final Path FOLDER = Path.of("src", "test", "resources", NAME);
    private static final Golden GOLDEN = new Golden(NAME);
    private static final String TO = "b.khan@example.com";

    private static final NotifyJob JOB = new NotifyJob(
                    Settings.defaults(Path.of("unused.db")),
                    Map.of(),
                    InstantSource.fixed(Instant.parse("2026-11-23T08:00:00Z")))
            .withEveryChannel();

    /** What the letter of a key with uses is called. */
    private static final String USED = "used";

    /** Where CloudTrail is asked too, and people sign in to Identity Center. */
    private static final NotifyJob ASKING = new NotifyJob(
                    asking(Settings.defaults(Path.of("unused.db"))),
                    Map.of(),
                    InstantSource.fixed(Instant.parse("2026-11-23T08:00:00Z")))
            .withEveryChannel();

    private static Settings asking(Settings settings) {
        Manner manner = settings.acting()
                .manner()
                .by(new Manner.Evidence(true, List.of(), URI.create("https://fernhill.awsapps.com/start")));
        return settings.acting(settings.acting().speaking(settings.acting().channels(), manner));
    }

    static Stream<String> channels() {
        return JOB.channels().stream();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void everyKindLooksAsItDidWhenItWasLookedAt(String channel) throws IOException {
        for (Kind kind : Kind.values()) {
            same(channel, kind.label(), List.of(JOB.sample(TO, kind)));
        }
        List<Notice> several = new ArrayList<>();
        for (Kind kind : List.of(Kind.ROTATE, Kind.LEAKED, Kind.DELIVERED)) {
            several.add(JOB.sample(TO, kind));
        }
        same(channel, "several", several);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aKeyOfWhichItIsKnownWhereItIsUsedFromLooksAsItDid(String channel) throws IOException {
        same(ASKING, channel, USED, List.of(ASKING.sample(TO, Kind.DEACTIVATE)));
    }

    private static void same(String channel, String name, List<Notice> notices) throws IOException {
        same(JOB, channel, name, notices);
    }

    private static void same(NotifyJob job, String channel, String name, List<Notice> notices) throws IOException {
        Preview.Shown shown = job.preview(channel, TO, notices, null).orElseThrow();
        GOLDEN.same(Path.of(channel, name + ".txt"), shown.text());
        if (shown.page() != null) {
            GOLDEN.same(Path.of(channel, name + ".html"), shown.page());
        }
    }

    @Test
    void noFileIsLeftOfAKindOrChannelThatIsNoMore() throws IOException {
        Set<String> names = Stream.concat(
                        Stream.of("several", USED), Stream.of(Kind.values()).map(Kind::label))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = FOLDER.relativize(file);
                assertThat(JOB.channels()).contains(name.getName(0).toString());
                assertThat(names).contains(name.getName(1).toString().replaceFirst("\\.[a-z]+$", ""));
            }
        }
    }
}
