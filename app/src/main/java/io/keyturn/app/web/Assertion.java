package io.keyturn.app.web;

import org.jspecify.annotations.Nullable;

/**
 * What a reverse proxy says of people in a signed token, and where.
 *
 * @param header in which it sends the token; in {@code Authorization} behind the word Bearer
 * @param issuer who makes the token, as it says itself
 * @param audience whom the token is for; null where {@code signer} says it
 * @param signer the ARN of the load balancer of AWS that signs, whose tokens name no audience; null for others
 * @param name the claim that names a person
 * @param groups the claim that lists the person's groups
 */
public record Assertion(
        String header,
        String issuer,
        @Nullable String audience,
        @Nullable String signer,
        String name,
        String groups) {
    /** @throws IllegalArgumentException where a token of somebody else could be taken for one of the proxy's */
    public Assertion {
        if (!header.matches("[A-Za-z0-9-]{1,100}")) {
            throw new IllegalArgumentException("a header has a name such as Cf-Access-Jwt-Assertion");
        }
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("somebody issues the token: name them as it does");
        }
        // The keys of such services sign for others too.
        if ((audience == null || audience.isBlank()) == (signer == null || signer.isBlank())) {
            throw new IllegalArgumentException(
                    "a token is for somebody: name its audience, or the load balancer that signs it");
        }
    }
}
