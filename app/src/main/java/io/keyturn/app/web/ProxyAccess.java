package io.keyturn.app.web;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reverse proxy in front vouches for who asks: it sends a secret that only it and this server know, and names person and
 * groups as oauth2-proxy and others do. Nothing is signed: it must take these headers out of whatever comes from outside.
 * {@link AssertionAccess} is for a proxy that signs.
 */
public final class ProxyAccess implements Access {
    static final String SECRET = "X-Keyturn-Proxy";
    static final String USER = "X-Forwarded-User";
    static final String GROUPS = "X-Forwarded-Groups";
    private static final int LEAST_SECRET = 32;
    private static final int LONGEST_NAME = 200;

    private final byte[] secret;
    private final Map<String, Role> roles;

    /**
     * @param secret at least 32 characters
     * @param roles of groups; whoever is in several has the highest
     */
    public ProxyAccess(String secret, Map<String, Role> roles) {
        if (secret.length() < LEAST_SECRET) {
            throw new IllegalArgumentException("the secret of the proxy has " + secret.length() + " characters, and "
                    + LEAST_SECRET + " are the least");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.roles = Map.copyOf(roles);
    }

    @Override
    public Person person(Headers headers) throws Denied {
        // Of a header that is there twice nobody knows which one the proxy wrote.
        byte[] brought = one(headers, SECRET).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(secret, brought)) {
            throw new Denied(
                    401,
                    "Not signed in",
                    "This page is reached through its proxy alone, and the request did not come from there."
                            + " Open the address that you were given.");
        }
        String name = one(headers, USER);
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new Denied(401, "Not signed in", "The proxy did not say who you are. Sign in there again.");
        }
        List<String> groups = Arrays.stream(one(headers, GROUPS).split(","))
                .map(String::strip)
                .toList();
        return new Person(name, Role.of(groups, roles), true);
    }

    /** The header of that name; empty where it is not there exactly once. */
    static String one(Headers headers, String name) {
        @Nullable List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? "" : values.getFirst();
    }
}
