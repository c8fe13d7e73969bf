package io.keyturn.core.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the secret of a new key goes, as the policy says it. Names and readers are templates with
 * <code>${partition}</code>, <code>${account}</code>, <code>${user}</code> and, of readers, <code>${owner}</code>.
 */
public sealed interface Delivery {
    /** The word in the configuration. */
    String kind();

    /** Who may read it, as ARN templates; empty where the sink has no list of readers. */
    List<String> readers();

    /** What it shows of a secret that lies there. */
    default Evidence evidence() {
        return switch (this) {
            case SecretsManager s -> Evidence.READ_BACK;
            case Ssm s -> Evidence.READ_BACK;
            case S3 s -> Evidence.READ_BACK;
            case S3Csv s -> Evidence.READ_BACK;
            case File f -> Evidence.CIPHERTEXT_DIGEST;
            case Program p -> Evidence.ACKNOWLEDGED;
        };
    }

    /**
     * Where in AWS it goes.
     *
     * @param name of the secret, parameter or object
     * @param kmsKey ARN of the customer's key that encrypts it; null for AWS's own, where the sink accepts that
     * @param region null for the one that the environment names
     */
    record Place(
            String name, @Nullable String kmsKey, @Nullable String region) {
        /** The name, unless another is configured: one secret a user. */
        public static final String DEFAULT_NAME = "keyturn/${account}/${user}";

        /** By that name, encrypted with AWS's own key, in the environment's Region. */
        public static final Place DEFAULT = new Place(DEFAULT_NAME, null, null);

        public Place {
            if (!name.contains("${user}")) {
                throw new IllegalArgumentException("each user's secret has a name of its own: \"" + name + "\"");
            }
        }
    }

    /**
     * A secret of AWS Secrets Manager in the user's account.
     *
     * @param trustOwnerTag whether an owner that a tag names may be a reader: whoever may tag users then says who reads
     */
    record SecretsManager(List<String> readers, boolean trustOwnerTag, Place place) implements Delivery {
        public SecretsManager {
            readers = List.copyOf(readers);
        }

        @Override
        public String kind() {
            return Kind.SECRETS_MANAGER;
        }
    }

    /** A SecureString of Systems Manager's Parameter Store; whoever may use its KMS key and the parameter reads it. */
    record Ssm(Place place) implements Delivery {
        public Ssm {
            requireKey(place);
        }

        @Override
        public String kind() {
            return Kind.SSM;
        }

        @Override
        public List<String> readers() {
            return List.of();
        }
    }

    /** An object of S3, encrypted with the customer's KMS key; the place's name is its key, which ends with the user. */
    record S3(String bucket, Place place) implements Delivery {
        public S3 {
            requireKey(place);
        }

        @Override
        public String kind() {
            return Kind.S3;
        }

        @Override
        public List<String> readers() {
            return List.of();
        }
    }

    /**
     * A CSV file in S3 at {@code credential/USER/USER_KEYID.csv}, in whatever encryption the bucket has: the form of
     * check-and-rotate-iam-access-keys-age, whose users know where to look. Who may read it, the bucket says.
     *
     * @param region null for the one that the environment names
     */
    record S3Csv(String bucket, @Nullable String region) implements Delivery {
        @Override
        public String kind() {
            return Kind.S3_CSV;
        }

        @Override
        public List<String> readers() {
            return List.of();
        }
    }

    /**
     * A file on the machine that runs Keyturn, encrypted to a public key.
     *
     * @param folder where files are written
     * @param recipients whose key is whose; the first whose pattern fits the user's ARN
     */
    record File(String folder, List<Recipient> recipients) implements Delivery {
        public File {
            recipients = List.copyOf(recipients);
        }

        @Override
        public String kind() {
            return Kind.FILE;
        }

        @Override
        public List<String> readers() {
            return List.of();
        }
    }

    /**
     * A public key and the users whose secrets are encrypted to it.
     *
     * @param keyFile an OpenPGP public key or an age recipient
     */
    record Recipient(ArnPattern users, String keyFile) {}

    /**
     * A program that takes the secret on its standard input.
     *
     * @param path of the program, absolute
     * @param sha256 of its content, in hexadecimal digits: another program is not started
     */
    record Program(String path, String sha256, Duration timeLimit) implements Delivery {
        @Override
        public String kind() {
            return Kind.PROGRAM;
        }

        @Override
        public List<String> readers() {
            return List.of();
        }
    }

    private static void requireKey(Place place) {
        if (place.kmsKey() == null) {
            throw new IllegalArgumentException("this sink takes a customer's KMS key alone: every principal of an"
                    + " account may decrypt with AWS's own");
        }
    }

    /** The words of the configuration. */
    final class Kind {
        public static final String SECRETS_MANAGER = "secrets-manager";
        public static final String FILE = "file";
        public static final String SSM = "ssm";
        public static final String S3 = "s3";
        public static final String S3_CSV = "s3-csv";
        public static final String PROGRAM = "program";

        private Kind() {}
    }
}
