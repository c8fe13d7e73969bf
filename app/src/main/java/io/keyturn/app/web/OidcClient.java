package io.keyturn.app.web;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this server is to an identity provider, by <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID
 * Connect</a>.
 *
 * @param issuer the provider, by the name that stands in its tokens
 * @param id under which the provider knows this server
 * @param secret by which the provider knows it; null where the provider asks for none
 * @param name the claim that names a person
 * @param groups the claim that lists the person's groups
 * @param scopes what is asked for beside {@code openid}
 * @param back where the provider sends people back to
 */
public record OidcClient(
        URI issuer, String id, @Nullable String secret, String name, String groups, List<String> scopes, URI back) {
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

    /** @throws IllegalArgumentException where the provider would be spoken to over a way that is not safe */
    public OidcClient {
        scopes = List.copyOf(scopes);
        if (id.isBlank() || name.isBlank() || groups.isBlank()) {
            throw new IllegalArgumentException("a client has an id, and claims have names");
        }
        if (!safe(issuer) || issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
            throw new IllegalArgumentException("the identity provider is named by its https address, such as"
                    + " https://login.example.com/realms/main, not \"" + issuer + "\"");
        }
    }

    /** Whether what is said there stays between the two: by TLS, or within this machine. */
    static boolean safe(@Nullable URI address) {
        return address != null
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && ("https".equals(address.getScheme())
                        || "http".equals(address.getScheme()) && HERE.contains(address.getHost()));
    }

    @Override
    public String toString() {
        return "OidcClient[" + issuer + ", " + id + ", secret not shown]";
    }
}
