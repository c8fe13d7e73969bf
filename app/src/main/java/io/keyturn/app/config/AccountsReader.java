package io.keyturn.app.config;

import io.keyturn.core.model.AccountId;
import io.keyturn.engine.port.AccountSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code accounts}: where the accounts of a run come from. */
final class AccountsReader {
    private static final List<String> KEYS =
            List.of("profile", "role", "external-id", "organization", "account", "name", "dr");
    private static final List<String> ORGANIZATION =
            List.of("role", "roles", "external-id", "include", "exclude-units", "exclude");
    private static final List<String> ROLES = List.of("read", "act", "create");

    private static final Pattern ID = Pattern.compile("[0-9]{12}");
    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+");
    private static final Pattern ROLE_NAME = Pattern.compile("[A-Za-z0-9_+=,.@/-]{1,576}");
    private static final Pattern UNIT = Pattern.compile(".*[^\\s/].*");
    private static final String NO_ID = "is not an AWS account ID";
    private static final String RIGHT_ID = "write twelve digits";

    private final SecretReader secrets;

    AccountsReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    List<AccountSource> read(Fields top) {
        return top.each("accounts", KEYS, f -> Optional.ofNullable(source(f)));
    }

    /** The account named at {@code key}, or null. */
    static @Nullable AccountId id(Fields f, String key) {
        String text = f.text(key, ID, NO_ID, RIGHT_ID);
        return text == null ? null : new AccountId(text);
    }

    private @Nullable AccountSource source(Fields f) {
        boolean dr = f.truth("dr", false);
        AccountId expected = id(f, "account");
        String profile = f.text("profile", "write the name of a profile");
        String called = f.text("name", "write what the account is called");
        String role = f.text(
                "role",
                ROLE_ARN,
                "is not the ARN of a role",
                "write for example arn:aws:iam::111122223333:role/keyturn-read");
        String externalId = f.has("external-id") ? secrets.needed(f, "external-id") : null;
        if (!isOneForm(f)) {
            return null;
        }
        if (f.has("organization")) {
            return f.mapping("organization", ORGANIZATION)
                    .map(o -> organization(o, dr))
                    .orElse(null);
        }
        if (f.has("role")) {
            return role == null ? null : new AccountSource.Role(role, externalId, dr);
        }
        return profile == null
                ? new AccountSource.Ambient(expected, dr)
                : new AccountSource.Profile(profile, expected, dr, called);
    }

    /** Refuses an entry whose meaning would have to be guessed. */
    private static boolean isOneForm(Fields f) {
        List<String> forms =
                Stream.of("profile", "role", "organization").filter(f::has).toList();
        if (forms.size() > 1) {
            f.tree.bad(f.node, f.path, "names several ways at once", String.join(", ", forms), "make an entry of each");
            return false;
        }
        if (f.has("account") && (f.has("role") || f.has("organization"))) {
            f.bad(
                    "account",
                    "has no meaning beside a role or an organization",
                    "leave it out: the ARN or the organization names the account");
        }
        if (f.has("name") && !f.has("profile")) {
            f.bad("name", "has no meaning without a profile", "leave it out: AWS's alias or the organization names it");
        }
        if (f.has("external-id") && !f.has("role")) {
            f.tree.bad(
                    f.node("external-id"),
                    f.at("external-id"),
                    "has no meaning without a role to assume",
                    "",
                    f.has("organization") ? "move it into organization" : "name the role, or leave it out");
        }
        return true;
    }

    private AccountSource organization(Fields o, boolean dr) {
        String one = o.text("role", ROLE_NAME, "is not the name of a role", "write the name of a role, not its ARN");
        Optional<Fields> roles = o.mapping("roles", ROLES);
        if (o.has("role") && roles.isPresent()) {
            o.bad("role", "stands beside roles", "write it as roles: {read: NAME}");
        } else if (roles.isEmpty()) {
            o.require("name the role to read with in each account", "role");
        }
        roles.ifPresent(r -> r.require("name the role to read with in each account", "read"));
        String read = roles.isEmpty() ? one : role(roles, "read");
        return new AccountSource.Organization(
                read == null ? "" : read,
                role(roles, "act"),
                role(roles, "create"),
                o.has("external-id") ? secrets.needed(o, "external-id") : null,
                units(o, "include"),
                units(o, "exclude-units"),
                excluded(o),
                dr);
    }

    private static @Nullable String role(Optional<Fields> roles, String key) {
        return roles.map(r ->
                        r.text(key, ROLE_NAME, "is not the name of a role", "write the name of a role, not its ARN"))
                .orElse(null);
    }

    private static List<String> units(Fields o, String key) {
        return o.texts(key, UNIT, "is not the path of an organizational unit", "write for example Workloads/Dev");
    }

    private static Set<AccountId> excluded(Fields o) {
        return o.texts("exclude", ID, NO_ID, RIGHT_ID).stream()
                .map(AccountId::new)
                .collect(Collectors.toUnmodifiableSet());
    }
}
