package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Text;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.SecretReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Channels as they are made from the configuration and the environment. */
class ChannelDoorsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final SecretReference URL = new SecretReference.Env("URL");

    private static Message message() {
        Item item = new Item(
                null, "Due soon", "ann · K4TD · production", Text.of("x"), List.of(), List.of(), null, null, List.of());
        return new Message(
                "m-1",
                "1 key is due soon",
                Text.of("x"),
                List.of(item),
                Text.of("UTC."),
                (phrase, values) -> Text.of(phrase.label()));
    }

    private static String refusal(Channel channel) throws InterruptedException {
        try (channel) {
            Sending sending = channel.send(new Dispatch(message(), "ann@example.com", null));
            return sending instanceof Sending.Refused(var problem) ? problem.sentence() : sending.toString();
        }
    }

    private static HookDoor hooks(Map<String, String> environment) {
        return new HookDoor(environment, new RunSecrets(environment, CredentialStore.USUAL), () -> NOW);
    }

    private static MailDoor mailDoor() {
        return new MailDoor(Map.of(), new RunSecrets(Map.of(), CredentialStore.USUAL), () -> NOW);
    }

    private static Channels.Email mail(Channels.Via via, String from) {
        return new Channels.Email(from, via, null, null, List.of(), false);
    }

    private static Channels.Via smtp(int port, Channels.Via.@Nullable Login login) {
        return new Channels.Via.Smtp("localhost", port, login, false);
    }

    @Test
    void aChannelWhoseSecretIsMissingSaysSoOfEveryMessage() throws Exception {
        assertThat(refusal(hooks(Map.of()).teams(new Channels.Teams(URL)))).isEqualTo(missing("URL"));
        assertThat(refusal(hooks(Map.of("URL", "https://example.com"))
                        .webhook(new Channels.Webhook(URL, new SecretReference.Env("KEY"), false))))
                .isEqualTo(missing("KEY"));
        Channels.Via.Login login =
                new Channels.Via.Login(new Channels.Given.Plain("keyturn"), new SecretReference.Env("WORD"));
        assertThat(refusal(mailDoor().open(mail(smtp(587, login), "keys@example.com"))))
                .isEqualTo(missing("WORD"));
    }

    private static String missing(String name) {
        return "could not look up the secret of ${env:" + name + "}: it names an environment variable that is not set;"
                + " set " + name;
    }

    @Test
    void aSenderThatNoLetterCanBearIsToldByRunAndDoctor() throws Exception {
        MailDoor door = mailDoor();
        Channels.Email odd = mail(smtp(587, null), "\"keys\"@example.com");
        String said =
                "could not use the address of channels.email.from, reply-to or unsubscribe: \"\"keys\"@example.com\""
                        + " is no address that a letter can bear; write for example keys@example.com";

        assertThat(refusal(door.open(odd))).isEqualTo(said);
        assertThat(door.checks(odd)).extracting(Check::said).containsExactly(said);
    }

    @Test
    void thisMachineIsReachedOnlyWithLeave() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                taken.incrementAndGet();
                exchange.sendResponseHeaders(202, -1);
            }
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try {
            Channels.Teams teams = new Channels.Teams(URL);
            assertThat(refusal(hooks(Map.of("URL", url)).teams(teams)))
                    .isEqualTo(
                            "could not post to the address of channels.teams: its address does not begin with https://;"
                                    + " configure an https address on the public internet");
            assertThat(taken).hasValue(0);
            assertThat(refusal(hooks(Map.of("URL", url, "KEYTURN_ALLOW_LOOPBACK", "1"))
                            .teams(teams)))
                    .startsWith("Taken");
            assertThat(taken).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theDoctorSaysThatMailBySmtpNeverCountsAlone() {
        MailDoor door = mailDoor();

        List<Check> checks =
                door.checks(mail(new Channels.Via.Smtp("nowhere.invalid", 587, null, false), "k@example.com"));

        assertThat(checks.get(0).result()).isEqualTo(Check.Result.FAILS);
        assertThat(checks.get(0).said())
                .isEqualTo("nowhere.invalid:587: its name is not known to DNS; check channels.email.smtp.host");
        assertThat(checks.get(1).said())
                .isEqualTo(
                        "cannot be seen by SMTP: no letter counts as placed, so none leads to a change without `accept:"
                                + " handed-over`");
    }

    @Test
    void anAlarmWithoutItsKeyIsNotMade() {
        assertThatThrownBy(() -> Alarms.open(
                        new Channels.PagerDuty(URL),
                        Map.of(),
                        new RunSecrets(Map.of(), CredentialStore.USUAL),
                        () -> NOW))
                .hasMessage(missing("URL").replaceFirst("^could not use the channel of [a-z]+: ", ""));
    }
}
