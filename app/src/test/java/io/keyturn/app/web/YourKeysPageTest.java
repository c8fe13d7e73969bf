package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.link.OwnerLinks;
import io.keyturn.core.policy.Approval;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the link in a message opens, of a server that lets nobody else in. */
@Timeout(60)
class YourKeysPageTest {
    private static final String SECRET = "a secret of thirty-two characters";
    private static final URI BASE = URI.create("https://keyturn.example.com");
    private static final OwnerLinks LINKS = new OwnerLinks(BASE, SECRET);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private StillSite site;
    private Door door;
    private Visitor visitor;

    @BeforeEach
    void open() throws Exception {
        site = new StillSite(Approval.NONE);
        site.links = Optional.of(LINKS);
        Access nobody = headers -> {
            throw new Denied(401, "Not signed in", "Sign in.");
        };
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                nobody,
                Optional.empty(),
                site,
                InstantSource.fixed(StillSite.NOW),
                log::add);
        visitor = new Visitor(door.address());
    }

    @AfterEach
    void close() {
        door.close();
    }

    static List<String> owners() {
        return StillSite.HOSTILE.subList(0, 4);
    }

    private static String path(String owner) {
        return LINKS.of(owner, StillSite.NOW, Duration.ofDays(30)).getRawPath();
    }

    private SeenKey keyOf(String owner) throws Exception {
        return site.catalog().keys(KeyQuery.ALL.ofOwner(owner)).keys().getFirst();
    }

    private List<Entry> journal() throws Exception {
        return site.entries(JournalStore.Query.ALL);
    }

    private HttpResponse<String> moreTime(String owner, String key, int days) throws Exception {
        return visitor.post(path(owner), "act=more-time&key=" + key + "&days=" + days + "&why=the+quarter+ends");
    }

    @ParameterizedTest
    @MethodSource("owners")
    void itShowsTheKeysOfThatOwnerAloneAndTheirNamesAreOnlyEverText(String owner) throws Exception {
        HttpResponse<String> page = visitor.get(path(owner));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("1 of your keys needs you", "</html>", keyOf(owner).name())
                .doesNotContain("<script", "<img", "<b>prod", "\u202E", "AKIA");
        for (String other : owners()) {
            if (!other.equals(owner)) {
                assertThat(page.body()).doesNotContain(keyOf(other).name());
            }
        }
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void lookingChangesNothingHoweverOftenAMailScannerDoes() throws Exception {
        String owner = owners().getFirst();
        visitor.get(path(owner) + "?act=more-time&key=" + keyOf(owner).name() + "&days=3&why=x");
        assertThat(journal()).isEmpty();
    }

    @Test
    void moreTimeIsGrantedOnceAsFarAsThePolicyAllowsAndThenAPersonIsAsked() throws Exception {
        String owner = owners().getFirst();
        String key = keyOf(owner).name();
        HttpResponse<String> granted = moreTime(owner, key, 14);
        assertThat(granted.statusCode()).isEqualTo(303);
        assertThat(visitor.get(granted.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("More time is granted", "On 2026-11-23 you took more time.", "Held back:");
        assertThat(journal()).singleElement().isInstanceOfSatisfying(Entry.Decision.class, decision -> {
            assertThat(decision.kind()).isEqualTo(Entry.Decision.Kind.SNOOZE);
            assertThat(decision.by()).isEqualTo(owner + " (owner's link)");
            assertThat(decision.why()).isEqualTo("the quarter ends");
            assertThat(decision.until()).hasToString("2026-12-08T00:00:00Z");
        });
        moreTime(owner, key, 30);
        assertThat(journal())
                .last()
                .isInstanceOfSatisfying(
                        Entry.Decision.class,
                        decision -> assertThat(decision.kind()).isEqualTo(Entry.Decision.Kind.ASK_FOR_TIME));
        assertThat(visitor.get(path(owner)).body()).contains("you asked for more time: a person decides");
    }

    @Test
    void thatSomethingIsInstalledIsTakenOnlyWhereThereIsANewKey() throws Exception {
        String owner = owners().getFirst();
        HttpResponse<String> said =
                visitor.post(path(owner), "act=installed&key=" + keyOf(owner).name());
        assertThat(said.statusCode()).isEqualTo(409);
        assertThat(said.body()).contains("Nothing was done: no new key was made for this one.");
        assertThat(journal()).isEmpty();
    }

    @Test
    void aKeyOfSomebodyElseIsNoKeyOfTheirs() throws Exception {
        HttpResponse<String> said =
                moreTime(owners().getFirst(), keyOf(owners().get(1)).name(), 3);
        assertThat(said.statusCode()).isEqualTo(404);
        assertThat(said.body()).contains("There is no such key of yours. Nothing was done.");
        assertThat(journal()).isEmpty();
    }

    @Test
    void aLinkThatIsOverOrForeignSaysSoAndNothingElse() throws Exception {
        String owner = owners().getFirst();
        String over = LINKS.of(owner, StillSite.NOW.minus(Duration.ofDays(40)), Duration.ofDays(30))
                .getRawPath();
        assertThat(visitor.get(over).statusCode()).isEqualTo(410);
        assertThat(visitor.get(over).body())
                .contains("This link is over", "until 2026-11-13")
                .doesNotContain("To the overview", keyOf(owner).name());
        String foreign = new OwnerLinks(URI.create("https://other.example.com"), SECRET)
                .of(owner, StillSite.NOW, Duration.ofDays(30))
                .getRawPath();
        for (String path : List.of(foreign, "/your-keys/x.y", "/your-keys/")) {
            HttpResponse<String> page = visitor.get(path);
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("This link opens nothing here").doesNotContain("To the overview");
            assertThat(visitor.post(path, "act=installed").statusCode()).isEqualTo(403);
        }
        assertThat(log)
                .filteredOn(line -> line.startsWith("denied 403"))
                .hasSize(6)
                .allMatch(line -> line.matches("denied 403 to 127.0.0.1, (GET|POST) /your-keys/…: .*"));
        assertThat(visitor.get("/keys").statusCode())
                .as("it opens no other page")
                .isEqualTo(401);
    }

    @Test
    void whoGuessesIsSlowedDownAndWhoHasALinkIsNot() throws Exception {
        int status = 0;
        for (int i = 0; i < 25; i++) {
            status = visitor.get("/your-keys/x." + i).statusCode();
        }
        assertThat(status).isEqualTo(429);
        assertThat(visitor.get(path(owners().getFirst())).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormOfAnotherSiteIsRefused() throws Exception {
        String owner = owners().getFirst();
        visitor.with("Origin", "https://evil.example.com");
        assertThat(moreTime(owner, keyOf(owner).name(), 3).statusCode()).isEqualTo(403);
        assertThat(journal()).isEmpty();
    }

    @Test
    void whatCannotBeUnderstoodIsNotDone() throws Exception {
        String owner = owners().getFirst();
        String key = keyOf(owner).name();
        assertThat(moreTime(owner, key, 31).body()).contains("Nothing was done. Choose 3, 7, 14 or 30 days.");
        assertThat(visitor.post(path(owner), "act=more-time&key=" + key + "&days=3&why=+")
                        .body())
                .contains("Nothing was done. Say in at most 1000 characters what the time is needed for.");
        assertThat(visitor.post(path(owner), "act=delete&key=" + key).body())
                .contains("Here it can be said that a key is installed, or that more time is needed.");
        assertThat(journal()).isEmpty();
    }

    @Test
    void whereNoLinkIsConfiguredThereIsNoSuchPage() throws Exception {
        close();
        site.links = Optional.empty();
        Person admin = new Person("n.iyer", Role.ADMIN, false);
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                headers -> admin,
                Optional.empty(),
                site,
                InstantSource.fixed(StillSite.NOW),
                log::add);
        assertThat(new Visitor(door.address()).get(path(owners().getFirst())).statusCode())
                .isEqualTo(404);
    }
}
