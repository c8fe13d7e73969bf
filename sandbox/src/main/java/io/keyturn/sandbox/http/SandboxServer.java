package io.keyturn.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.iam.IamService;
import io.keyturn.sandbox.organizations.OrganizationsService;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.sts.StsService;
import io.keyturn.sandbox.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The HTTP door of the simulated AWS: every service on one endpoint of the loopback interface. Safe for use by several threads. */
public final class SandboxServer implements AutoCloseable {
    static {
        // Read once by the JDK's server: without the first, each answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private final World world;
    private final DoorOptions options;
    private final InstantSource wallClock;
    private final Map<String, Service> services;
    private final SigV4 signatures = new SigV4();
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> struck = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Instant startedAt;

    private SandboxServer(World world, DoorOptions options, InstantSource wallClock) throws IOException {
        this.world = world;
        this.options = options;
        this.wallClock = wallClock;
        this.startedAt = wallClock.instant();
        this.services = Map.of(
                "iam", new IamService(world, options.reportDelay()),
                "sts", new StsService(world),
                "organizations", new OrganizationsService(world));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 1024);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Opens the door.
     *
     * @param wallClock judges the age of signatures and the end of sessions; the world's own time runs on from its spec
     * @throws IOException where the port is taken
     */
    public static SandboxServer start(World world, DoorOptions options, InstantSource wallClock) throws IOException {
        return new SandboxServer(world, options, wallClock);
    }

    /** What AWS clients take as {@code AWS_ENDPOINT_URL}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The management account's administrator. */
    public String accessKeyId() {
        return world.admin().id();
    }

    public String secretAccessKey() {
        return world.admin().secret();
    }

    /** Calls answered so far, errors among them. */
    public long calls() {
        return calls.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** The same by action. */
    public Map<String, Long> callsByAction() {
        Map<String, Long> counts = new TreeMap<>();
        calls.forEach((action, count) -> counts.put(action, count.sum()));
        return counts;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String requestId = UUID.randomUUID().toString();
        Inbound inbound = new Inbound(exchange, body);
        Reply reply;
        try {
            reply = answer(inbound, requestId);
        } catch (ServiceError error) {
            reply = Reply.error(error, inbound.json(), requestId);
        } catch (RuntimeException fault) {
            reply = Reply.error(
                    new ServiceError(500, "InternalFailure", String.valueOf(fault)), inbound.json(), requestId);
        }
        if (reply.dropped()) {
            exchange.close();
            return;
        }
        if (options.latency().isPositive()) {
            try {
                Thread.sleep(options.latency());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", inbound.json() ? "application/x-amz-json-1.1" : "text/xml");
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Reply answer(Inbound inbound, String requestId) {
        SigV4.Signed signed = SigV4.parse(inbound.header("authorization"));
        Instant wall = wallClock.instant();
        Instant now = world.spec().now().plus(Duration.between(startedAt, wall));
        World.Caller caller = world.caller(signed.keyId(), inbound.header("x-amz-security-token"), now);
        if (world.ended(signed.keyId(), wall)) {
            String code = inbound.json() ? "ExpiredTokenException" : "ExpiredToken";
            throw new ServiceError(403, code, "The security token included in the request is expired");
        }
        if (caller == null) {
            throw new ServiceError(
                    403,
                    inbound.json() ? "UnrecognizedClientException" : "InvalidClientTokenId",
                    "The security token included in the request is invalid.");
        }
        if (options.verifySignatures()) {
            signatures.verify(signed, caller.secret(), inbound.toVerify(), wall);
        }
        Service service = services.get(signed.service());
        if (service == null) {
            throw new ServiceError(404, "UnknownService", signed.service() + " is not simulated");
        }
        Call call = inbound.call(signed, caller, now, wall, requestId);
        calls.computeIfAbsent(call.action(), a -> new LongAdder()).increment();
        world.recordUse(caller, signed.keyId(), now, signed.service(), signed.region());
        throttle(call);
        return strike(call, service);
    }

    private void throttle(Call call) {
        if (options.callsPerSecond() <= 0) {
            return;
        }
        TokenBucket bucket = buckets.computeIfAbsent(
                call.caller().account().id(), id -> new TokenBucket(options.callsPerSecond(), System.nanoTime()));
        if (!bucket.take(System.nanoTime())) {
            throw new ServiceError(400, "Throttling", "Rate exceeded");
        }
    }

    private Reply strike(Call call, Service service) {
        Fault fault = fault(call);
        if (fault == null) {
            return Reply.ok(service, call, service.answer(call));
        }
        return switch (fault.kind()) {
            case ACCESS_DENIED -> throw ServiceError.denied(call.caller().arn(), call.service() + ":" + call.action());
            case ERROR_BEFORE -> throw new ServiceError(500, "ServiceFailure", "The service failed.");
            case THROTTLED -> throw new ServiceError(400, "Throttling", "Rate exceeded");
            case ERROR_AFTER -> {
                service.answer(call);
                throw new ServiceError(500, "ServiceFailure", "The service failed.");
            }
            case DROPPED -> {
                service.answer(call);
                yield Reply.DROP;
            }
            case EMPTY_PAGE -> Reply.ok(service, call, emptyPage(call));
        };
    }

    private static String emptyPage(Call call) {
        if (call.service().equals("organizations")) {
            return "{\"Accounts\":[],\"NextToken\":\"from-0\"}";
        }
        String from = call.parameters().getOrDefault("Marker", "");
        return new Xml()
                .open("Users")
                .close("Users")
                .text("IsTruncated", true)
                .text("Marker", from.isEmpty() ? "!" : from)
                .toString();
    }

    private @Nullable Fault fault(Call call) {
        List<Fault> faults = options.faults();
        if (faults.isEmpty()) {
            return null;
        }
        String account = call.caller().account().id();
        LongAdder nth = struck.computeIfAbsent(call.action() + "/" + account, k -> new LongAdder());
        nth.increment();
        for (Fault fault : faults) {
            if (fault.strikes(call.action(), account, nth.sum())) {
                return fault;
            }
        }
        return null;
    }
}
