package io.keyturn.app.cli;

import io.keyturn.app.web.OidcAccess;
import io.keyturn.app.web.OidcClient;
import io.keyturn.app.web.OidcProvider;
import io.keyturn.app.web.SignInFailure;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The identity provider at which people sign in, by OpenID Connect. */
final class OidcOptions {
    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description = {
                "The identity provider at which people sign in (OpenID Connect), by the https address that it calls itself.",
                "It is to send people back to the address of --url with /signed-in."
            })
    private @Nullable URI issuer;

    @Option(
            names = "--oidc-client",
            paramLabel = "ID",
            description = "Under which the identity provider knows this server.")
    private @Nullable String client;

    @Option(
            names = "--oidc-secret",
            paramLabel = "REFERENCE",
            description = "The secret of that client, as $${env:NAME} or $${file:/PATH}; none where it needs none.")
    private @Nullable String secret;

    @Option(
            names = "--oidc-groups",
            paramLabel = "CLAIM",
            defaultValue = "groups",
            description = "Which claim of its tokens lists a person's groups (default: ${DEFAULT-VALUE}).")
    private String groups = "";

    @Option(
            names = "--oidc-name",
            paramLabel = "CLAIM",
            defaultValue = "email",
            description = "Which claim names a person; one that people cannot change (default: ${DEFAULT-VALUE}).")
    private String name = "";

    @Option(
            names = "--oidc-scope",
            paramLabel = "SCOPE",
            split = ",",
            defaultValue = "email,profile",
            description = "What is asked for beside openid, such as email,groups (default: ${DEFAULT-VALUE}).")
    private List<String> scopes = List.of();

    /** Whether people are to sign in so. */
    boolean isAsked() {
        return issuer != null || client != null || secret != null;
    }

    /**
     * The provider, asked how it is to be spoken to.
     *
     * @param host the name of the public address
     */
    OidcProvider provider(String host, Map<String, String> environment) {
        if (issuer == null || client == null) {
            throw new BadConfiguration(
                    "people sign in at an identity provider by --oidc-issuer and --oidc-client together,"
                            + " and not both are given");
        }
        String known = secret == null ? null : LocalReference.secret("--oidc-secret", secret, environment);
        URI back = URI.create("https://" + host + OidcAccess.BACK);
        try {
            return OidcProvider.of(new OidcClient(issuer, client, known, name, groups, scopes, back));
        } catch (IllegalArgumentException e) {
            throw new BadConfiguration("--oidc-issuer: " + e.getMessage());
        } catch (SignInFailure e) {
            throw new BadConfiguration("--oidc-issuer: " + e.why() + "; open " + issuer
                    + "/.well-known/openid-configuration from this machine");
        }
    }
}
