package io.keyturn.adapters.aws.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Answer;
import io.keyturn.engine.port.SecretSink.Parcel;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.world.SimSecret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivery to Secrets Manager where nothing fails: who reads what, and what is left. */
class SecretsManagerSinkTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final Parcel NEW = Scene.parcel("NEW", SECRET);
    private static final String SSO =
            "arn:aws:sts::" + Scene.ACCOUNT + ":assumed-role/AWSReservedSSO_Web_0123456789abcdef/dora@example.com";

    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new Scene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_proof_leaves_a_secret_without_a_key_and_without_the_proof() throws Exception {
        Answer answer = scene.sink(Scene.WEB).prove(Scene.dora());

        assertThat(answer).isInstanceOfSatisfying(Answer.Confirmed.class, confirmed -> {
            assertThat(confirmed.evidence()).isEqualTo(Evidence.READ_BACK);
            assertThat(confirmed.place())
                    .isEqualTo(scene.secret().arn())
                    .startsWith("arn:aws:secretsmanager:eu-central-1:111122223334:secret:keyturn/111122223334/dora-");
        });
        assertThat(scene.current()).isEqualTo("{\"note\":\"no access key is delivered here now\"}");
        assertThat(scene.secret().at("KEYTURN_PROOF")).isNull();
        assertThat(scene.secret().at("AWSPENDING")).isNull();
        assertThat(Scene.why(scene.sink(Scene.WEB).prove(Scene.dora())))
                .as("again")
                .isEqualTo("confirmed");
    }

    @Test
    void a_secret_is_delivered_for_its_readers_alone() throws Exception {
        SecretSink sink = scene.sink(Scene.WEB);
        sink.prove(Scene.dora());

        Answer answer = sink.deliver(Scene.dora(), NEW);

        assertThat(Scene.why(answer)).isEqualTo("confirmed");
        assertThat(scene.current())
                .isEqualTo("{\"accessKeyId\":\"AKIANEW0000000000000\",\"secretAccessKey\":\"" + SECRET
                        + "\",\"created\":\"2026-11-23T08:00:00Z\"}");
        assertThat(scene.secret().at("AWSPENDING")).isNull();
        assertThat(scene.read(Scene.WEB, "any")).contains(SECRET);
        assertThat(scene.read(Scene.WEB.replace("web", "spy"), "any")).isEqualTo("AccessDeniedException");
        assertThat(scene.read(Scene.WEB.replace("web", "OrganizationAccountAccessRole"), "any"))
                .as("an administrator")
                .isEqualTo("AccessDeniedException");
    }

    @Test
    void the_answer_says_who_may_read_and_who_could_change_that() throws Exception {
        Answer answer = scene.sink(Scene.WEB, SSO).prove(Scene.dora());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Confirmed.class,
                        confirmed -> assertThat(confirmed.readers())
                                .containsExactly(
                                        Scene.WEB + " may read it",
                                        SSO
                                                + " may read it; where IAM Identity Center does not open the sessions of that role,"
                                                + " whoever opens one chooses its name",
                                        "Keyturn, as " + Scene.CREATOR
                                                + ", reads it back and alone may change who reads it: so"
                                                + " could whoever may act as that, or may change what it is trusted by",
                                        "the secret's own policy denies it to everybody else, to administrators too; they may"
                                                + " delete it"));
    }

    @Test
    void of_a_role_that_many_share_one_session_reads() throws Exception {
        SecretSink sink = scene.sink(SSO);
        sink.deliver(Scene.dora(), NEW);
        String role = "arn:aws:iam::" + Scene.ACCOUNT + ":role/AWSReservedSSO_Web_0123456789abcdef";

        assertThat(scene.read(role, "dora@example.com")).contains(SECRET);
        assertThat(scene.read(role, "carl@example.com")).isEqualTo("AccessDeniedException");
    }

    @Test
    void what_is_derived_goes_with_it() throws Exception {
        Parcel parcel = new Parcel(
                NEW.key(), NEW.secret(), Map.of("smtpPassword", new Secret("derived")), NEW.created(), NEW.expires());

        scene.sink(Scene.WEB).deliver(Scene.dora(), parcel);

        assertThat(scene.current()).endsWith(",\"smtpPassword\":\"derived\"}");
    }

    @Test
    void the_same_delivery_twice_is_one() throws Exception {
        SecretSink sink = scene.sink(Scene.WEB);
        sink.deliver(Scene.dora(), NEW);
        int versions = scene.secret().versions().size();

        assertThat(Scene.why(sink.deliver(Scene.dora(), NEW))).isEqualTo("confirmed");

        assertThat(scene.secret().versions()).hasSize(versions);
        assertThat(scene.secret().at("AWSPENDING")).isNull();
    }

    @Test
    void to_clear_the_only_key_marks_the_secret_for_deletion_and_it_can_be_used_again() throws Exception {
        SecretSink sink = scene.sink(Scene.WEB);
        sink.deliver(Scene.dora(), NEW);

        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).isEqualTo("confirmed");
        assertThat(scene.secret().deletedAt()).isNotNull();
        assertThat(scene.current()).doesNotContain(SECRET);
        assertThat(scene.read(Scene.WEB, "any")).isEqualTo("InvalidRequestException");
        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).as("again").isEqualTo("confirmed");

        assertThat(Scene.why(sink.prove(Scene.dora()))).isEqualTo("confirmed");
        assertThat(scene.read(Scene.WEB, "any")).contains("no access key is delivered here now");
        assertThat(scene.secret().versions().values())
                .filteredOn(version -> version.value().contains(SECRET))
                .allSatisfy(version -> assertThat(version.stages()).isEmpty());
    }

    @Test
    void to_clear_a_newer_key_brings_the_older_back_and_to_clear_an_older_leaves_the_newer() throws Exception {
        SecretSink sink = scene.sink(Scene.WEB);
        sink.deliver(Scene.dora(), Scene.parcel("OLD", "old-secret"));
        sink.deliver(Scene.dora(), NEW);

        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).isEqualTo("confirmed");
        assertThat(scene.current()).contains("old-secret");

        sink.deliver(Scene.dora(), Scene.parcel("NEXT", "next-secret"));
        Answer answer = sink.clear(Scene.dora(), Scene.key("OLD"));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Confirmed.class,
                        confirmed -> assertThat(confirmed.readers())
                                .containsExactly(
                                        "no label leads to it any more; until AWS drops it, whoever may read the secret"
                                                + " can by the version's ID"));
        assertThat(scene.current()).contains("next-secret");
        assertThat(scene.secret().at("AWSPREVIOUS")).isNull();
        assertThat(scene.secret().deletedAt()).isNull();
    }

    @Test
    void what_was_delivered_can_be_cleared_when_its_owner_is_not_known_any_more() throws Exception {
        SecretSink sink = scene.sink("arn:${partition}:iam::${account}:role/${owner}");
        sink.deliver(Scene.address("dora", new Owner("web", "file owners.yaml")), NEW);

        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).isEqualTo("confirmed");
        assertThat(scene.secret().deletedAt()).isNotNull();
    }

    @Test
    void to_clear_what_was_never_there_is_nothing() throws Exception {
        assertThat(Scene.why(scene.sink(Scene.WEB).clear(Scene.dora(), NEW.key())))
                .isEqualTo("confirmed");
        assertThat(scene.world.vault().all()).isEmpty();
    }

    @Test
    void a_policy_that_somebody_changed_is_put_right_before_a_value_is_written() throws Exception {
        SecretSink sink = scene.sink(Scene.WEB);
        sink.prove(Scene.dora());
        SimSecret secret = scene.secret();
        String place = secret.arn().substring(0, secret.arn().indexOf("keyturn/"));
        scene.world.vault().put(place, secret.withPolicy(null), Scene.MADE);

        sink.deliver(Scene.dora(), NEW);

        assertThat(scene.read(Scene.WEB.replace("web", "spy"), "any")).isEqualTo("AccessDeniedException");
    }

    @Test
    void with_self_fetch_the_user_itself_is_let_through() throws Exception {
        Answer answer = scene.sink(Scene.to(), true).prove(Scene.dora());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Confirmed.class,
                        confirmed -> assertThat(confirmed.readers())
                                .first()
                                .asString()
                                .endsWith(
                                        "user/dora, the rotated user itself, may read it, and so may whoever holds its old"
                                                + " key"));
        assertThat(scene.secret().policy()).contains(":user/*/dora").doesNotContain("ReadersRead");
    }

    @Test
    void a_user_with_a_comma_has_a_secret_that_is_nobody_elses() throws Exception {
        scene.sink(Scene.WEB).prove(Scene.address("a,b.c", null));
        scene.sink(Scene.WEB).prove(Scene.address("a.b,c", null));
        scene.sink(Scene.WEB).prove(Scene.address("a.b.c", null));

        assertThat(scene.world.vault().all())
                .extracting(SimSecret::name)
                .containsExactlyInAnyOrder(
                        "keyturn/111122223334/a.b.c/1-2c",
                        "keyturn/111122223334/a.b.c/3-2c",
                        "keyturn/111122223334/a.b.c");
    }

    @Test
    void an_owner_from_a_file_is_a_reader() throws Exception {
        Owner web = new Owner("web", "file owners.yaml");
        scene.sink("arn:${partition}:iam::${account}:role/${owner}").deliver(Scene.address("dora", web), NEW);

        assertThat(scene.read(Scene.WEB, "any")).contains(SECRET);
    }

    @Test
    void an_owner_from_a_tag_is_one_where_the_configuration_says_so() throws Exception {
        Delivery.SecretsManager trusting = new Delivery.SecretsManager(
                List.of("arn:${partition}:iam::${account}:role/${owner}"), true, Delivery.Place.DEFAULT);

        assertThat(Scene.why(scene.sink(trusting, false).prove(Scene.address("dora", new Owner("web", "tag Owner")))))
                .isEqualTo("confirmed");
    }

    @Test
    void in_its_own_account_keyturn_is_known_by_the_credentials_at_hand() throws Exception {
        try (Scene home = new Scene(null, Faults.NONE)) {
            String id = home.world.management().id();
            SecretSink sink = home.sinks.secretsManager(
                    home.accounts.door(Scene.account(id)),
                    Scene.to("arn:aws:iam::" + id + ":role/keyturn-read"),
                    false);
            SecretSink.Address dora = new SecretSink.Address(
                    Scene.account(id), Scene.dora().name(), Scene.dora().user(), null);

            assertThat(Scene.why(sink.deliver(dora, NEW))).isEqualTo("confirmed");
            assertThat(home.secret().policy()).contains(":user/administrator");
        }
    }
}
