package io.keyturn.app.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every request must pass: the name of the host, so that no page elsewhere can be made to look like this one; who asks;
 * the role; the pace; and for whatever changes something, that it was asked for from a page of this server.
 */
final class Guard {
    private static final int MOST_BYTES = 64 * 1_024;
    private static final String COOKIE = "keyturn-visit";
    private static final String TOKEN = "token";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Access access;
    private final Set<String> hosts;
    private final boolean proxied;
    private final Pace acts;
    private final Pace failures;
    private final Pace looks;
    private final Seal seal = new Seal();

    Guard(Access access, Optional<String> host, int port, InstantSource clock) {
        this.access = access;
        this.proxied = host.isPresent();
        this.hosts =
                host.map(Set::of).orElseGet(() -> Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port));
        this.acts = new Pace(20, Duration.ofSeconds(3), clock);
        this.looks = new Pace(60, Duration.ofSeconds(1), clock);
        this.failures = new Pace(20, Duration.ofSeconds(6), clock);
    }

    /** Loads what every request needs, and only the first waits for. */
    void warm() {
        seal.of(Seal.word());
    }

    void host(HttpExchange exchange) throws Denied {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw new Denied(
                    421,
                    "Another address",
                    "This server does not answer under that name. Open the address that it printed when it started.");
        }
    }

    /** Who asks. */
    Person person(HttpExchange exchange) throws Denied {
        String from = exchange.getRemoteAddress().getAddress().getHostAddress();
        try {
            return access.person(exchange.getRequestHeaders());
        } catch (Denied e) {
            // Who has not signed in yet is no intruder, and all of them may come from the address of one proxy.
            if (!(access instanceof SignIn) && !failures.allows(from)) {
                throw new Denied(429, "Too often", "Too many requests came in without a sign-in. Wait a minute.");
            }
            throw e;
        }
    }

    /** Takes a request to its route, where it may go. */
    Reply through(HttpExchange exchange, Route route, List<String> parts)
            throws Denied, IOException, StoreFailure, Refused, InterruptedException {
        Person person = person(exchange);
        try {
            return through(exchange, route, parts, person);
        } catch (Denied e) {
            throw e.to(person);
        }
    }

    private Reply through(HttpExchange exchange, Route route, List<String> parts, Person person)
            throws Denied, IOException, StoreFailure, Refused, InterruptedException {
        if (!person.role().may(route.needed())) {
            throw new Denied(
                    403,
                    "Not for your role",
                    "That takes the role " + route.needed().label() + ", and " + person.name() + " is "
                            + person.role().label() + ". Ask somebody who has it.");
        }
        String visit = Cookies.word(exchange.getRequestHeaders(), COOKIE);
        String own = visit.isEmpty() ? Seal.word() : visit;
        String token = seal.of(own + "\n" + person.name());
        Query form = Query.NONE;
        if (route.method().equals("POST")) {
            form = form(exchange, route);
            sameSite(exchange.getRequestHeaders());
            if (!route.isApi() && (visit.isEmpty() || !seal.fits(own + "\n" + person.name(), form.first(TOKEN)))) {
                throw new Denied(
                        403, "The form is too old", "Nothing was done. Open the page again and send it from there.");
            }
            if (!acts.allows(person.name())) {
                throw new Denied(429, "Too often", "Nothing was done. Wait a minute and do it again.");
            }
        }
        List<String> decoded = new ArrayList<>();
        for (String part : parts) {
            decoded.add(Query.decodedPart(part));
        }
        Query query = Query.of(exchange.getRequestURI().getRawQuery());
        String path = exchange.getRequestURI().getRawPath();
        Reply reply =
                route.answering().answer(new Call(path, decoded, query, form, person, token, access instanceof SignIn));
        if (!visit.isEmpty() || route.isApi() || !reply.type().startsWith("text/html")) {
            return reply;
        }
        return reply.with(
                "Set-Cookie", COOKIE + "=" + own + "; Path=/; HttpOnly; SameSite=Strict" + (proxied ? "; Secure" : ""));
    }

    /** Takes a request that comes by an owner's link: its seal says who may, so that nobody signs in for it. */
    Reply linked(HttpExchange exchange, String own, YourKeysPage page)
            throws Denied, IOException, StoreFailure, Refused {
        try {
            switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> {
                    Query query = Query.of(exchange.getRequestURI().getRawQuery());
                    Reply reply = page.look(own, query);
                    if (!looks.allows(own)) {
                        throw new Denied(429, "Too often", "This page was opened too often. Wait a minute.");
                    }
                    return reply;
                }
                case "POST" -> {
                    Query form = form(exchange, null);
                    sameSite(exchange.getRequestHeaders());
                    if (!acts.allows(own)) {
                        throw new Denied(429, "Too often", "Nothing was done. Wait a minute and do it again.");
                    }
                    return page.act(own, form);
                }
                default -> throw new Denied(405, "Not that way", "This address does not take that kind of request.");
            }
        } catch (Denied e) {
            String from = exchange.getRemoteAddress().getAddress().getHostAddress();
            // Whoever has a link of this server is not held up by those who guess.
            if (e.status() == 403 && !failures.allows(from)) {
                throw new Denied(429, "Too often", "Too many links that open nothing came in. Wait a minute.");
            }
            throw e;
        }
    }

    /** Browsers say from where a form was sent; one of another site is refused whatever it brings. */
    private void sameSite(Headers headers) throws Denied {
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean foreign = origin != null && !hosts.contains(origin.replaceFirst("^https?://", ""))
                || site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign) {
            throw new Denied(403, "From elsewhere", "Nothing was done: that was sent from a page of another site.");
        }
    }

    private static Query form(HttpExchange exchange, @Nullable Route route) throws Denied, IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            throw new Denied(413, "Too much", "Nothing was done: more than 64 KiB were sent.");
        }
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        String text = new String(body, StandardCharsets.UTF_8);
        if (route == null || !route.isApi()) {
            return Query.of(text);
        }
        // A page of another site cannot send this type without being asked first, and is never answered then.
        if (!type.startsWith("application/json")) {
            throw new Denied(415, "Not JSON", "Nothing was done: send application/json.");
        }
        return members(text, route.members());
    }

    private static Query members(String text, Set<String> known) throws Denied {
        try {
            JsonNode json = JSON.readTree(text.isBlank() ? "{}" : text);
            if (!json.isObject()) {
                throw Denied.bad("The body is no JSON object.");
            }
            Map<String, List<String>> values = new HashMap<>();
            for (Map.Entry<String, JsonNode> member : json.properties()) {
                // What is misspelt would be left out: a freeze for some days would be one for good.
                if (!known.contains(member.getKey())) {
                    throw Denied.bad("\"" + member.getKey() + "\" is not taken here"
                            + (known.isEmpty() ? "." : ", but " + String.join(", ", new TreeSet<>(known)) + "."));
                }
                JsonNode value = member.getValue();
                if (!value.isString()) {
                    throw Denied.bad("\"" + member.getKey() + "\" is no text.");
                }
                values.put(member.getKey(), List.of(value.asString()));
            }
            return new Query(values);
        } catch (JacksonException e) {
            throw Denied.bad("The body is no JSON.");
        }
    }
}
