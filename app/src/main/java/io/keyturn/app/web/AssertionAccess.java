package io.keyturn.app.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.Headers;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.Set;

/**
 * A reverse proxy in front signs who asks: with each request it sends a token (JWT) in a header, as load balancers of AWS,
 * Google's Identity-Aware Proxy, Cloudflare Access and oauth2-proxy do. Who forges a header has no key to sign it with.
 */
public final class AssertionAccess implements Access {
    private static final int LONGEST_TOKEN = 16_384;
    private static final String BEARER = "Bearer ";

    private final Assertion assertion;
    private final TokenClaims meant;
    private final Map<String, Role> roles;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * @param keys what signatures are checked with
     * @param roles of groups; whoever is in several has the highest
     */
    public AssertionAccess(Assertion assertion, AssertionKeys keys, Map<String, Role> roles, InstantSource clock) {
        this.assertion = assertion;
        this.meant = new TokenClaims(assertion.name(), assertion.groups());
        this.roles = Map.copyOf(roles);
        String audience = assertion.audience();
        // Unsigned tokens, and those signed with a shared secret, find no key.
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        audience == null ? null : Collections.singleton(audience),
                        new JWTClaimsSet.Builder().issuer(assertion.issuer()).build(),
                        Set.of("exp"),
                        null) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                });
    }

    @Override
    public Person person(Headers headers) throws Denied {
        String brought = ProxyAccess.one(headers, assertion.header());
        if (brought.isEmpty()) {
            throw new Denied(
                    401,
                    "Not signed in",
                    "This page is reached through its proxy alone, and the request did not come from there."
                            + " Open the address that you were given.");
        }
        try {
            TokenClaims.Known known = known(brought.startsWith(BEARER) ? brought.substring(BEARER.length()) : brought);
            return new Person(known.name(), Role.of(known.groups(), roles), true);
        } catch (SignInFailure e) {
            throw new Denied(
                    401,
                    "Not signed in",
                    "Nobody is let in: " + e.why()
                            + ". Sign in at the proxy again; if it stays so, tell whoever runs this" + " server.");
        }
    }

    private TokenClaims.Known known(String text) throws SignInFailure {
        if (text.length() > LONGEST_TOKEN) {
            throw new SignInFailure("the proxy's token is too long");
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWTClaimsSet claims = processor.process(token, null);
            String signer = assertion.signer();
            if (signer != null && !signer.equals(token.getHeader().getCustomParam("signer"))) {
                throw new SignInFailure("the proxy's token is not accepted: another load balancer signed it");
            }
            return meant.known(claims.getClaims(), "the proxy");
        } catch (ParseException e) {
            throw new SignInFailure("the proxy's token is no signed one", e);
        } catch (BadJOSEException e) {
            throw new SignInFailure("the proxy's token is not accepted", e);
        } catch (JOSEException e) {
            throw new SignInFailure("the proxy's token could not be checked", e);
        }
    }
}
