package io.keyturn.app.config;

import java.util.Locale;

/**
 * A list of old keys that is posted after every run, for those who read it whole.
 *
 * @param days from this age on a key is in it, Active or not
 * @param topic ARN of the SNS topic that it goes to, whose Region it names
 */
public record Report(Form form, int days, String topic) {
    /** How it is written. */
    public enum Form {
        /** The JSON object of serverless-iam-key-sentry. */
        SENTRY;

        /** The word in the configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Report {
        if (days < 0) {
            throw new IllegalArgumentException("an age is not negative");
        }
    }
}
