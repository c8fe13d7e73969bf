package io.keyturn.app.cli;

import io.keyturn.app.web.Assertion;
import io.keyturn.app.web.AssertionAccess;
import io.keyturn.app.web.AssertionKeys;
import io.keyturn.app.web.Role;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A reverse proxy that signs who asks, with a token in a header. */
final class ProxyOptions {
    @Option(
            names = "--proxy-token",
            paramLabel = "HEADER",
            description = {
                "The header in which a proxy sends a signed token (JWT) about who asks, such as X-Amzn-Oidc-Data,",
                "X-Goog-IAP-JWT-Assertion, Cf-Access-Jwt-Assertion or Authorization."
            })
    private @Nullable String header;

    @Option(
            names = "--proxy-keys",
            paramLabel = "WHERE",
            description = {
                "What its signatures are checked with: the https address of a JWK set, or of PEM keys with {kid} in it,",
                "or $${file:/PATH} with a public key or certificate as PEM."
            })
    private @Nullable String keys;

    @Option(
            names = "--proxy-issuer",
            paramLabel = "ISSUER",
            description = "Who issues the token, as its claim iss says.")
    private @Nullable String issuer;

    @Option(
            names = "--proxy-audience",
            paramLabel = "AUDIENCE",
            description = "Whom the token is for, as its claim aud says: the application as the proxy knows it.")
    private @Nullable String audience;

    @Option(
            names = "--proxy-signer",
            paramLabel = "ARN",
            description = "For a load balancer of AWS, whose tokens name no audience: its own ARN.")
    private @Nullable String signer;

    @Option(
            names = "--proxy-groups",
            paramLabel = "CLAIM",
            defaultValue = "groups",
            description = "Which claim lists a person's groups, such as custom.groups (default: ${DEFAULT-VALUE}).")
    private String groups = "";

    @Option(
            names = "--proxy-name",
            paramLabel = "CLAIM",
            defaultValue = "email",
            description = "Which claim names a person; one that people cannot change (default: ${DEFAULT-VALUE}).")
    private String name = "";

    /** Whether people are to be known so. */
    boolean isAsked() {
        return header != null || keys != null || issuer != null || audience != null || signer != null;
    }

    /** Who tells who asks. */
    AssertionAccess access(Map<String, Role> roles, Map<String, String> environment, InstantSource clock) {
        if (header == null || keys == null || issuer == null) {
            throw new BadConfiguration(
                    "a proxy that signs is known by --proxy-token, --proxy-keys and --proxy-issuer together,"
                            + " and not all are given");
        }
        try {
            Assertion assertion = new Assertion(header, issuer, audience, signer, name, groups);
            return new AssertionAccess(assertion, keys(keys, environment, clock), roles, clock);
        } catch (IllegalArgumentException e) {
            throw new BadConfiguration("--proxy-token: " + e.getMessage());
        }
    }

    private static AssertionKeys keys(String where, Map<String, String> environment, InstantSource clock) {
        return where.startsWith("${")
                ? AssertionKeys.pem(LocalReference.secret("--proxy-keys", where, environment))
                : AssertionKeys.at(where, clock);
    }
}
