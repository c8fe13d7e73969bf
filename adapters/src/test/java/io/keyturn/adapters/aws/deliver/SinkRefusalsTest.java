package io.keyturn.adapters.aws.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Parcel;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.SimSecret;
import io.keyturn.sandbox.world.Vault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a delivery to Secrets Manager refuses, in the words a person gets. */
class SinkRefusalsTest {
    private static final String SECRET = "canary-K7MDENG+bPxRfiCY";
    private static final Parcel NEW = Scene.parcel("NEW", SECRET);
    private static final String PLACE = Vault.place("aws", "eu-central-1", Scene.ACCOUNT);
    private static final String OWNERS = "arn:${partition}:iam::${account}:role/${owner}";
    private static final String NOT_PROVEN = "refused: could not prove the delivery of dora in account 111122223334: ";

    private final Meddler meddler = new Meddler();
    private Scene scene;

    /** Somebody who changes the world right after a call. */
    private static final class Meddler implements Faults {
        private String after = "";
        private @Nullable Runnable deed;

        void after(String action, Runnable does) {
            after = action;
            deed = does;
        }

        @Override
        public Fate before(Operation operation) {
            return Fate.OK;
        }

        @Override
        public void after(Operation operation) {
            if (deed != null && operation.action().equals(after)) {
                deed.run();
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        scene = new Scene(Scene.CREATOR, meddler);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private String proving(String reader, @Nullable Owner owner) throws Exception {
        return Scene.why(scene.sink(reader).prove(Scene.address("dora", owner)));
    }

    @Test
    void an_owner_that_a_tag_names_may_not_say_who_reads() throws Exception {
        assertThat(proving(OWNERS, new Owner("spy", "tag Owner")))
                .isEqualTo(NOT_PROVEN + "its readers are its owner's, and the owner \"spy\" comes from tag Owner, which"
                        + " whoever may tag the user can change; name the owner in an owners file, or say"
                        + " trust-owner-tag: true");
        assertThat(scene.world.vault().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "we?", "web/../spy", "web\",\"*", "${user}", "a:b", "#team", "web web"})
    void an_owner_that_is_no_name_of_a_role_is_no_reader(String owner) throws Exception {
        assertThat(proving(OWNERS, new Owner(owner, "file owners.yaml")))
                .startsWith(NOT_PROVEN + "its readers are its owner's, and the owner \"")
                .endsWith("\" is no name of a role; name the owner as its role is called");
        assertThat(scene.world.vault().all()).isEmpty();
    }

    @Test
    void where_nobody_is_known_as_owner_nobody_reads() throws Exception {
        assertThat(proving(OWNERS, null))
                .isEqualTo(NOT_PROVEN + "its readers are its owner's, and nobody is known as its owner; name one in the"
                        + " owners file");
    }

    @Test
    void a_user_whose_name_is_none_gets_no_secret() throws Exception {
        assertThat(Scene.why(scene.sink(Scene.WEB).prove(Scene.address("a/*", null))))
                .contains("its name has characters that no IAM user's name has");
    }

    @Test
    void a_reader_that_is_no_principal_is_named() throws Exception {
        assertThat(proving("arn:aws:iam::111122223334:role/*", null))
                .isEqualTo(
                        NOT_PROVEN + "the reader \"arn:aws:iam::111122223334:role/*\" comes to what is not the ARN of"
                                + " a role, user or session; correct rotate.deliver.readers");
    }

    @Test
    void the_rotated_user_is_no_reader_of_its_own_secret() throws Exception {
        assertThat(proving("arn:aws:iam::${account}:user/people/${user}", null))
                .isEqualTo(NOT_PROVEN + "the rotated user itself would read its new secret, and so would whoever holds"
                        + " the old key; name a role of its owner, or say self-fetch: true instead of deliver");
    }

    @Test
    void a_reader_who_is_not_there_is_refused_by_aws() throws Exception {
        assertThat(proving("arn:aws:iam::${account}:role/gone", null))
                .isEqualTo(
                        NOT_PROVEN + "to write its policy, AWS answered MalformedPolicyDocumentException (This resource"
                                + " policy contains an unsupported principal. One or more principals are invalid:"
                                + " arn:aws:iam::111122223334:role/gone)");
    }

    @Test
    void a_reader_elsewhere_needs_a_key_of_the_customers() throws Exception {
        String elsewhere = "arn:aws:iam::111122223333:role/keyturn-read";

        assertThat(proving(elsewhere, null))
                .isEqualTo(NOT_PROVEN + elsewhere + " is in another account, where nothing that AWS's own key encrypts"
                        + " can be read; name a customer's KMS key as rotate.deliver.kms-key");
    }

    @Test
    void a_secret_of_somebody_elses_is_left_alone() throws Exception {
        SimSecret theirs = secret(Map.of(), null);
        scene.world.vault().put(PLACE, theirs, Scene.MADE);

        assertThat(proving(Scene.WEB, null))
                .isEqualTo(NOT_PROVEN + "there is a secret of that name that Keyturn did not make, " + theirs.arn()
                        + "; delete it, or give rotate.deliver another name");
        assertThat(Scene.why(scene.sink(Scene.WEB).clear(Scene.dora(), NEW.key())))
                .startsWith("refused: could not take away the delivered secret of dora");
        assertThat(scene.secret()).isEqualTo(theirs);
    }

    private static SimSecret secret(Map<String, String> tags, @Nullable String kmsKey) {
        return new SimSecret(
                PLACE + "keyturn/111122223334/dora-AAAAAA",
                "keyturn/111122223334/dora",
                kmsKey,
                tags,
                null,
                Scene.MADE,
                null,
                null,
                new LinkedHashMap<>());
    }

    @Test
    void a_secret_under_another_key_is_left_alone() throws Exception {
        String key = "arn:aws:kms:eu-central-1:999999999999:key/their-own";
        scene.world.vault().put(PLACE, secret(Map.of("made-by", "keyturn"), key), Scene.MADE);

        assertThat(proving(Scene.WEB, null))
                .endsWith("dora-AAAAAA is encrypted with " + key + " and not with AWS's own key; delete the secret, or"
                        + " configure its key as rotate.deliver.kms-key");
    }

    @Test
    void a_configured_key_encrypts_the_secret() throws Exception {
        String key = "arn:aws:kms:eu-central-1:111122223334:key/1234";
        Delivery.SecretsManager delivery = new Delivery.SecretsManager(
                List.of(Scene.WEB), false, new Delivery.Place(Delivery.Place.DEFAULT_NAME, key, "eu-central-1"));

        assertThat(Scene.why(scene.sink(delivery, false).prove(Scene.dora()))).isEqualTo("confirmed");
        assertThat(scene.secret().kmsKey()).isEqualTo(key);
    }

    @Test
    void a_value_that_reads_back_as_another_is_refused() throws Exception {
        SecretSink sink = scene.sink(Scene.WEB);
        sink.prove(Scene.dora());
        meddler.after("PutSecretValue", this::spoil);

        assertThat(Scene.why(sink.deliver(Scene.dora(), NEW)))
                .isEqualTo(
                        "refused: could not deliver the new secret of dora in account 111122223334: what is read back"
                                + " is not what was written; see who else writes the secret keyturn/111122223334/dora or answers"
                                + " for its endpoint");
        assertThat(scene.current()).doesNotContain("spoilt");
    }

    private void spoil() {
        SimSecret secret = scene.secret();
        Map<String, SimSecret.Version> versions = secret.versions();
        versions.replaceAll((id, version) -> id.startsWith("keyturn-key-")
                ? new SimSecret.Version(id, version.value() + "spoilt", version.created(), version.stages())
                : version);
        scene.world
                .vault()
                .put(
                        PLACE,
                        new SimSecret(
                                secret.arn(),
                                secret.name(),
                                secret.kmsKey(),
                                secret.tags(),
                                secret.policy(),
                                secret.created(),
                                null,
                                null,
                                versions),
                        Scene.MADE);
    }

    @Test
    void a_policy_that_does_not_stay_is_no_way_to_deliver() throws Exception {
        meddler.after(
                "PutResourcePolicy",
                () -> scene.world.vault().put(PLACE, scene.secret().withPolicy(null), Scene.MADE));

        assertThat(proving(Scene.WEB, null))
                .isEqualTo(NOT_PROVEN + "the secret's policy reads back as another than was written");
    }

    @Test
    void what_the_role_may_not_do_is_said_with_the_call() throws Exception {
        scene.world
                .account(Scene.ACCOUNT)
                .putRole(SimRole.of(
                        "keyturn-create", PolicyDocument.allow(List.of("secretsmanager:DescribeSecret"), "*")));

        assertThat(proving(Scene.WEB, null))
                .startsWith(NOT_PROVEN + "to make the secret, AWS answered AccessDeniedException (User:"
                        + " arn:aws:sts::111122223334:assumed-role/keyturn-create/test is not authorized to perform:"
                        + " secretsmanager:CreateSecret on resource: ")
                .endsWith("allow it to the role, or see `keyturn iam-policy` for the whole policy");
    }

    @Test
    void a_session_of_the_sink_reaches_no_other_secret_and_makes_no_key() {
        String policy = DeliveryNeeds.ofSecretsManager("eu-central-1", "keyturn/a", null)
                .policy(Scene.account(Scene.ACCOUNT));

        assertThat(policy)
                .contains("\"arn:aws:secretsmanager:eu-central-1:111122223334:secret:keyturn/a-??????\"")
                .doesNotContain("iam:", "kms:", "secretsmanager:*");
    }

    @Test
    void without_a_region_there_is_no_sink() throws Exception {
        Map<String, String> nowhere = new HashMap<>(scene.environment);
        nowhere.remove("AWS_REGION");
        nowhere.put("AWS_CONFIG_FILE", "/nonexistent");
        try (AwsSinks sinks = new AwsSinks(nowhere)) {
            assertThatThrownBy(() -> sinks.secretsManager(
                            scene.accounts.door(Scene.account(Scene.ACCOUNT)), Scene.to(Scene.WEB), false))
                    .isInstanceOf(ReadFailure.class)
                    .hasMessage(
                            "could not reach the sink of new secrets of account 111122223334: no Region is named; name"
                                    + " one as rotate.deliver.region, or in AWS_REGION");
        }
    }

    @Test
    void an_account_that_cannot_be_entered_any_more_is_said() throws Exception {
        SecretSink sink = scene.sink(Scene.WEB);
        scene.world.account(Scene.ACCOUNT).become("SUSPENDED");

        assertThat(Scene.why(sink.prove(Scene.dora())))
                .startsWith(NOT_PROVEN + "to enter the account, AWS answered AccessDenied");
    }
}
