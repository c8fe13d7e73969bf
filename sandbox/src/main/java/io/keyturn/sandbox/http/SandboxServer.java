package io.keyturn.sandbox.http;

import io.keyturn.sandbox.account.AccountService;
import io.keyturn.sandbox.cloudtrail.CloudTrailService;
import io.keyturn.sandbox.fault.Effect;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.fault.Struck;
import io.keyturn.sandbox.iam.IamService;
import io.keyturn.sandbox.organizations.OrganizationsService;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.RestService;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.s3.S3Service;
import io.keyturn.sandbox.secretsmanager.SecretsManagerService;
import io.keyturn.sandbox.ssm.SsmService;
import io.keyturn.sandbox.sts.StsService;
import io.keyturn.sandbox.world.Chance;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The HTTP door of the simulated AWS: every service on one endpoint of the loopback interface. Safe for use by several threads. */
public final class SandboxServer implements AutoCloseable {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final World world;
    private final DoorOptions options;
    private final InstantSource wallClock;
    private final VirtualClock worldClock;
    private final Map<String, Service> services;
    private final RestService objects;
    private final Gate gate;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final Listener listener;
    private volatile Stamp stamp = new Stamp(Long.MIN_VALUE, "");

    /** A second, and how HTTP writes it. */
    private record Stamp(long second, String date) {}

    private SandboxServer(World world, DoorOptions options, InstantSource wallClock) throws IOException {
        this.world = world;
        this.options = options;
        this.wallClock = wallClock;
        this.worldClock = VirtualClock.runningFrom(world.spec().now(), wallClock);
        this.gate = new Gate(world, options.verifySignatures());
        this.services = Map.of(
                "iam", new IamService(world, options.reportDelay(), options.faults()),
                "sts", new StsService(world),
                "organizations", new OrganizationsService(world),
                "secretsmanager", new SecretsManagerService(world),
                "ssm", new SsmService(world),
                "cloudtrail", new CloudTrailService(world),
                "account", new AccountService());
        this.objects = new S3Service(world);
        this.listener = Listener.start(options.port(), this::talk);
    }

    /**
     * Opens the door.
     *
     * @param wallClock judges the age of signatures and the end of sessions; the world's own time runs with it from its
     *     spec on
     * @throws IOException where the port is taken
     */
    public static SandboxServer start(World world, DoorOptions options, InstantSource wallClock) throws IOException {
        return new SandboxServer(world, options, wallClock);
    }

    /** What AWS clients take as {@code AWS_ENDPOINT_URL}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /** The management account's administrator. */
    public String accessKeyId() {
        return world.admin().id();
    }

    public String secretAccessKey() {
        return world.admin().secret();
    }

    /** The world's time, which the Date of each answer shows; moving it leaves signatures and sessions alone. */
    public VirtualClock clock() {
        return worldClock;
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
        listener.close();
    }

    private void talk(Connection connection) throws IOException, InterruptedException {
        try {
            for (Inbound inbound = connection.next(); inbound != null; inbound = connection.next()) {
                String requestId = requestId();
                Reply reply = handle(inbound, requestId);
                if (reply.dropped()) {
                    return;
                }
                if (options.latency().isPositive()) {
                    Thread.sleep(options.latency());
                }
                boolean close = "close".equalsIgnoreCase(inbound.header("connection"));
                connection.send(reply, requestId, date(), inbound.asksForHead(), close);
                if (close) {
                    return;
                }
            }
        } catch (Connection.Malformed problem) {
            connection.send(Reply.malformed(String.valueOf(problem.getMessage())), requestId(), date(), false, true);
        }
    }

    /** Shaped as AWS's: a UUID, here of the seed. */
    private String requestId() {
        long number = requests.getAndIncrement();
        long seed = world.spec().seed();
        return new UUID(Chance.bits(seed, "request", number), Chance.bits(seed, number, "request")).toString();
    }

    private String date() {
        Instant now = worldClock.instant();
        Stamp held = stamp;
        if (held.second() != now.getEpochSecond()) {
            held = new Stamp(now.getEpochSecond(), DATE.format(now));
            stamp = held;
        }
        return held.date();
    }

