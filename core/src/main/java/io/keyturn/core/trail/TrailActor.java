package io.keyturn.core.trail;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who did what an event tells. Source: CloudTrail user guide, "CloudTrail userIdentity element".
 *
 * @param type such as {@code IAMUser}, {@code AssumedRole}, {@code Root} or {@code AWSService}
 * @param arn empty where the event has none
 * @param name the user's name, or the one that its session was given; empty where there is none
 * @param roleArn of the role whose session it is; null where it is none
 * @param account number of the account it belongs to; empty where the event does not say
 * @param keyId what the call was signed with; empty where the event does not say
 * @param console whether it came through AWS's console
 */
public record TrailActor(
        String type, String arn, String name, @Nullable String roleArn, String account, String keyId, boolean console) {
    /** The roles that IAM Identity Center makes, whose sessions have the names of people. */
    private static final String SINGLE_SIGN_ON = "AWSReservedSSO_";

    /** A mail address, as sessions of federated people are named. */
    private static final Pattern MAIL = Pattern.compile("[\\w+.%-]+@[\\w-]+(\\.[\\w-]+)+");

    /** Name of the role whose session it is; empty where it is none. */
    public String role() {
        return roleArn == null ? "" : roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    /** What a configuration names it by: a session by its role. */
    public String principal() {
        return roleArn == null ? arn : roleArn;
    }

    /** Whether it was a person: by single sign-on, with a mail address for a name, in the console, or as root. */
    public boolean person() {
        boolean signedOn = role().startsWith(SINGLE_SIGN_ON);
        return type.equals("Root") || console || signedOn || MAIL.matcher(name).matches();
    }

    /** The person's name, which a channel may know; empty where it was no person, or one without a name. */
    public Optional<String> personName() {
        return person() && !name.isBlank() && !type.equals("Root") ? Optional.of(name) : Optional.empty();
    }

    /** Whether it is the IAM user of that name. */
    public boolean isUser(String userName) {
        return roleArn == null && type.equals("IAMUser") && name.equals(userName);
    }

    /** Such as {@code role deploy-stacks} or {@code user ci}: an automation is known by this. */
    public String label() {
        if (roleArn != null) {
            return "role " + role();
        }
        return switch (type) {
            case "Root" -> "the root user";
            case "IAMUser" -> "user " + name;
            default -> name.isBlank() ? type : type + " " + name;
        };
    }
}
