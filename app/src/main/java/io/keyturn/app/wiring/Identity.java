package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who somebody is whose approval counts: whom AWS says the credentials are of, else the user of the operating system.
 *
 * @param name one person's alone: who shares a role whose session anybody may name counts as that role
 * @param how who vouches for it
 */
public record Identity(String name, String how) {
    private static final Pattern SESSION = Pattern.compile("(arn:[^:]+:sts::[0-9]+:assumed-role/([^/]+))/(.+)");
    /** IAM Identity Center names these roles, and their sessions after the person. */
    private static final String SSO = "AWSReservedSSO_";

    /** Who works here. */
    public static Identity here(Settings settings, Map<String, String> environment, InstantSource clock)
            throws InterruptedException {
        try (AwsAccounts accounts = new AwsAccounts(
                Surveys.awsSettings(settings, environment, RunName.of(clock.instant())),
                KeyIdMemory.NONE,
                new Meter(),
                clock)) {
            Optional<String> caller = accounts.caller();
            return caller.map(Identity::ofCaller)
                    .orElseGet(() -> new Identity(
                            "user " + ProcessHandle.current().info().user().orElse("unknown"),
                            "the operating system, as AWS did not say who you are"));
        }
    }

    /** The person behind an ARN of AWS. */
    static Identity ofCaller(String arn) {
        Matcher session = SESSION.matcher(arn);
        return session.matches() && !session.group(2).startsWith(SSO)
                ? new Identity(session.group(1), "AWS; whoever uses this role counts as one person")
                : new Identity(arn, "AWS");
    }
}
