package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.keyturn.core.policy.Approval;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People who sign in at an identity provider, and others who would like to. */
@Timeout(60)
class SignInTest {
    private static final Map<String, Role> ROLES =
            Map.of("all", Role.VIEWER, "ops", Role.OPERATOR, "sec", Role.APPROVER, "root", Role.ADMIN);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Instant> now = new AtomicReference<>(StillSite.NOW);
    private ForgingProvider provider;
    private StillSite site;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        provider = new ForgingProvider();
        site = new StillSite(Approval.TWO);
        InstantSource clock = now::get;
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new OidcAccess(provider.of(ForgingProvider.client(provider.issuer())), ROLES, clock, log::add),
                // The client of the test cannot choose the name it sends.
                Optional.empty(),
                site,
                clock,
                log::add);
    }

    @AfterEach
    void close() {
        door.close();
        provider.close();
    }

    private Visitor visitor() {
        return new Visitor(door.address());
    }

    /** Where the server sends a visitor who wants that page. */
    private static String sent(Visitor visitor, String page) throws Exception {
        String begin = page.startsWith("/sign-in")
                ? page
                : visitor.get(page).headers().firstValue("Location").orElseThrow();
        return visitor.get(begin).headers().firstValue("Location").orElseThrow();
    }

    /** The address that the provider sends a visitor back to, without its host. */
    private String back(Visitor visitor, String page) throws Exception {
        URI back = provider.visited(sent(visitor, page));
        assertThat(back.toString()).startsWith("https://keyturn.example.com/signed-in?");
        return back.getPath() + "?" + back.getRawQuery();
    }

    private HttpResponse<String> signIn(Visitor visitor, String name, String... groups) throws Exception {
        provider.next(Map.of("email", name, "groups", List.of(groups)));
        return visitor.get(back(visitor, "/keys?sort=age&desc=1"));
    }

    @Test
    void somebody_signs_in_comes_to_the_page_they_wanted_and_signs_out() throws Exception {
        Visitor ann = visitor();
        HttpResponse<String> in = signIn(ann, "ann@example.com", "strangers", "all", "sec");
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).contains("/keys?sort=age&desc=1");
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("__Host-keyturn-session=[0-9a-f]{64}; Path=/; Max-Age=28800; HttpOnly; Secure; SameSite=Lax");
        assertThat(ann.get("/").body()).contains("ann@example.com</span>, approver", "Sign out");
        HttpResponse<String> out = ann.form("/", "/sign-out", "");
        assertThat(out.body())
                .contains("You are signed out", "href=\"" + provider.issuer() + "/endsession\">Sign out there too");
        assertThat(ann.get("/").headers().firstValue("Location")).contains("/sign-in?to=%2F");
        assertThat(log).containsExactly("signed in: ann@example.com as approver", "signed out: ann@example.com");
    }

    @Test
    void the_provider_is_asked_for_a_code_with_state_nonce_and_a_challenge_that_the_verifier_meets() throws Exception {
        Visitor ann = visitor();
        Map<String, List<String>> question =
                Query.of(URI.create(sent(ann, "/")).getRawQuery()).values();
        assertThat(question)
                .containsEntry("response_type", List.of("code"))
                .containsEntry("client_id", List.of("keyturn"))
                .containsEntry("scope", List.of("openid email"))
                .containsEntry("code_challenge_method", List.of("S256"))
                .containsKeys("state", "nonce", "code_challenge");
        signIn(ann, "ann@example.com", "all");
        assertThat(provider.asked).hasSize(1).first().asString().contains("Basic ", "code_verifier=");
    }

    @Test
    void whoever_is_not_signed_in_sees_nothing_and_programs_are_told_so() throws Exception {
        assertThat(visitor().get("/keys?q=a").headers().firstValue("Location")).contains("/sign-in?to=%2Fkeys%3Fq%3Da");
        assertThat(visitor().get("/api/v1/keys").statusCode()).isEqualTo(401);
        assertThat(visitor().get("/metrics").body()).contains("You are not signed in, or no longer.");
        assertThat(visitor().post("/stop", "why=w").statusCode()).isEqualTo(401);
        assertThat(visitor().get("/healthz").body()).isEqualTo("alive\n");
        assertThat(visitor().get("/sign-out").statusCode()).isNotEqualTo(200);
    }

    @Test
    void a_session_ends_after_eight_hours() throws Exception {
        Visitor ann = visitor();
        signIn(ann, "ann@example.com", "all");
        now.set(StillSite.NOW.plus(Duration.ofHours(8)).minusSeconds(1));
        assertThat(ann.get("/").statusCode()).isEqualTo(200);
        now.set(StillSite.NOW.plus(Duration.ofHours(8)));
        assertThat(ann.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void whose_session_is_over_is_told_where_a_browser_would_not_follow_to_another_site() throws Exception {
        Visitor page = visitor().with("Sec-Fetch-Site", "same-origin");
        HttpResponse<String> search = page.get("/keys?q=a%20b");
        assertThat(search.statusCode()).isEqualTo(401);
        assertThat(search.body())
                .contains("You are not signed in", "href=\"/sign-in?to=%2Fkeys%3Fq%3Da%2520b\">Sign in again")
                .doesNotContain("Nothing was done");
        assertThat(page.post("/plan", "why=w").body()).contains("Nothing was done.", "/sign-in?to=%2Fplan\"");
        // There is nothing to be seen at the address of that form.
        assertThat(page.post("/resume", "why=w").body()).contains("Nothing was done.", "/sign-in?to=%2F\"");
        assertThat(page.get("/api/v1/keys").body()).contains("\"error\":\"Not signed in\"");
    }

    @Test
    void each_sign_in_has_a_session_of_its_own_and_ends_the_one_before() throws Exception {
        Visitor ann = visitor();
        signIn(ann, "ann@example.com", "all");
        String first = ann.cookie(OidcAccess.SESSION);
        provider.next(Map.of("email", "ann@example.com", "groups", List.of("all")));
        ann.get(back(ann, "/sign-in"));
        assertThat(ann.cookie(OidcAccess.SESSION)).isNotEqualTo(first).matches("[0-9a-f]{64}");
        Visitor planted = visitor().with("Cookie", OidcAccess.SESSION + "=" + first);
        assertThat(planted.get("/").statusCode()).isEqualTo(303);
        Visitor guessed = visitor().with("Cookie", OidcAccess.SESSION + "=" + "0".repeat(64));
        assertThat(guessed.get("/").statusCode()).isEqualTo(303);
    }

    /** A token that is not what was asked for. */
    private enum Bad {
        EXPIRED("Expired JWT") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                return provider.altered(token, Map.of("exp", new Date(0), "iat", new Date(0), "nbf", new Date(0)));
            }
        },
        FOREIGN_ISSUER("Unexpected JWT issuer") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                return provider.altered(token, Map.of("iss", "https://evil.example"));
            }
        },
        FOREIGN_KEY("Another algorithm expected, or no matching key(s) found") {
            @Override
            String of(ForgingProvider provider, String token) {
                return provider.real.issueToken("other", "subject", "keyturn").serialize();
            }
        },
        UNSIGNED("Signed ID token expected") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                return new PlainJWT(SignedJWT.parse(token).getJWTClaimsSet()).serialize();
            }
        },
        SIGNATURE_CUT_OFF("Invalid signature") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                String[] parts = token.split("\\.");
                return parts[0] + "." + parts[1] + "." + parts[2].substring(0, 8) + "AAAA";
            }
        },
        SIGNED_WITH_WHAT_IS_SHARED("Another algorithm expected") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
                SignedJWT forged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
                forged.sign(new MACSigner("hunter2".repeat(8)));
                return forged.serialize();
            }
        },
        FOR_ANOTHER_CLIENT("Unexpected JWT audience") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                return provider.altered(token, Map.of("aud", "another"));
            }
        },
        WRONG_NONCE("Unexpected JWT nonce") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                return provider.altered(token, Map.of("nonce", "another"));
            }
        },
        NO_NONCE("Missing JWT nonce") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                Map<String, Object> none = new HashMap<>();
                none.put("nonce", null);
                return provider.altered(token, none);
            }
        },
        NO_NAME("does not say who you are: its claim \"email\" is missing") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                Map<String, Object> none = new HashMap<>();
                none.put("email", null);
                return provider.altered(token, none);
            }
        },
        UNPROVEN_NAME("its claim \"email\" is not verified") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                return provider.altered(token, Map.of("email_verified", false));
            }
        },
        UNPROVEN_NAME_IN_WORDS("its claim \"email\" is not verified") {
            @Override
            String of(ForgingProvider provider, String token) throws Exception {
                return provider.altered(token, Map.of("email_verified", "false"));
            }
        };

        private final String told;

        Bad(String told) {
            this.told = told;
        }

        abstract String of(ForgingProvider provider, String token) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void a_token_that_is_not_the_answer_opens_nothing(Bad bad) throws Exception {
        provider.forging(token -> {
            try {
                return bad.of(provider, token);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Visitor eve = visitor();
        HttpResponse<String> refused = signIn(eve, "eve@example.com", "root");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body().replace("&quot;", "\""))
                .contains("The sign-in came to nothing: the identity provider", bad.told)
                .contains("Begin again at the overview; if it stays so, tell whoever runs this server.");
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(eve.get("/").statusCode()).isEqualTo(303);
        assertThat(log)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("denied 403 to 127.0.0.1, GET /signed-in: The sign-in came to nothing");
    }

    @Test
    void a_token_of_an_earlier_sign_in_is_not_taken_again() throws Exception {
        AtomicReference<String> kept = new AtomicReference<>();
        provider.forging(token -> {
            kept.compareAndSet(null, token);
            return kept.get();
        });
        assertThat(signIn(visitor(), "ann@example.com", "root").statusCode()).isEqualTo(303);
        HttpResponse<String> replayed = signIn(visitor(), "eve@example.com", "all");
        assertThat(replayed.body()).contains("Unexpected JWT nonce");
    }

    @Test
    void an_answer_counts_once_in_the_browser_that_asked_and_for_ten_minutes() throws Exception {
        Visitor ann = visitor();
        provider.next(Map.of("email", "ann@example.com", "groups", List.of("all")));
        String back = back(ann, "/");
        HttpResponse<String> stolen = visitor().get(back);
        assertThat(stolen.statusCode()).isEqualTo(403);
        assertThat(stolen.body())
                .contains("The sign-in came to nothing: it was not begun in this browser within the last ten minutes.");
        String late = back(ann, "/");
        now.set(StillSite.NOW.plus(Duration.ofMinutes(10)));
        assertThat(ann.get(late).statusCode()).isEqualTo(403);
        String third = back(ann, "/");
        assertThat(ann.get(third).statusCode()).isEqualTo(303);
        assertThat(ann.get(third).statusCode()).isEqualTo(403);
        assertThat(ann.get("/signed-in?state=forged&code=c").statusCode()).isEqualTo(403);
    }

    @Test
    void a_refusal_of_the_provider_is_told() throws Exception {
        Visitor ann = visitor();
        String state = Query.of(URI.create(sent(ann, "/")).getRawQuery()).first("state");
        assertThat(ann.get("/signed-in?error=access_denied&state=" + state).body())
                .contains("the identity provider refused with &quot;access_denied&quot;.");
        String again = Query.of(URI.create(sent(ann, "/")).getRawQuery()).first("state");
        assertThat(ann.get("/signed-in?code=c&iss=https://evil.example&state=" + again)
                        .body())
                .contains("another identity provider answered");
        assertThat(signIn(ann, "ann@example.com", "strangers").body()).contains("None of your groups has a role here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/%5Cevil.example", "/%0d%0aSet-Cookie:x", ""})
    void after_a_sign_in_nobody_is_led_elsewhere(String to) throws Exception {
        Visitor ann = visitor();
        provider.next(Map.of("email", "ann@example.com", "groups", List.of("all")));
        assertThat(ann.get(back(ann, "/sign-in?to=" + to)).headers().firstValue("Location"))
                .contains("/");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void each_role_comes_to_its_routes_and_to_no_other(Role role) throws Exception {
        String group = ROLES.entrySet().stream()
                .filter(entry -> entry.getValue() == role)
                .findFirst()
                .orElseThrow()
                .getKey();
        Visitor visitor = visitor();
        signIn(visitor, "n-" + role, group);
        for (Route route : new Routes(site).all()) {
            // Acts have a pace, which is not what is met here.
            now.updateAndGet(at -> at.plusSeconds(3));
            String path = route.path()
                    .replaceFirst("/keys/\\*", "/keys/" + site.anyKey().name())
                    .replaceFirst("\\*$", "snooze");
            HttpResponse<String> answer = route.method().equals("GET")
                    ? visitor.get(path)
                    : route.isApi() ? visitor.json(path, "{}") : visitor.post(path, "");
            boolean refused = answer.statusCode() == 403 && answer.body().contains("That takes the role");
            assertThat(refused).as(role + " " + route.method() + " " + path).isEqualTo(!role.may(route.needed()));
        }
    }

    @Test
    void a_provider_is_spoken_to_over_safe_ways_alone_and_by_its_own_name() {
        assertThatThrownBy(() -> ForgingProvider.client(URI.create("http://login.example.com")))
                .hasMessage("the identity provider is named by its https address, such as"
                        + " https://login.example.com/realms/main, not \"http://login.example.com\"");
        URI elsewhere = URI.create(provider.issuer() + "/");
        assertThatThrownBy(() -> OidcProvider.of(ForgingProvider.client(elsewhere)))
                .isInstanceOf(SignInFailure.class)
                .hasMessageStartingWith("the identity provider " + elsewhere + " did not describe itself: ");
        assertThat(ForgingProvider.client(provider.issuer()).toString()).doesNotContain("hunter2");
    }
}
