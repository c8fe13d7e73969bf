package io.keyturn.app.cli;

import io.keyturn.app.web.Access;
import io.keyturn.app.web.LocalAccess;
import io.keyturn.app.web.OidcAccess;
import io.keyturn.app.web.ProxyAccess;
import io.keyturn.app.web.Role;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may come in: whoever is at this machine, or whom a reverse proxy or an identity provider vouches for. There is no password. */
final class AccessOptions {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            converter = ListenAddress.class,
            defaultValue = "127.0.0.1:8780",
            description = "Where to listen; port 0 is any free one (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress listen = new InetSocketAddress(0);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The https address that people open; what ends TLS stands in front.")
    private @Nullable URI url;

    @Option(
            names = "--proxy-secret",
            paramLabel = "REFERENCE",
            description = {
                "Without such a token: the secret by which a proxy that signs people in is known, as $${env:NAME} or $${file:/PATH}. It sends it as X-Keyturn-Proxy,",
                "and the person as X-Forwarded-User and X-Forwarded-Groups."
            })
    private @Nullable String proxySecret;

    @Option(
            names = "--role",
            paramLabel = "ROLE=GROUP",
            description = "A group of theirs with its role: viewer, operator, approver or admin. Repeatable.")
    private List<String> roles = List.of();

    @Mixin
    private ProxyOptions proxy = new ProxyOptions();

    @Mixin
    private OidcOptions oidc = new OidcOptions();

    InetSocketAddress listen() {
        return listen;
    }

    /** The name of the public address; empty where only this machine is to come in. */
    Optional<String> host() {
        URI address = url;
        if (address == null) {
            return Optional.empty();
        }
        String host = address.getHost();
        if (!"https".equals(address.getScheme()) || host == null) {
            throw new BadConfiguration("--url is the https address of the proxy in front, such as"
                    + " https://keyturn.example.com, not \"" + address + "\"");
        }
        return Optional.of((address.getPort() < 0 ? host : host + ":" + address.getPort()).toLowerCase(Locale.ROOT));
    }

    /**
     * Who tells who asks.
     *
     * @param who is at this machine
     * @param log told who signs in
     * @throws BadConfiguration where others could come in, and nobody would tell who they are
     */
    Access access(String who, Map<String, String> environment, InstantSource clock, Consumer<String> log) {
        boolean local = listen.getAddress().isLoopbackAddress();
        int ways = (proxySecret == null ? 0 : 1) + (proxy.isAsked() ? 1 : 0) + (oidc.isAsked() ? 1 : 0);
        if (ways == 0 && url == null && roles.isEmpty() && local) {
            return new LocalAccess(who);
        }
        if (ways > 1) {
            throw new BadConfiguration(
                    "people come in by one way: leave out --proxy-secret or --oidc-issuer or --proxy-token, but for one");
        }
        if (ways == 0 || url == null || roles.isEmpty()) {
            String where =
                    local ? "people from elsewhere" : "others than this machine (" + listen.getHostString() + ")";
            throw new BadConfiguration(
                    "not served to " + where + ": who they are must be known, and the way to them safe;"
                            + " name the address that people open with --url https://…, a proxy that signs them in with"
                            + " --proxy-token or --proxy-secret, or an identity provider with --oidc-issuer and --oidc-client,"
                            + " and their groups with --role, or listen on 127.0.0.1");
        }
        if (proxy.isAsked()) {
            return proxy.access(groups(), environment, clock);
        }
        if (proxySecret == null) {
            Map<String, Role> groups = groups();
            return new OidcAccess(oidc.provider(host().orElseThrow(), environment), groups, clock, log);
        }
        try {
            return new ProxyAccess(LocalReference.secret("--proxy-secret", proxySecret, environment), groups());
        } catch (IllegalArgumentException e) {
            throw new BadConfiguration(e.getMessage() + ": make a longer one");
        }
    }

    private Map<String, Role> groups() {
        Map<String, Role> groups = new HashMap<>();
        for (String entry : roles) {
            int equals = entry.indexOf('=');
            Role role = equals < 0 ? null : role(entry.substring(0, equals));
            if (role == null || equals == entry.length() - 1) {
                throw new BadConfiguration("--role is viewer, operator, approver or admin with a group, such as"
                        + " viewer=everybody, not \"" + entry + "\"");
            }
            groups.merge(entry.substring(equals + 1), role, (a, b) -> a.may(b) ? a : b);
        }
        return groups;
    }

    private static @Nullable Role role(String word) {
        for (Role role : Role.values()) {
            if (role.label().equals(word)) {
                return role;
            }
        }
        return null;
    }
}
