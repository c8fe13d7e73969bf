package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.policy.Approval;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.JournalStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who may what, through a proxy that vouches for people. */
@Timeout(60)
class RolesTest {
    private static final String SECRET = "a secret of the proxy that is long enough";
    private static final Map<String, Role> ROLES =
            Map.of("all", Role.VIEWER, "ops", Role.OPERATOR, "sec", Role.APPROVER, "root", Role.ADMIN);

    private StillSite site;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        site = new StillSite(Approval.TWO);
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ProxyAccess(SECRET, ROLES),
                // The client of the test cannot choose the name it sends.
                Optional.empty(),
                site,
                InstantSource.fixed(StillSite.NOW),
                line -> {});
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Visitor as(String name, String groups) {
        return new Visitor(door.address())
                .with(ProxyAccess.SECRET, SECRET, ProxyAccess.USER, name, ProxyAccess.GROUPS, groups);
    }

    private static String group(Role role) {
        return ROLES.entrySet().stream()
                .filter(entry -> entry.getValue() == role)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void each_role_comes_to_its_routes_and_to_no_other(Role role) throws Exception {
        for (Route route : new Routes(site).all()) {
            // A visitor of its own, so that the pace of acts is not what is met.
            Visitor visitor = as("n-" + role + "-" + route.path().hashCode(), "other, " + group(role));
            String path = route.path()
                    .replaceFirst("/keys/\\*", "/keys/" + site.anyKey().name());
            path = path.replaceFirst("\\*$", "snooze");
            HttpResponse<String> answer = route.method().equals("GET")
                    ? visitor.get(path)
                    : route.isApi() ? visitor.json(path, "{}") : visitor.post(path, "");
            boolean refused = answer.statusCode() == 403 && answer.body().contains("That takes the role");
            assertThat(refused).as(role + " " + route.method() + " " + path).isEqualTo(!role.may(route.needed()));
        }
    }

    @Test
    void to_let_go_takes_more_than_to_hold_back() throws Exception {
        String key = "/keys/" + site.anyKey().name() + "/act/";
        Visitor operator = as("o", "ops");
        assertThat(operator.form(key + "freeze", key + "freeze", "why=w").statusCode())
                .isEqualTo(303);
        assertThat(operator.form(key + "thaw", key + "thaw", "why=w").body())
                .contains("To thaw takes the role approver");
        assertThat(operator.form(key + "approve", key + "approve", "why=w").statusCode())
                .isEqualTo(403);
        assertThat(as("a", "sec").form(key + "thaw", key + "thaw", "why=w").statusCode())
                .isEqualTo(303);
    }

    @Test
    void four_eyes_are_those_of_two_people() throws Exception {
        String hash = "ab".repeat(32);
        String all = "step=0&step=1&step=2&step=3&step=4&why=w&hash=" + hash;
        as("ann", "sec").form("/plan", "/plan", all);
        as("ann", "root").form("/plan", "/plan", all);
        assertThat(Approval.TWO.suffices(site.approvers(hash))).isFalse();
        as("bob", "sec").form("/plan", "/plan", all);
        assertThat(Approval.TWO.suffices(site.approvers(hash))).isTrue();
        assertThat(site.entries(JournalStore.Query.ALL))
                .filteredOn(entry -> ((Entry.Decision) entry).scope() instanceof Scope.OfPlan)
                .extracting(entry -> ((Entry.Decision) entry).by())
                .containsExactly("page:ann", "page:ann", "page:bob");
    }

    @Test
    void two_who_approve_at_the_same_time_are_both_heard_and_each_word_of_theirs_stands_once() throws Exception {
        String hash = "ab".repeat(32);
        String all = "step=0&step=1&step=2&step=3&step=4&why=w&hash=" + hash;
        CyclicBarrier together = new CyclicBarrier(2);
        List<Callable<Integer>> people = new ArrayList<>();
        for (String name : List.of("ann", "bob")) {
            people.add(() -> {
                Visitor visitor = as(name, "sec");
                visitor.get("/plan");
                together.await();
                return visitor.form("/plan", "/plan", all).statusCode();
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(people)) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        assertThat(Approval.TWO.suffices(site.approvers(hash))).isTrue();
        assertThat(site.decisions())
                .extracting(decision -> decision.by() + " " + decision.scope())
                .hasSize(12)
                .doesNotHaveDuplicates();
    }

    @Test
    void nobody_comes_in_beside_the_proxy() throws Exception {
        Visitor bare = new Visitor(door.address());
        assertThat(bare.get("/").statusCode()).isEqualTo(401);
        assertThat(bare.get("/").body()).contains("This page is reached through its proxy alone");
        assertThat(bare.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(bare.get("/api/v1/keys").statusCode()).isEqualTo(401);
        assertThat(bare.get("/healthz").body()).isEqualTo("alive\n");
        assertThat(bare.get("/readyz").body()).isEqualTo("ready\n");
        Visitor forged = new Visitor(door.address())
                .with(ProxyAccess.SECRET, SECRET + "!", ProxyAccess.USER, "ann", ProxyAccess.GROUPS, "root");
        assertThat(forged.get("/").statusCode()).isEqualTo(401);
        Visitor twice = as("ann", "all").with(ProxyAccess.GROUPS, "root");
        assertThat(twice.get("/").statusCode()).isEqualTo(403);
        assertThat(as("ann", "strangers").get("/").body()).contains("None of your groups has a role here.");
        for (int i = 0; i < 20; i++) {
            bare.get("/");
        }
        assertThat(bare.get("/").statusCode()).isEqualTo(429);
    }

    @Test
    void a_token_of_one_person_is_not_that_of_another() throws Exception {
        Visitor ann = as("ann", "sec");
        String token = ann.get("/stop").body().replaceFirst("(?s).*name=\"token\" value=\"([^\"]+)\".*", "$1");
        Visitor bob = as("bob", "sec");
        bob.get("/stop");
        assertThat(bob.post("/stop", "why=w&token=" + token).statusCode()).isEqualTo(403);
        assertThat(ann.post("/stop", "why=w&token=" + token).statusCode()).isEqualTo(303);
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> new ProxyAccess("short", ROLES))
                .hasMessage("the secret of the proxy has 5 characters, and 32 are the least");
    }

    @Test
    void the_description_of_the_interface_names_its_routes_and_no_others() throws Exception {
        Set<String> routes = new TreeSet<>();
        for (Route route : new Routes(site).all()) {
            if (route.isApi()) {
                routes.add(route.method().toLowerCase(Locale.ROOT) + " " + route.path());
            }
        }
        JsonNode described =
                JsonMapper.builder().build().readTree(Files.readString(Path.of("../docs/reference/openapi.json")));
        List<String> named = new ArrayList<>();
        described
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                named.add(method.getKey() + " " + path.getKey().replaceAll("\\{[a-z]+\\}", "*"))));
        assertThat(named).containsExactlyInAnyOrderElementsOf(routes);
        assertThat(new Visitor(door.address()).get("/api/v1/openapi.json").body())
                .isEqualTo(Files.readString(Path.of("../docs/reference/openapi.json")));
    }
}