    private Reply handle(Inbound inbound, String requestId) throws InterruptedException {
        try {
            return answer(inbound, requestId);
        } catch (ServiceError error) {
            return Reply.error(error, inbound, requestId);
        } catch (Struck struck) {
            return struck(struck, inbound, requestId);
        } catch (RuntimeException fault) {
            return Reply.error(new ServiceError(500, "InternalFailure", String.valueOf(fault)), inbound, requestId);
        }
    }

    private Reply answer(Inbound inbound, String requestId) throws InterruptedException {
        Instant wall = wallClock.instant();
        Instant now = worldClock.instant();
        world.settle(now);
        Gate.Entry entry = gate.enter(inbound, now, wall);
        SigV4.Signed signed = entry.signed();
        Call call = call(inbound, entry, now, wall, requestId);
        calls.computeIfAbsent(call.action(), a -> new LongAdder()).increment();
        world.recordUse(entry.caller(), signed.keyId(), now, signed.service(), signed.region());
        throttle(call, wall);
        if (inbound.rest()) {
            return Reply.ok(meet(call, objects::answer));
        }
        Service service = services.get(signed.service());
        if (service == null) {
            throw new ServiceError(404, "UnknownService", signed.service() + " is not simulated");
        }
        return Reply.ok(service, call, meet(call, service::answer));
    }

    private Call call(Inbound inbound, Gate.Entry entry, Instant now, Instant wall, String requestId) {
        Map<String, String> parameters = Map.of();
        if (inbound.rest()) {
            parameters = inbound.parts();
        } else if (!inbound.json()) {
            parameters = inbound.form();
        }
        String json = inbound.json() ? inbound.text() : "";
        return new Call(
                entry.signed().service(),
                entry.signed().region(),
                inbound.rest() ? objects.action(parameters) : inbound.action(parameters),
                parameters,
                inbound.rest() ? inbound.content() : json,
                entry.caller(),
                now,
                now,
                wall,
                Fate.Kind.OK,
                options.pages(),
                world.spec().seed(),
                requestId,
                inbound.headers().getOrDefault("user-agent", ""));
    }

    private <T> T meet(Call call, Function<Call, T> service) throws InterruptedException {
        Operation operation = new Operation(
                call.service(),
                call.action(),
                call.caller().account().id(),
                call.caller().role(),
                call.get("UserName"));
        Fate fate = options.faults().before(operation);
        try {
            return Effect.meet(
                    fate,
                    operation,
                    options.faults(),
                    call.now(),
                    world::later,
                    (when, reads) -> service.apply(call.at(when, reads)));
        } catch (Struck struck) {
            if (struck.kind() == Fate.Kind.ACCESS_DENIED) {
                throw ServiceError.denied(
                        call.caller().arn(), call.service() + ":" + call.action(), "this resource", "");
            }
            throw struck;
        } finally {
            if (fate.kind() == Fate.Kind.SLOW) {
                Thread.sleep(fate.after());
            }
        }
    }

    private static Reply struck(Struck struck, Inbound inbound, String requestId) {
        ServiceError error = switch (struck.kind()) {
            case DROPPED_BEFORE, DROPPED_AFTER, LATE_LANDING -> null;
            case THROTTLED -> throttled();
            case LIMIT_EXCEEDED -> new ServiceError(409, "LimitExceeded", "The request exceeds the current limits.");
            default -> new ServiceError(500, "ServiceFailure", "The service failed.");
        };
        return error == null ? Reply.DROP : Reply.error(error, inbound, requestId);
    }

    private static ServiceError throttled() {
        return new ServiceError(400, "Throttling", "Rate exceeded");
    }

    private void throttle(Call call, Instant wall) {
        boolean lookup = call.service().equals("cloudtrail");
        double perSecond = lookup ? CloudTrailService.CALLS_A_SECOND : options.callsPerSecond();
        if (perSecond > 0) {
            String of = call.service()
                    + (lookup ? call.region() : "")
                    + call.caller().account().id();
            if (!buckets.computeIfAbsent(of, key -> new TokenBucket(perSecond, wall))
                    .take(wall)) {
                throw lookup ? new ServiceError(400, "ThrottlingException", "Rate exceeded") : throttled();
            }
        }
    }
}
