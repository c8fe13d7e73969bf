package io.keyturn.app.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens of an identity provider: who they speak of, if it signed them, for this client, a moment ago, and as an answer. */
final class OidcTokens {
    private static final int MOST_BYTES = 256 * 1_024;
    private static final int LONGEST_NAME = 200;

    /** Only those with a key that the provider alone has: with a shared one, whoever knows it could make tokens. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcClient client;
    private final IDTokenValidator validator;

    /** A person, as the provider knows them. */
    record Known(String name, List<String> groups) {
        Known {
            groups = List.copyOf(groups);
        }
    }

    /** @param keys where the provider publishes what its signatures are checked with */
    OidcTokens(OidcClient client, URI keys) throws SignInFailure {
        this.client = client;
        try {
            JWKSource<SecurityContext> source = JWKSourceBuilder.<SecurityContext>create(
                            keys.toURL(),
                            new DefaultResourceRetriever(OidcProvider.PATIENCE, OidcProvider.PATIENCE, MOST_BYTES))
                    .refreshAheadCache(false)
                    .build();
            this.validator = new IDTokenValidator(
                    new Issuer(client.issuer()),
                    new ClientID(client.id()),
                    new JWSVerificationKeySelector<>(ALGORITHMS, source),
                    null);
        } catch (MalformedURLException e) {
            throw new SignInFailure("the identity provider's keys have no address", e);
        }
    }

    /** Who the token speaks of, as an answer to the question with that nonce. */
    Known known(@Nullable JWT token, Nonce nonce) throws SignInFailure {
        if (token == null) {
            throw new SignInFailure("the identity provider sent no token");
        }
        try {
            IDTokenClaimsSet claims = validator.validate(token, nonce);
            return new Known(name(claims), groups(claims));
        } catch (BadJOSEException e) {
            throw new SignInFailure("the identity provider's token is not accepted", e);
        } catch (JOSEException e) {
            throw new SignInFailure("the identity provider's token could not be checked", e);
        }
    }

    private String name(IDTokenClaimsSet claims) throws SignInFailure {
        // Some providers write it as text.
        boolean unproven = client.name().equals("email")
                && String.valueOf(claims.getClaim("email_verified")).equals("false");
        String name = unproven ? null : claims.getStringClaim(client.name());
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new SignInFailure("the identity provider's token does not say who you are: its claim \""
                    + client.name() + "\" is " + (unproven ? "not verified" : "missing, or no short text"));
        }
        return name;
    }

    private List<String> groups(IDTokenClaimsSet claims) {
        List<String> groups = new ArrayList<>();
        if (claims.getClaim(client.groups()) instanceof List<?> list) {
            for (Object group : list) {
                groups.add(String.valueOf(group));
            }
        } else if (claims.getStringClaim(client.groups()) instanceof String one) {
            groups.add(one);
        }
        return groups;
    }
}
