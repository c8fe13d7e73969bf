package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailOrigin;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.port.Witness;
import io.keyturn.engine.run.KeyUseSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters and tickets say where a key is used from, and go out whatever comes of asking. */
class ToldOfUsesTest {
    private static final Fact<TrailEvents> DENIED = Fact.unknown("CloudTrail may not be read in this account");

    private final Scene scene = new Scene();
    private final List<String> asked = new ArrayList<>();
    private Fact<TrailEvents> answer = Fact.known(
            new TrailEvents(
                    List.of(new TrailEvent(
                            "e",
                            scene.now,
                            "ListBuckets",
                            "s3.amazonaws.com",
                            new TrailActor("IAMUser", "", "ann", null, "", "AKIA1", false),
                            null,
                            null,
                            null,
                            List.of(),
                            new TrailOrigin("x-for-github-actions", "203.0.113.7", "eu-central-1", ""))),
                    true),
            scene.now);

    private KeyUseSearch search() {
        Witness witness = new Witness() {
            @Override
            public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                return Fact.notRead();
            }

            @Override
            public Fact<TrailEvents> latest(
                    Account account, TrailQuery query, String region, Instant since, Duration within) {
                synchronized (asked) {
                    asked.add(query.value());
                }
                return answer;
            }

            @Override
            public Fact<String> contact(Account account, Contact.Kind kind) {
                return Fact.notRead();
            }
        };
        return new KeyUseSearch(witness, List.of(), () -> scene.now);
    }

    private static List<String> places(Notice notice) {
        return notice.uses()
                .map(uses -> uses.origins().stream()
                        .map(origin -> origin.place().name())
                        .toList())
                .orElse(List.of("nothing"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void eachLetterSaysWhereItsKeyIsUsedFrom(int abreast) throws Exception {
        scene.abreast = abreast;
        scene.uses = search();

        assertThat(scene.run()).containsExactlyInAnyOrder("remind ann: done", "remind bob: done");

        assertThat(scene.letters.sent)
                .hasSize(2)
                .allSatisfy(notice -> assertThat(places(notice)).containsExactly("GitHub Actions"));
        assertThat(asked).containsExactlyInAnyOrder(Scene.ANN_KEY, Scene.BOB_KEY);
    }

    @Test
    void whereCloudTrailGivesNoAnswerTheLettersGoOutAndSayWhy() throws Exception {
        scene.uses = search();
        answer = DENIED;

        assertThat(scene.run()).containsExactlyInAnyOrder("remind ann: done", "remind bob: done");

        assertThat(scene.letters.sent)
                .extracting(Notice::uses)
                .containsOnly(Fact.<KeyUses>unknown("CloudTrail may not be read in this account"));
        assertThat(asked).as("the account is asked once").hasSize(1);
    }

    @Test
    void whatIsNotToldIsNotAskedAbout() throws Exception {
        scene.uses = search();
        scene.run();
        asked.clear();
        scene.days(1);

        scene.run();

        assertThat(asked).as("nothing is to be said a day later").isEmpty();
    }

    @Test
    void itIsAskedBeforeAnythingIsIntended() throws Exception {
        List<Integer> intents = new ArrayList<>();
        scene.uses = new KeyUseSearch(
                new Witness() {
                    @Override
                    public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                        return Fact.notRead();
                    }

                    @Override
                    public Fact<TrailEvents> latest(
                            Account account, TrailQuery query, String region, Instant since, Duration within) {
                        try {
                            intents.add((int) scene.journal().stream()
                                    .filter(Entry.Intent.class::isInstance)
                                    .count());
                        } catch (StoreFailure e) {
                            throw new AssertionError(e);
                        }
                        return answer;
                    }

                    @Override
                    public Fact<String> contact(Account account, Contact.Kind kind) {
                        return Fact.notRead();
                    }
                },
                List.of(),
                () -> scene.now);

        scene.run();

        assertThat(intents).containsExactly(0, 0);
    }

    @Test
    void aTicketSaysItToo() throws Exception {
        TicketScene tickets = new TicketScene(TicketTools.Each.OWNER);
        tickets.uses = search();
        tickets.put("ann", "team", 60, 50);

        assertThat(tickets.run()).isNotEmpty().allMatch(line -> line.endsWith(": done"));

        assertThat(tickets.desk.filed)
                .hasSize(2)
                .allSatisfy(notice -> assertThat(places(notice)).containsExactly("GitHub Actions"));
        assertThat(asked).hasSize(2);
    }
}
