package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.core.policy.Approval;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People whom a proxy signs for, and others who send such a header by themselves. */
@Timeout(60)
class AssertionTest {
    private static final Map<String, Role> ROLES = Map.of("all", Role.VIEWER, "sec", Role.APPROVER, "root", Role.ADMIN);
    private static final String HEADER = "X-Signed";
    private static final String BALANCER =
            "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/k/1";
    private static final Instant NOW = StillSite.NOW;

    private static RSAKey own;
    private static RSAKey foreign;
    private static ECKey balancer;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private StillSite site;
    private HttpServer keys;
    private Door door;

    @BeforeAll
    static void make() throws JOSEException {
        own = new RSAKeyGenerator(2_048).keyID("one").generate();
        foreign = new RSAKeyGenerator(2_048).keyID("one").generate();
        balancer = new ECKeyGenerator(Curve.P_256).keyID("b-1").generate();
    }

    @BeforeEach
    void open() throws Exception {
        site = new StillSite(Approval.TWO);
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publish("/set", new JWKSet(own.toPublicJWK()).toString());
        publish("/b-1", pem(balancer.toECPublicKey()));
        keys.start();
        through(AssertionKeys.at(address("/set"), () -> NOW), false);
    }

    private void publish(String path, String text) {
        keys.createContext(path, exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private String address(String path) {
        return "http://127.0.0.1:" + keys.getAddress().getPort() + path;
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private void through(AssertionKeys checked, boolean amazon) throws Exception {
        if (door != null) {
            door.close();
        }
        Assertion assertion = new Assertion(
                HEADER,
                "https://proxy.example",
                amazon ? null : "keyturn",
                amazon ? BALANCER : null,
                "email",
                "a.groups");
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new AssertionAccess(assertion, checked, ROLES, () -> NOW),
                // The client of the test cannot choose the name it sends.
                Optional.empty(),
                site,
                InstantSource.fixed(NOW),
                log::add);
    }

    @AfterEach
    void close() {
        door.close();
        keys.stop(0);
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> other) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("https://proxy.example")
                .audience("keyturn")
                .expirationTime(Date.from(NOW.plusSeconds(120)))
                .claim("email", "ann@example.com")
                .claim("a", Map.of("groups", List.of("strangers", "sec")));
        other.accept(claims);
        return claims.build();
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private HttpResponse<String> look(String token) throws Exception {
        return new Visitor(door.address()).with(HEADER, token).get("/");
    }

    @Test
    void whom_the_proxy_signs_for_comes_in_with_their_groups() throws Exception {
        String token = signed(own, claims(any -> {}));
        assertThat(look(token).body()).contains("ann@example.com</span>, approver");
        assertThat(look("Bearer " + token).body()).contains("ann@example.com</span>, approver");
        assertThat(look(signed(own, claims(c -> c.claim("a", Map.of("groups", "all")))))
                        .body())
                .contains("ann@example.com</span>, viewer");
        HttpResponse<String> stranger = look(signed(own, claims(c -> c.claim("a", null))));
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(stranger.body()).contains("None of your groups has a role here.");
        // The set of keys is asked for once.
        assertThat(asked).containsExactly("/set");
    }

    /** A header that somebody else made, or that is for somebody else. */
    private enum Bad {
        EXPIRED("is not accepted: Expired JWT") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.expirationTime(Date.from(NOW.minusSeconds(61)))));
            }
        },
        WITHOUT_END("is not accepted: JWT missing required claims: [exp]") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.expirationTime(null)));
            }
        },
        NOT_YET("is not accepted: JWT before use time") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.notBeforeTime(Date.from(NOW.plusSeconds(90)))));
            }
        },
        FOREIGN_KEY("is not accepted: Signed JWT rejected: Invalid signature") {
            @Override
            String of() throws JOSEException {
                return signed(foreign, claims(any -> {}));
            }
        },
        FOREIGN_ISSUER("is not accepted: JWT iss claim has value https://evil.example, must be https://proxy.example") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.issuer("https://evil.example")));
            }
        },
        FOR_ANOTHER("is not accepted: JWT audience rejected: [wiki]") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.audience("wiki")));
            }
        },
        FOR_NOBODY("is not accepted: JWT missing required audience") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.audience((String) null)));
            }
        },
        UNSIGNED("is no signed one") {
            @Override
            String of() {
                return new PlainJWT(claims(any -> {})).serialize();
            }
        },
        SIGNED_WITH_THE_PUBLIC_KEY("is not accepted: Signed JWT rejected: Another algorithm expected") {
            @Override
            String of() throws JOSEException {
                SignedJWT forged = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims(any -> {}));
                forged.sign(new MACSigner(pem(own.toRSAPublicKey()).getBytes(StandardCharsets.UTF_8)));
                return forged.serialize();
            }
        },
        CHANGED("is not accepted: Signed JWT rejected: Invalid signature") {
            @Override
            String of() throws JOSEException {
                String[] parts = signed(own, claims(any -> {})).split("\\.");
                String other = signed(own, claims(c -> c.claim("email", "eve@example.com")))
                        .split("\\.")[1];
                return parts[0] + "." + other + "." + parts[2];
            }
        },
        NO_NAME("does not say who you are: its claim \"email\" is missing, or no short text") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.claim("email", null)));
            }
        },
        UNPROVEN_NAME("does not say who you are: its claim \"email\" is not verified") {
            @Override
            String of() throws JOSEException {
                return signed(own, claims(c -> c.claim("email_verified", false)));
            }
        },
        TOO_LONG("is too long") {
            @Override
            String of() {
                return "a".repeat(16_385);
            }
        },
        NONSENSE("is no signed one") {
            @Override
            String of() {
                return "ann@example.com";
            }
        };

        private final String told;

        Bad(String told) {
            this.told = told;
        }

        abstract String of() throws JOSEException;
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void a_token_that_is_not_the_proxys_opens_nothing(Bad bad) throws Exception {
        HttpResponse<String> refused = look(bad.of());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body().replace("&quot;", "\"").replace("&#39;", "'"))
                .contains("Nobody is let in: the proxy's token " + bad.told);
        assertThat(log).hasSize(1).first().asString().startsWith("denied 401 to 127.0.0.1, GET /: Nobody is let in");
    }

    @Test
    void without_the_header_or_with_two_of_it_nobody_comes_in() throws Exception {
        assertThat(new Visitor(door.address()).get("/").body())
                .contains("This page is reached through its proxy alone");
        String token = signed(own, claims(any -> {}));
        Visitor twice = new Visitor(door.address()).with(HEADER, token, HEADER, token);
        assertThat(twice.get("/").statusCode()).isEqualTo(401);
        assertThat(new Visitor(door.address())
                        .with(ProxyAccess.USER, "ann", ProxyAccess.GROUPS, "root")
                        .get("/")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void one_key_that_is_known_checks_tokens_of_its_kind_alone() throws Exception {
        through(AssertionKeys.pem(pem(own.toRSAPublicKey())), false);
        assertThat(look(signed(own, claims(any -> {}))).statusCode()).isEqualTo(200);
        assertThat(look(signed(foreign, claims(any -> {}))).statusCode()).isEqualTo(401);
        assertThat(look(Bad.SIGNED_WITH_THE_PUBLIC_KEY.of()).statusCode()).isEqualTo(401);
        assertThat(look(amazon(balancer, BALANCER)).statusCode()).isEqualTo(401);
        assertThat(asked).isEmpty();
    }

    /** As a load balancer of AWS writes it: padded, without an audience, and with who signs in the head. */
    private static String amazon(ECKey key, String signer) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .customParam("signer", signer)
                .customParam("iss", "https://proxy.example")
                .build();
        JWTClaimsSet claims = claims(c -> c.audience((String) null));
        String input = padded(header.toString()) + "." + padded(claims.toString());
        byte[] signature = new ECDSASigner(key)
                .sign(header, input.getBytes(StandardCharsets.UTF_8))
                .decode();
        return input + "." + Base64.getUrlEncoder().encodeToString(signature);
    }

    private static String padded(String json) {
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void of_load_balancers_only_the_one_that_is_named_signs() throws Exception {
        through(AssertionKeys.at(address("/" + AssertionKeys.KEY), () -> NOW), true);
        assertThat(amazon(balancer, BALANCER)).contains("=.").endsWith("=");
        assertThat(look(amazon(balancer, BALANCER)).body()).contains("ann@example.com</span>, approver");
        assertThat(look(amazon(balancer, BALANCER)).statusCode()).isEqualTo(200);
        assertThat(look(amazon(balancer, BALANCER + "2")).body())
                .contains("the proxy&#39;s token is not accepted: another load balancer signed it");
        assertThat(asked).containsExactly("/b-1");
    }

    @Test
    void a_key_that_cannot_be_had_is_said_and_names_that_lead_elsewhere_are_not_asked_for() throws Exception {
        through(AssertionKeys.at(address("/" + AssertionKeys.KEY), () -> NOW), true);
        ECKey unknown = new ECKeyGenerator(Curve.P_256).keyID("b-2").generate();
        assertThat(look(amazon(unknown, BALANCER)).body())
                .contains("could not be checked: its key cannot be had from " + address("/b-2"));
        for (String name : Arrays.asList("../set", "b-1?x", "", null)) {
            ECKey elsewhere = new ECKey.Builder(balancer).keyID(name).build();
            assertThat(look(amazon(elsewhere, BALANCER)).statusCode()).isEqualTo(401);
        }
        for (int i = 0; i < 9; i++) {
            look(amazon(new ECKey.Builder(balancer).keyID("c-" + i).build(), BALANCER));
        }
        assertThat(log).last().asString().contains("its key cannot be had");
        assertThat(look(amazon(new ECKey.Builder(balancer).keyID("d").build(), BALANCER))
                        .body())
                .contains("too many keys were asked for; wait a minute");
    }
}
