package io.keyturn.app.presets;

import io.keyturn.app.config.Channels;
import io.keyturn.app.config.OwnerFiles;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keycheck's settings as they are set.
 *
 * @param profile the AWS profile whose account it is run on, its one argument
 * @param days age at which a key is expired
 * @param chatty whether it is to log more
 * @param owners the mapping of users to Slack
 * @param slackToken name of the Slack token in credstash; null where nobody is told
 * @param jira null where no tickets are filed
 * @param credstashProfile the AWS profile that may read credstash; null for the default credentials
 * @param tableProfile the AWS profile that may use the table; null for the default credentials
 */
record KeycheckSettings(
        String profile,
        int days,
        boolean disables,
        boolean metrics,
        boolean chatty,
        OwnerRule.Listed owners,
        @Nullable String slackToken,
        @Nullable Jira jira,
        @Nullable String credstashProfile,
        @Nullable String credstashRegion,
        @Nullable String tableProfile,
        @Nullable String tableRegion) {
    static final String MAPPING = "KEYTURN_SLACK_MAPPING";
    static final String USUAL_MAPPING = "slack_ID_mapping.py";
    static final String TICKET_TYPE = "Story";

    private static final String PROFILE = "AWS_PROFILE";
    private static final int DEFAULT_DAYS = 180;
    private static final Pattern ADDRESS = Pattern.compile("https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[^\\s?#@]*)?"
            + "|http://(?:localhost|127\\.0\\.0\\.1)(?::[0-9]{1,5})?(?:/[^\\s?#@]*)?");
    private static final Pattern PROJECT = Pattern.compile("[A-Z][A-Z0-9_]{1,254}");
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9_./-]+");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}");

    /**
     * Where tickets go.
     *
     * @param email and {@code token}: names of both in credstash
     */
    record Jira(String url, String project, String email, String token) {}

    boolean slack() {
        return slackToken != null;
    }

    boolean tickets() {
        return jira != null;
    }

    /** Reads them; what is wrong is told to {@code variables}. */
    static KeycheckSettings read(Variables variables, List<String> arguments) {
        variables.spelled(
                "send_slack",
                "create_jira",
                "dump_metric_to_console",
                "disable_key",
                "expire_age",
                "jira_server_address",
                "jira_project_key",
                "credstash_aws_profile_name",
                "credstash_region",
                "credstash_keyname_atlassian_api_email",
                "credstash_keyname_atlassian_api_token",
                "credstash_keyname_slack_api_token",
                "aws_dynamodb_profile_name",
                "aws_dynamodb_region",
                "LOGGING_LEVEL");
        String profile = profile(variables, arguments);
        boolean slack = variables.truth("send_slack");
        boolean tickets = variables.truth("create_jira");
        boolean disables = variables.truth("disable_key");
        return new KeycheckSettings(
                profile,
                variables.days("expire_age", variables.text("expire_age"), DEFAULT_DAYS),
                disables,
                variables.truth("dump_metric_to_console"),
                variables.text("LOGGING_LEVEL").filter("INFO"::equalsIgnoreCase).isPresent(),
                mapping(variables, slack || disables),
                slack ? credential(variables, "credstash_keyname_slack_api_token", "send_slack is True") : null,
                tickets ? jira(variables) : null,
                variables.text("credstash_aws_profile_name").orElse(null),
                region(variables, "credstash_region"),
                variables.text("aws_dynamodb_profile_name").orElse(null),
                region(variables, "aws_dynamodb_region"));
    }

    /** Its one argument; where the environment stands for a command line, as in a function, what all AWS tools go by. */
    private static String profile(Variables variables, List<String> arguments) {
        boolean selected = variables.text(Presets.VARIABLE).isPresent();
        if (arguments.isEmpty() && selected && variables.text(PROFILE).isPresent()) {
            return variables.text(PROFILE).get();
        }
        if (arguments.size() != 1 || arguments.getFirst().isBlank()) {
            variables.problem("keycheck takes exactly one argument, the AWS profile, and got " + arguments.size()
                    + "; write for example keyturn run --preset keycheck production"
                    + (selected ? ", or name the profile in " + PROFILE : ""));
        }
        return arguments.isEmpty() ? "" : arguments.getFirst();
    }

    private static Jira jira(Variables variables) {
        String why = "create_jira is True";
        return new Jira(
                fitting(
                        variables,
                        "jira_server_address",
                        why,
                        ADDRESS,
                        "write for example https://example.atlassian.net"),
                fitting(variables, "jira_project_key", why, PROJECT, "write the key of a project, such as OPS"),
                credential(variables, "credstash_keyname_atlassian_api_email", why),
                credential(variables, "credstash_keyname_atlassian_api_token", why));
    }

    private static String credential(Variables variables, String name, String why) {
        return fitting(variables, name, why, CREDENTIAL, "write the name of a credential in credstash");
    }

    private static String fitting(Variables variables, String name, String why, Pattern form, String right) {
        String text = variables.needed(name, why + "; " + right);
        if (!text.isEmpty() && !form.matcher(text).matches()) {
            // Whoever pastes a secret where its name belongs must not find it in a log.
            boolean secret = form == CREDENTIAL;
            variables.problem(name
                    + (secret ? " is no name that can be looked up; " : ": \"" + text + "\" cannot be used; ")
                    + right);
        }
        return text;
    }

    private static @Nullable String region(Variables variables, String name) {
        String text = variables.text(name).orElse(null);
        if (text != null && !REGION.matcher(text).matches()) {
            variables.problem(name + ": \"" + text + "\" is not an AWS Region; write for example us-west-2");
        }
        return text;
    }

    /** Where nobody is told and nothing is switched off, there need be none. */
    private static OwnerRule.Listed mapping(Variables variables, boolean needed) {
        String name = variables.text(MAPPING).orElse(USUAL_MAPPING);
        try {
            Path file = Path.of(name);
            if (Files.exists(file)) {
                return OwnerFiles.read(file, name, variables::problem);
            }
            if (needed || variables.text(MAPPING).isPresent()) {
                variables.problem(name + " is not there: it maps users to Slack, and only whom it names is told and has"
                        + " keys switched off; put it into the working folder, or name it in " + MAPPING);
            }
        } catch (InvalidPathException e) {
            variables.problem(MAPPING + ": \"" + name + "\" is not a path: " + e.getReason());
        }
        return new OwnerRule.Listed(name, Map.of());
    }

    Channels channels() {
        return new Channels(
                slackToken == null ? null : new Channels.Slack.App(new SecretReference.Credstash(slackToken), false),
                jira == null
                        ? null
                        : new Channels.Jira(
                                URI.create(jira.url()),
                                jira.project(),
                                new Channels.Given.Referenced(new SecretReference.Credstash(jira.email())),
                                new SecretReference.Credstash(jira.token()),
                                TICKET_TYPE,
                                List.of(),
                                "{}",
                                false,
                                Channels.FoundBy.KEYCHECK),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    CredentialStore credstash() {
        return new CredentialStore(CredentialStore.TABLE, credstashRegion, null, credstashProfile, Map.of());
    }
}
