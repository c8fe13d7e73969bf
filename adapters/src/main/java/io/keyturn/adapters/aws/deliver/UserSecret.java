package io.keyturn.adapters.aws.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** One user's secret in Secrets Manager, during one act. */
final class UserSecret {
    /** What tells a secret of Keyturn's from anybody else's of the same name. */
    private static final Tag MADE_BY =
            Tag.builder().key("made-by").value("keyturn").build();

    /** The shortest time in which a deletion can be taken back. */
    private static final long RECOVERY_DAYS = 7;

    private static final int LOOKS = 6;

    private final Steps steps;
    private final SecretsManagerClient client;
    private final Waiting waiting;
    private final String name;

    UserSecret(Steps steps, SecretsManagerClient client, Waiting waiting, String name) {
        this.steps = steps;
        this.client = client;
        this.waiting = waiting;
        this.name = name;
    }

    /** What is known of it; empty where there is none. */
    Optional<DescribeSecretResponse> look() throws NotDelivered, InterruptedException {
        return steps.read(
                "describe the secret",
                as -> client.describeSecret(r -> r.secretId(name).overrideConfiguration(as)));
    }

    /** Makes it, with a first value that tells nothing: a first value is the current one whatever is asked. */
    void create(String version, String value, @Nullable String kmsKey) throws NotDelivered, InterruptedException {
        steps.write(
                "make the secret",
                as -> client.createSecret(r -> r.name(name)
                        .description("The newest access key of an IAM user, delivered by Keyturn")
                        .clientRequestToken(version)
                        .secretString(value)
                        .kmsKeyId(kmsKey)
                        .tags(MADE_BY)
                        .overrideConfiguration(as)));
    }

    /** Whether the secret was made by this program. */
    static boolean own(DescribeSecretResponse known) {
        return known.tags().contains(MADE_BY);
    }

    void restore() throws NotDelivered, InterruptedException {
        steps.write(
                "take back its deletion",
                as -> client.restoreSecret(r -> r.secretId(name).overrideConfiguration(as)));
    }

    /** Marks it for deletion: from then on nobody can read it. */
    void delete() throws NotDelivered, InterruptedException {
        steps.write(
                "mark the secret for deletion",
                as -> client.deleteSecret(r ->
                        r.secretId(name).recoveryWindowInDays(RECOVERY_DAYS).overrideConfiguration(as)));
    }

    /** Its own policy, or null. */
    @Nullable
    String policy() throws NotDelivered, InterruptedException {
        return steps.read(
                        "read its policy",
                        as -> client.getResourcePolicy(r -> r.secretId(name).overrideConfiguration(as)))
                .map(answer -> answer.resourcePolicy())
                .orElse(null);
    }

    void putPolicy(String policy) throws NotDelivered, InterruptedException {
        steps.write(
                "write its policy",
                as -> client.putResourcePolicy(r -> r.secretId(name)
                        .resourcePolicy(policy)
                        .blockPublicPolicy(true)
                        .overrideConfiguration(as)));
    }

    /** Adds a value under a label. */
    void put(String version, String value, String stage, boolean secret) throws NotDelivered, InterruptedException {
        steps.write(
                "write the value",
                as -> client.putSecretValue(r -> r.secretId(name)
                        .clientRequestToken(version)
                        .secretString(value)
                        .versionStages(stage)
                        .overrideConfiguration(as)));
        if (secret) {
            steps.handedOver();
        }
    }

    /** Moves a label, or takes it away; a null version is none. */
    void move(String stage, @Nullable String from, @Nullable String to) throws NotDelivered, InterruptedException {
        steps.write(
                "move the label " + stage,
                as -> client.updateSecretVersionStage(r -> r.secretId(name)
                        .versionStage(stage)
                        .removeFromVersionId(from)
                        .moveToVersionId(to)
                        .overrideConfiguration(as)));
    }

    /** The version that has a label, or null. */
    static @Nullable String at(DescribeSecretResponse known, String stage) {
        return known.versionIdsToStages().entrySet().stream()
                .filter(version -> version.getValue().contains(stage))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Reads a version under its label until it is there, and refuses where it is not what was written. */
    void readBack(String version, String stage, String value) throws NotDelivered, InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<GetSecretValueResponse> answer = steps.read(
                    "read the value back",
                    as -> client.getSecretValue(
                            r -> r.secretId(name).versionStage(stage).overrideConfiguration(as)));
            // An older version under the label is a late copy; another value of this one is a lie.
            if (answer.isPresent() && version.equals(answer.get().versionId())) {
                if (!value.equals(answer.get().secretString())) {
                    throw NotDelivered.refused(steps.words()
                            .problem(
                                    "what is read back is not what was written",
                                    "see who else writes the secret " + name + " or answers for its endpoint"));
                }
                return;
            }
            waiting.pause(Duration.ofMillis(250L << look));
        }
        throw steps.disagrees("what was written under " + stage + " cannot be read back");
    }

    /** The labels that versions of anything but Keyturn's own notes have. */
    static List<String> others(DescribeSecretResponse known, String but) {
        return known.versionIdsToStages().entrySet().stream()
                .filter(version -> !version.getKey().equals(but)
                        && !version.getKey().startsWith(SecretsManagerSink.NOTE)
                        && !version.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }
}
