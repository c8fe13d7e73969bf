package io.keyturn.app.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.app.link.OwnerLinks;
import io.keyturn.app.render.Safe;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The HTTP server: takes requests that pass the guard to their routes, and answers every one with the same strict headers. */
public final class Door implements AutoCloseable {
    private static final String STILL = "default-src 'none'; style-src 'self'; script-src 'none'; img-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** What the page of runs may: fetch how far one is, and whether one began. No script stands in it. */
    static final String LIVE = STILL.replace("script-src 'none'", "script-src 'self'; connect-src 'self'");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            STILL,
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            // With no-referrer browsers would not say either that a form came from here.
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Cache-Control",
            "no-store");
    /** The refusals that are written down: who may not, too often, too much, or under another name. */
    private static final Set<Integer> AUDITED = Set.of(401, 403, 413, 421, 429);

    private static final int LONGEST_SHOWN = 200;
    private static final int BACKLOG = 1_024;
    private static final int SECONDS_TO_END = 2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Guard guard;
    private final Site site;
    private final List<Route> routes;
    private final ErrorPage errors;
    private final Optional<YourKeysPage> owners;
    private final Consumer<String> log;
    private final @Nullable SignIn signIn;

    private Door(HttpServer server, Guard guard, Access access, Site site, Consumer<String> log) {
        this.server = server;
        this.guard = guard;
        this.site = site;
        this.signIn = access instanceof SignIn own ? own : null;
        this.routes = new ArrayList<>(new Routes(site).all());
        if (signIn != null) {
            routes.add(Route.post(SignIn.OUT, Role.VIEWER, signIn::out));
        }
        this.errors = new ErrorPage(site);
        this.owners = site.links().map(links -> new YourKeysPage(site, links));
        this.log = log;
    }

    /**
     * Opens the door.
     *
     * @param access who may come in
     * @param host the name of the public address, and all other names it is known by; empty for an address of this machine
     * @param log told of what was denied, and of what failed
     */
    public static Door open(
            InetSocketAddress address,
            Access access,
            Optional<String> host,
            Site site,
            InstantSource clock,
            Consumer<String> log)
            throws IOException {
        // A request that is sent too slowly is given up, so that a few clients cannot take all there is.
        setIfUnset("sun.net.httpserver.maxReqTime", "20");
        setIfUnset("sun.net.httpserver.maxRspTime", "60");
        setIfUnset("sun.net.httpserver.nodelay", "true");
        // One that is one too many is closed at once, before memory and files run out for everybody.
        setIfUnset("jdk.httpserver.maxConnections", "4096");
        HttpServer server = HttpServer.create(address, BACKLOG);
        Guard guard = new Guard(access, host, server.getAddress().getPort(), clock);
        Door door = new Door(server, guard, access, site, log);
        server.setExecutor(door.threads);
        server.createContext("/", door::handle);
        server.start();
        door.threads.execute(door::warm);
        return door;
    }

    /** Makes the first page for nobody, so that who opens it first need not wait for all that the first of all waits for. */
    private void warm() {
        try {
            Person nobody = new Person("nobody", Role.VIEWER, false);
            guard.warm();
            new OverviewPage(site).answer(new Call("/", List.of(), Query.NONE, Query.NONE, nobody, "", false));
        } catch (StoreFailure | RuntimeException e) {
            // Whoever opens the page is told.
            return;
        }
    }

    private static void setIfUnset(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            Headers headers = exchange.getResponseHeaders();
            HEADERS.forEach(headers::set);
            headers.set("Content-Type", reply.type());
            reply.headers().forEach(headers::set);
            boolean bodiless = exchange.getRequestMethod().equals("HEAD") || reply.body().length == 0;
            exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
            if (!bodiless) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(reply.body());
                }
            }
        }
    }

    private Reply reply(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        boolean api = path != null && path.startsWith("/api/");
        try {
            return answered(exchange, path == null ? "/" : path);
        } catch (Denied e) {
            boolean mayReturn = e.status() == 401 && signIn != null && !api && isOfPages(exchange);
            if (mayReturn && isLook(exchange) && !isFromHere(exchange)) {
                return Reply.to(SignIn.again(exchange.getRequestURI().toASCIIString()));
            }
            if (AUDITED.contains(e.status())) {
                log.accept("denied " + e.status() + " to " + from(exchange)
                        + (e.asker().isEmpty() ? "" : ", " + Safe.text(e.asker())) + ", " + asked(exchange) + ": "
                        + Safe.text(String.valueOf(e.getMessage())));
            }
            if (mayReturn) {
                return errors.signedOut(isLook(exchange), SignIn.again(pageOf(exchange)));
            }
            return owners.isPresent() && path != null && path.startsWith(OwnerLinks.PATH)
                    ? errors.forOwners(e.status(), e.title(), String.valueOf(e.getMessage()))
                    : errors.of(api, e.status(), e.title(), String.valueOf(e.getMessage()));
        } catch (Refused e) {
            return errors.of(api, 409, "Refused", ErrorPage.sentence(String.valueOf(e.getMessage())));
        } catch (StoreFailure e) {
            log.accept(e.problem().sentence());
            return errors.of(
                    api,
                    503,
                    "The store does not answer",
                    ErrorPage.sentence(e.problem().sentence()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return errors.of(api, 503, "Ending", "This server is being stopped.");
        } catch (IOException e) {
            return errors.of(api, 400, "Not understood", "The request broke off before its end.");
        } catch (RuntimeException e) {
            log.accept("a fault of its own on " + exchange.getRequestMethod() + " of a page: " + e);
            return errors.of(
                    api, 500, "A fault of this server", "Nothing was changed by it; the log of the server says more.");
        }
    }

    /** Whether a person with a browser asks, rather than a program that could not sign in. */
    private static boolean isOfPages(HttpExchange exchange) {
        return !exchange.getRequestURI().getPath().equals("/metrics");
    }

    private static boolean isLook(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET");
    }

    /**
     * Whether the request comes from a page of this server that is still open. Whoever is on one was signed in: they are told
     * that this is over, as a browser follows neither a form nor a script from here to another site.
     */
    private static boolean isFromHere(HttpExchange exchange) {
        return "same-origin".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Site"));
    }

    /** The page where somebody goes on who was sent to sign in: for a form the one of the same address. */
    private String pageOf(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (isLook(exchange)) {
            return exchange.getRequestURI().toASCIIString();
        }
        return routes.stream()
                        .anyMatch(route -> route.method().equals("GET")
                                && route.match(path).isPresent())
                ? exchange.getRequestURI().getRawPath()
                : "/";
    }

    private Reply answered(HttpExchange exchange, String path)
            throws Denied, IOException, Refused, StoreFailure, InterruptedException {
        if (path.equals("/readyz")) {
            return Signs.ready(site);
        }
        // Whoever asks for a sign of life does so by an address of their own.
        if (!path.equals("/healthz")) {
            guard.host(exchange);
        }
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        Reply open = Assets.at(path);
        if (open != null && method.equals("GET")) {
            return open;
        }
        if (signIn != null && exchange.getRequestMethod().equals("GET")) {
            Query query = Query.of(exchange.getRequestURI().getRawQuery());
            Optional<Reply> reply = signIn.answer(path, query, exchange.getRequestHeaders());
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        if (owners.isPresent() && path.startsWith(OwnerLinks.PATH)) {
            return guard.linked(exchange, path.substring(OwnerLinks.PATH.length()), owners.get());
        }
        SortedSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> parts = route.match(path);
            if (parts.isPresent()) {
                if (route.method().equals(method)) {
                    return guard.through(exchange, route, parts.get());
                }
                allowed.add(route.method());
            }
        }
        guard.person(exchange);
        if (allowed.isEmpty()) {
            throw Denied.notFound("such page", "Begin at the overview.");
        }
        return otherwise(path, method, allowed);
    }

    /** Says in which ways an address is asked. */
    private Reply otherwise(String path, String method, SortedSet<String> allowed) {
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return errors.of(path.startsWith("/api/"), 405, "Not that way", "This address does not take " + method + ".")
                .with("Allow", String.join(", ", allowed));
    }

    /** What was asked for, without what opens an owner's page. */
    private static String asked(HttpExchange exchange) {
        String path = String.valueOf(exchange.getRequestURI().getRawPath());
        String shown = path.startsWith(OwnerLinks.PATH)
                ? OwnerLinks.PATH + "…"
                : path.substring(0, Math.min(LONGEST_SHOWN, path.length()));
        return Safe.text(exchange.getRequestMethod() + " " + shown);
    }

    private static String from(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    /** Takes no more requests, and lets those that are under way end. */
    @Override
    public void close() {
        server.stop(SECONDS_TO_END);
        threads.shutdownNow();
    }
}
