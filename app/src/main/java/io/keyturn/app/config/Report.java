package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import org.jspecify.annotations.Nullable;

/** What is posted after every run, for those who read it whole: in the form of an earlier tool or service. */
public sealed interface Report {
    /** How it is written: the word in the configuration. */
    String form();

    /** ARN of the SNS topic that it goes to, whose Region it names; null where it goes to none. */
    @Nullable
    String topic();

    /**
     * A list of old keys, the JSON object of serverless-iam-key-sentry.
     *
     * @param days from this age on a key is in it, Active or not
     */
    record Sentry(int days, String topic) implements Report {
        /** The word in the configuration. */
        public static final String FORM = "sentry";

        public Sentry {
            if (days < 0) {
                throw new IllegalArgumentException("an age is not negative");
            }
        }

        @Override
        public String form() {
            return FORM;
        }
    }

    /**
     * Keys near and past their limits, and what was done about them, as aws-iam-sleuth tells it.
     *
     * @param age heads what is told of the time since creation
     * @param idle heads what is told of the time since the last use
     * @param slack the address of a Slack incoming webhook; null where it goes to none
     */
    record Sleuth(
            Heading age,
            Heading idle,
            @Nullable SecretReference slack,
            @Nullable String topic) implements Report {
        /** The word in the configuration. */
        public static final String FORM = "sleuth";

        @Override
        public String form() {
            return FORM;
        }
    }

    /**
     * Findings in the AWS Security Hub of every account: imported, updated, and archived when they end.
     *
     * @param region of the hubs; null for the environment's
     * @param framework by whose controls keys are judged, one of {@code Controls.FRAMEWORKS}; null for the own policies
     */
    record SecurityHub(@Nullable String region, @Nullable String framework) implements Report {
        /** The word in the configuration. */
        public static final String FORM = "security-hub";

        @Override
        public String form() {
            return FORM;
        }

        @Override
        public @Nullable String topic() {
            return null;
        }
    }

    /**
     * What stands over a part of a report.
     *
     * @param text under the title; may be empty
     */
    record Heading(String title, String text) {
        /** As aws-iam-sleuth heads keys by the time since their creation. */
        public static final Heading AGE = new Heading("AWS IAM Key Expiration Report", "");

        /** As aws-iam-sleuth heads keys by the time since their last use. */
        public static final Heading IDLE = new Heading("AWS IAM Key Inactivity Report", "");
    }
}
