package io.keyturn.app.cli;

import io.keyturn.app.config.Cron;
import io.keyturn.app.config.Rhythm;
import io.keyturn.app.config.Settings;
import io.keyturn.app.web.Access;
import io.keyturn.app.wiring.Schedule;
import io.keyturn.app.wiring.Serving;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The pages for a team, and a schedule. */
@Command(
        name = "serve",
        description = {
            "Serve pages that show every key, what comes next, and what was done; with forms to hold back, approve and stop,"
                    + " and the same for programs under /api/v1.",
            "With --every or --cron it is also the scheduler: it makes the same runs as `keyturn run`. Only this machine reaches it,"
                    + " unless people sign in at an identity provider, or at a reverse proxy in front."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn serve",
            "  keyturn serve --listen 127.0.0.1:0 --store keyturn.db",
            "  keyturn serve --every 6h",
            "  keyturn serve --cron \"0 6 * * Mon-Fri\" --zone Europe/Berlin",
            "  keyturn serve --listen 0.0.0.0:8780 --url https://keyturn.example.com"
                    + " --proxy-secret '$${env:KEYTURN_PROXY_SECRET}' --role viewer=everybody --role approver=security",
            "  keyturn serve --listen 0.0.0.0:8780 --url https://keyturn.example.com"
                    + " --oidc-issuer https://login.example.com --oidc-client keyturn --oidc-secret '$${env:KEYTURN_OIDC_SECRET}'"
                    + " --role viewer=everybody --role approver=security",
            "",
            "Exit codes: 0 stopped, 2 usage, configuration or a port that is taken, 3 the store cannot be used."
        })
final class ServeCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Apart.class,
            description = "Begin a run so often, such as 6h; of several servers with one store only one begins it.")
    private @Nullable Duration every;

    @Option(
            names = "--cron",
            paramLabel = "EXPRESSION",
            description = {
                "Begin a run at these times: minute, hour, day of the month, month and day of the week, such as '0 6 * * Mon-Fri'.",
                "Without --cron and --every, as the configuration's schedule says."
            })
    private @Nullable String cron;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = ZoneName.class,
            defaultValue = "UTC",
            description = "Whose clock --cron goes by, such as Europe/Berlin (default: ${DEFAULT-VALUE}).")
    private ZoneId zone = ZoneOffset.UTC;

    @Override
    public Integer call() throws StoreFailure {
        Serve serve = new Serve(spec.commandLine());
        Rhythm asked = asked();
        // Whoever may come in is settled before anything is opened.
        InstantSource clock = InstantSource.system();
        Access who = access.access(
                WhoAndWhy.named(null, keyturn.environment), keyturn.environment, clock, line -> serve.log(line, clock));
        Settings settings =
                source.settings(keyturn.environment, spec.commandLine().getErr());
        Serving serving = new Serving(settings, keyturn.environment, clock, serve::say);
        Rhythm rhythm = asked == null ? settings.schedule() : asked;
        AutoCloseable schedule = rhythm == null ? () -> {} : new Schedule(serving, rhythm, clock, serve::say);
        return serve.until(access.listen(), who, access.host(), serving, clock, schedule);
    }

    /** What is asked for here, and not in the configuration. */
    private @Nullable Rhythm asked() {
        Duration apart = every;
        String times = cron;
        if (apart != null && times != null) {
            throw new BadConfiguration("there is one schedule: leave out --every or --cron");
        }
        if (times == null) {
            return apart == null ? null : new Rhythm.Every(apart);
        }
        try {
            return Cron.of(times, zone);
        } catch (IllegalArgumentException e) {
            throw new BadConfiguration("--cron \"" + times + "\" " + e.getMessage() + "; write minute, hour, day of the"
                    + " month, month and day of the week, such as \"0 6 * * Mon-Fri\"");
        }
    }
}
