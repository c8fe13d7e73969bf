package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.demo.DemoTale;
import io.keyturn.app.render.Screen;
import io.keyturn.app.render.TaleText;
import io.keyturn.app.web.LocalAccess;
import io.keyturn.app.wiring.Demo;
import io.keyturn.app.wiring.DemoServing;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job on a simulated organization. */
@Command(
        name = "demo",
        description = {
            "Read, judge and plan a simulated organization; then wind its clock forward and show what would happen to three"
                    + " keys. Needs no AWS account and changes nothing."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn demo",
            "  keyturn demo --all",
            "  keyturn demo --output json",
            "  keyturn demo --output html > keyturn.html",
            "  keyturn demo --serve",
            "",
            "Exit codes: 0 done, 2 usage, 3 some accounts or facts could not be read."
        })
final class DemoCommand implements Callable<Integer> {
    /** What to try next; the user is one of the simulated organization. */
    static final List<String> NEXT = List.of(
            "Nothing was changed: this is a simulated organization, and the stage is observe. Try next:",
            "  ./keyturn explain --demo build-agent-40     the whole story of one user's keys",
            "  ./keyturn plan --demo                       every step it would take today, with its hash",
            "  ./keyturn demo --serve                      the same as pages in the browser, where days can pass",
            "  ./keyturn scan                              your own account, with the credentials you have");

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--serve",
            description = "Open the simulated organization as pages, with a button that lets days pass.")
    private boolean serve;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            converter = ListenAddress.class,
            defaultValue = "127.0.0.1:8780",
            description = "Where the pages listen; port 0 is any free one (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress listen = new InetSocketAddress(0);

    private int serve() throws StoreFailure {
        if (!listen.getAddress().isLoopbackAddress()) {
            throw new BadConfiguration("the demo is served to this machine alone: listen on 127.0.0.1");
        }
        Serve pages = new Serve(spec.commandLine());
        try (Ground.Folder folder = Ground.folder()) {
            DemoServing demo = DemoServing.open(folder.path(), InstantSource.system(), pages::say);
            demo.begin();
            return pages.until(
                    listen,
                    new LocalAccess(WhoAndWhy.named(null, keyturn.environment)),
                    Optional.empty(),
                    demo,
                    demo.clock(),
                    () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("could not open the simulated organization", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Runs.INTERRUPTED;
        }
    }

    /** Tells what would come of it, until it ends or Ctrl-C does it. */
    private int told(Settings settings, int exit) throws StoreFailure {
        PrintWriter out = spec.commandLine().getOut();
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(spec.commandLine().getErr(), "nothing was changed", () -> {
                tell(Demo.tale(settings, InstantSource.system()), out);
                return exit;
            });
        } finally {
            out.flush();
        }
    }

    private void tell(DemoTale tale, PrintWriter out) {
        Screen screen = output.screen.screen(keyturn.environment);
        new TaleText(out, screen).print(tale);
        if (screen.hints()) {
            out.println();
            NEXT.forEach(out::println);
        }
    }

    @Override
    public Integer call() throws StoreFailure {
        if (serve) {
            return serve();
        }
        try (Ground ground = Ground.demo()) {
            int exit = new Runs(keyturn.environment, spec.commandLine())
                    .survey(ground, new SurveyOptions(), output, false, List.of());
            if (output.form == OutputOptions.Form.TABLE && exit == 0) {
                return told(ground.settings(), exit);
            }
            return exit;
        }
    }
}
