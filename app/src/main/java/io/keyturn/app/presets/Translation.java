package io.keyturn.app.presets;

import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tool's settings mean.
 *
 * @param settings the ordinary configuration
 * @param output what the tool writes to standard output
 * @param state where the tool keeps what it remembers
 * @param relaxed which of Keyturn's promises do not hold with it, a sentence each
 * @param remarks what a person should know of the settings
 * @param file the same as {@code keyturn.yaml}, commented
 */
public record Translation(
        Settings settings, Output output, State state, List<String> relaxed, List<String> remarks, String file) {
    /** What is written to standard output. */
    public sealed interface Output {
        /** The JSON that was posted, with whether it was. */
        record SentryJson(int days) implements Output {}

        /**
         * What the tool's function returned.
         *
         * @param report how keys are told of
         * @param shown whether every key and the Slack message are printed too, for debugging; the message is then not sent
         */
        record Sleuth(Report.Sleuth report, boolean shown) implements Output {}

        /**
         * A line of metrics for every key, or nothing.
         *
         * @param days age at which a key is expired
         * @param alias how the account is called in each line
         */
        record KeycheckMetrics(boolean printed, int days, String alias) implements Output {}

        /**
         * A line for every act, and for every user who is passed over.
         *
         * @param emailTag names the owner's address
         */
        record RotatorLines(String emailTag) implements Output {}
    }

    /** Where the tool keeps what it remembers. */
    public sealed interface State {
        /** Nowhere. */
        record Nothing() implements State {}

        /**
         * Keycheck's table in DynamoDB.
         *
         * @param profile the AWS profile that may use it; null for the default credentials
         * @param region null where the profile or the environment names it
         * @param from age from which an owner is told of a key
         * @param users names of the users whose owners are told
         */
        record KeycheckTable(
                @Nullable String profile, @Nullable String region, Duration from, Set<String> users) implements State {
            public KeycheckTable {
                users = Set.copyOf(users);
            }
        }

        /**
         * In tags of the users.
         *
         * @param email tag of the owner's address
         * @param date tag of the day of the last step
         * @param oldKey tag of the ID of the key that is replaced
         * @param bucket where new keys lie
         * @param grace from a new key to the end of the old one
         * @param coolDown from there to its deletion
         */
        record RotatorTags(String email, String date, String oldKey, String bucket, Duration grace, Duration coolDown)
                implements State {}
    }

    public Translation {
        relaxed = List.copyOf(relaxed);
        remarks = List.copyOf(remarks);
    }
}
