package io.keyturn.core.assess;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.explain.Explainer;
import io.keyturn.core.explain.OwnerLink;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Owners who are not named by the user itself: whoever made it, and whoever answers for its account. */
class CluesTest {
    private static final User ANN = user("ann", key(1, 100, used(1)));
    private static final TrailActor LUND =
            actor("AssumedRole", "m.lund@example.com", "arn:aws:iam::1:role/sso/AWSReservedSSO_Admin_1", false);
    private static final TrailActor DEPLOY = actor("AssumedRole", "deploy", "arn:aws:iam::1:role/stacks", false);
    private static final List<OwnerRule> CHAIN = List.of(
            new OwnerRule.Creator(),
            new OwnerRule.AccountTag("team"),
            new OwnerRule.Contact(Contact.Kind.OPERATIONS),
            new OwnerRule.Default("security"));

    private static TrailActor actor(String type, String name, @Nullable String role, boolean console) {
        return new TrailActor(type, "arn:x", name, role, "111122223333", "ASIA1", console);
    }

    private static TrailEvent made(String action, long daysAgo, TrailActor by, @Nullable String error) {
        return new TrailEvent("e", ago(daysAgo), action, "iam.amazonaws.com", by, "ann", null, error, List.of());
    }

    private static Fact<Owner> owner(Clue clue) {
        return new OwnerChain(CHAIN, user -> clue, OwnerZone.TAG).of(ANN, NOW);
    }

    private static Clue clue(Fact<Maker> maker, Map<String, String> tags, Fact<String> operations) {
        return new Clue(maker, known(tags), Map.of(Contact.Kind.OPERATIONS, operations));
    }

    @Test
    void the_person_who_made_the_user_answers_before_whoever_made_its_key() {
        List<TrailEvent> events = List.of(
                made("CreateAccessKey", 2, actor("IAMUser", "v.berg", null, true), null),
                made("CreateUser", 20, LUND, null));

        assertThat(Maker.of("ann", ago(20), events))
                .isEqualTo(
                        new Maker("m.lund@example.com", "made the user on 2026-10-12 as role AWSReservedSSO_Admin_1"));
        assertThat(Maker.of("ann", ago(20), events.subList(0, 1)).name()).isEqualTo("v.berg");
    }

    @Test
    void a_program_the_user_itself_a_refused_call_and_an_earlier_user_of_that_name_answer_nothing() {
        assertThat(Maker.of("ann", ago(20), List.of(made("CreateUser", 20, DEPLOY, null))))
                .isEqualTo(new Maker("", "role stacks made the user on 2026-10-12, which is not known as a person"));
        TrailActor itself = actor("IAMUser", "ann", null, true);
        for (TrailEvent event : List.of(
                made("CreateAccessKey", 2, itself, null),
                made("CreateUser", 20, LUND, "AccessDenied"),
                made("CreateUser", 80, LUND, null))) {
            assertThat(Maker.of("ann", ago(20), List.of(event)).said()).contains("keeps events for 90 days");
        }
    }

    @Test
    void people_are_known_by_single_sign_on_a_mail_address_or_the_console_and_root_has_no_name() {
        assertThat(LUND.personName()).contains("m.lund@example.com");
        assertThat(actor("AssumedRole", "b@example.com", "arn:aws:iam::1:role/Admin", false)
                        .person())
                .isTrue();
        assertThat(actor("IAMUser", "ci", null, false).person()).isFalse();
        assertThat(actor("Root", "", null, false).person()).isTrue();
        assertThat(actor("Root", "", null, false).personName()).isEmpty();
        assertThat(DEPLOY.principal()).isEqualTo("arn:aws:iam::1:role/stacks");
        assertThat(actor("IAMUser", "ci", null, false).principal()).isEqualTo("arn:x");
        assertThat(List.of(
                        DEPLOY.label(),
                        actor("IAMUser", "ci", null, false).label(),
                        actor("Root", "", null, false).label(),
                        actor("AWSService", "", null, false).label(),
                        actor("WebIdentityUser", "repo:x", null, false).label()))
                .containsExactly("role stacks", "user ci", "the root user", "AWSService", "WebIdentityUser repo:x");
    }

    @Test
    void each_link_answers_where_those_before_it_do_not() {
        Fact<Maker> nobody = known(new Maker("", "too old"));
        assertThat(owner(clue(known(new Maker("m.lund", "made it")), Map.of("team", "web"), known("ops@x.example"))))
                .isEqualTo(known(new Owner("m.lund", "cloudtrail")));
        assertThat(owner(clue(nobody, Map.of("team", "web"), known("ops@x.example"))))
                .isEqualTo(known(new Owner("web", "account tag team")));
        assertThat(owner(clue(nobody, Map.of(), known("ops@x.example"))))
                .isEqualTo(known(new Owner("ops@x.example", "account contact operations")));
        assertThat(owner(clue(nobody, Map.of(), known("")))).isEqualTo(known(new Owner("security", "default")));
    }

    @Test
    void what_cannot_be_had_is_passed_over_and_what_nobody_asked_for_is_not_known() {
        assertThat(owner(new Clue(
                        Fact.unknown("denied"),
                        Fact.unknown("alone"),
                        Map.of(Contact.Kind.OPERATIONS, Fact.unknown("denied")))))
                .isEqualTo(known(new Owner("security", "default")));
        assertThat(owner(Clue.NOT_READ)).isInstanceOf(Fact.NotRead.class);
        assertThat(new OwnerChain(CHAIN, user -> Clue.NOT_READ, OwnerZone.TAG).all(ANN, NOW))
                .containsExactly(new Owner("security", "default"));
    }

    @Test
    void whoever_a_clue_names_is_told_and_never_learns_where_a_secret_lies() {
        assertThat(new Owner("m.lund", "cloudtrail").byHearsay()).isTrue();
        assertThat(new Owner("web", "account tag team").byHearsay()).isTrue();
        assertThat(new Owner("web", "tag Owner").byHearsay()).isTrue();
        assertThat(new Owner("web", "file owners.yaml").byHearsay()).isFalse();
    }

    @Test
    void rules_with_such_links_need_what_they_ask_for() {
        assertThat(rules().needs(Needs.Identify.NONE).facts())
                .contains(FactName.TRAIL, FactName.ACCOUNT_TAGS, FactName.CONTACTS)
                .doesNotContain(FactName.TAGS);
    }

    @Test
    void the_story_tells_what_each_link_said() {
        Clue denied = clue(Fact.unknown("AWS answered AccessDenied"), Map.of(), known(""));
        assertThat(links(denied))
                .containsExactly(
                        "nobody not known, and the chain goes on: AWS answered AccessDenied",
                        "nobody the account has no such tag, or it is empty",
                        "nobody the account has none",
                        "named security");
        assertThat(links(clue(known(new Maker("m.lund", "made the user")), Map.of(), Fact.notRead()))
                        .getFirst())
                .isEqualTo("named m.lund, who made the user");
        assertThat(links(Clue.NOT_READ).getFirst()).isEqualTo("nobody not looked at");
    }

    private static List<String> links(Clue clue) {
        return new Explainer(rules(), History.NONE, Habits.NONE, user -> clue)
                .explain(snapshot(ANN), NOW).getFirst().owners().stream()
                        .map((OwnerLink link) -> link.answer().label() + " " + link.said())
                        .toList();
    }

    private static Rules rules() {
        return new Rules(List.of(), List.of(), List.of(), CHAIN, Map.of(), null, false);
    }
}
