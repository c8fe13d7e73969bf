package io.keyturn.app.web;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An independent identity provider, with somebody on the way to its tokens who may put others in their place. */
final class ForgingProvider implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final MockOAuth2Server real = new MockOAuth2Server();
    /** What was sent to the address of the tokens. */
    final List<String> asked = new ArrayList<>();

    private final HttpServer relay;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Forgery forgery = token -> token;

    /** Makes another token of the real one. */
    interface Forgery {
        String of(String token) throws ParseException;
    }

    ForgingProvider() throws IOException {
        real.start(InetAddress.getLoopbackAddress(), 0);
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/token", this::token);
        relay.start();
    }

    URI issuer() {
        return real.issuerUrl("main").uri();
    }

    /** The provider as a client with these claims sees it. */
    OidcProvider of(OidcClient client) throws SignInFailure {
        OIDCProviderMetadata metadata = OidcProvider.described(client);
        metadata.setTokenEndpointURI(
                URI.create("http://127.0.0.1:" + relay.getAddress().getPort() + "/token"));
        return new OidcProvider(client, metadata);
    }

    /** Who signs in next. */
    void next(Map<String, Object> claims) {
        real.enqueueCallback(new DefaultOAuth2TokenCallback("main", "subject", "JWT", null, claims, 3_600));
    }

    void forging(Forgery other) {
        forgery = other;
    }

    /** The same token with other claims, signed by the provider itself; without those that are null. */
    String altered(String token, Map<String, ?> others) throws ParseException {
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        Map<String, Object> all = new HashMap<>(claims.getClaims());
        others.forEach((name, value) -> {
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return real.getConfig()
                .getTokenProvider()
                .jwt(all, Duration.ofHours(1), "main")
                .serialize();
    }

    private void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            real.tokenEndpointUrl("main").uri())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            request.header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"));
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String answer = response.body();
            if (response.statusCode() == 200) {
                ObjectNode json = (ObjectNode) JSON.readTree(answer);
                answer = json.put("id_token", forgery.of(json.path("id_token").asString()))
                        .toString();
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(response.statusCode(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException | ParseException e) {
            throw new IOException(e);
        }
    }

    /** What the provider sends a browser back with. */
    URI visited(String address) throws IOException, InterruptedException {
        return URI.create(
                http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());
    }

    static OidcClient client(URI issuer) {
        return new OidcClient(
                issuer,
                "keyturn",
                "hunter2",
                "email",
                "groups",
                List.of("email"),
                URI.create("https://keyturn.example.com/signed-in"));
    }

    @Override
    public void close() {
        relay.stop(0);
        real.shutdown();
    }
}
