package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.adapters.aws.Once;
import io.keyturn.core.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * One user's secret in Secrets Manager, during one act. Every change is sent once; where nobody said whether it was done,
 * what is read afterwards tells.
 */
final class UserSecret {
    /** What tells a secret of Keyturn's from anybody else's of the same name. */
    private static final Tag MADE_BY =
            Tag.builder().key("made-by").value("keyturn").build();

    /** The shortest time in which a deletion can be taken back. */
    private static final long RECOVERY_DAYS = 7;

    private static final int LOOKS = 6;

    private final DeliveryDoor.Session session;
    private final SecretsManagerClient client;
    private final Waiting waiting;
    private final String name;
    private final Words words;
    private @Nullable Problem doubt;
    private boolean handedOver;

    UserSecret(DeliveryDoor.Session session, SecretsManagerClient client, Waiting waiting, String name, Words words) {
        this.session = session;
        this.client = client;
        this.waiting = waiting;
        this.name = name;
        this.words = words;
    }

    /** A request, made with the credentials it is given. */
    private interface Request<T> extends BiFunction<SecretsManagerClient, AwsRequestOverrideConfiguration, T> {}

    /** What is known of it; empty where there is none. */
    Optional<DescribeSecretResponse> look() throws NotDelivered, InterruptedException {
        return read(
                "describe the secret",
                (c, as) -> c.describeSecret(r -> r.secretId(name).overrideConfiguration(as)));
    }

    /** Makes it, with a first value that tells nothing: a first value is the current one whatever is asked. */
    void create(String version, String value, @Nullable String kmsKey) throws NotDelivered, InterruptedException {
        write(
                "make the secret",
                (c, as) -> c.createSecret(r -> r.name(name)
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
        write(
                "take back its deletion",
                (c, as) -> c.restoreSecret(r -> r.secretId(name).overrideConfiguration(as)));
    }

    /** Marks it for deletion: from then on nobody can read it. */
    void delete() throws NotDelivered, InterruptedException {
        write(
                "mark the secret for deletion",
                (c, as) -> c.deleteSecret(r ->
                        r.secretId(name).recoveryWindowInDays(RECOVERY_DAYS).overrideConfiguration(as)));
    }

    /** Its own policy, or null. */
    @Nullable
    String policy() throws NotDelivered, InterruptedException {
        return read(
                        "read its policy",
                        (c, as) -> c.getResourcePolicy(r -> r.secretId(name).overrideConfiguration(as)))
                .map(answer -> answer.resourcePolicy())
                .orElse(null);
    }

    void putPolicy(String policy) throws NotDelivered, InterruptedException {
        write(
                "write its policy",
                (c, as) -> c.putResourcePolicy(r -> r.secretId(name)
                        .resourcePolicy(policy)
                        .blockPublicPolicy(true)
                        .overrideConfiguration(as)));
    }

    /** Adds a value under a label. */
    void put(String version, String value, String stage, boolean secret) throws NotDelivered, InterruptedException {
        write(
                "write the value",
                (c, as) -> c.putSecretValue(r -> r.secretId(name)
                        .clientRequestToken(version)
                        .secretString(value)
                        .versionStages(stage)
                        .overrideConfiguration(as)));
        handedOver |= secret;
    }

    /** Moves a label, or takes it away; a null version is none. */
    void move(String stage, @Nullable String from, @Nullable String to) throws NotDelivered, InterruptedException {
        write(
                "move the label " + stage,
                (c, as) -> c.updateSecretVersionStage(r -> r.secretId(name)
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
            Optional<GetSecretValueResponse> answer = read(
                    "read the value back",
                    (c, as) -> c.getSecretValue(
                            r -> r.secretId(name).versionStage(stage).overrideConfiguration(as)));
            // An older version under the label is a late copy; another value of this one is a lie.
            if (answer.isPresent() && version.equals(answer.get().versionId())) {
                if (!value.equals(answer.get().secretString())) {
                    throw NotDelivered.refused(words.problem(
                            "what is read back is not what was written",
                            "see who else writes the secret " + name + " or answers for its endpoint"));
                }
                return;
            }
            waiting.pause(Duration.ofMillis(250L << look));
        }
        throw disagrees("what was written under " + stage + " cannot be read back");
    }

    /** What is read does not show what was written: not done, or where nobody said so, in doubt. */
    NotDelivered disagrees(String why) {
        Problem not = doubt == null ? words.problem(why, "") : doubt;
        return ended(not);
    }

    /** Once a secret was handed over, only what is read could tell that it is not there. */
    private NotDelivered ended(Problem problem) {
        return doubt != null || handedOver ? NotDelivered.inDoubt(problem) : NotDelivered.refused(problem);
    }

    private <T> Optional<T> read(String step, Request<T> request) throws NotDelivered, InterruptedException {
        try {
            return Optional.of(session.read(as -> request.apply(client, as)));
        } catch (CallFailure failure) {
            if (failure.code().equals("ResourceNotFoundException")) {
                return Optional.empty();
            }
            Problem problem = words.problem(step, failure);
            throw ended(problem);
        }
    }

    private <T> void write(String step, Request<T> request) throws NotDelivered, InterruptedException {
        switch (session.<T>write(as -> request.apply(client, as))) {
            case Once.Answered<T> answered -> {
                // AWS did it
            }
            case Once.Refused<T>(CallFailure why) -> {
                Problem problem = words.problem(step, why);
                throw ended(problem);
            }
            case Once.InDoubt<T>(CallFailure why, boolean unwell) -> doubt = words.problem(step, why);
        }
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
