package io.keyturn.app.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.MalformedURLException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Tokens of an identity provider: who they speak of, if it signed them, for this client, a moment ago, and as an answer. */
final class OidcTokens {
    private static final int MOST_BYTES = 256 * 1_024;

    private final TokenClaims meant;
    private final IDTokenValidator validator;

    /** @param keys where the provider publishes what its signatures are checked with */
    OidcTokens(OidcClient client, URI keys) throws SignInFailure {
        this.meant = new TokenClaims(client.name(), client.groups());
        try {
            JWKSource<SecurityContext> source = JWKSourceBuilder.<SecurityContext>create(
                            keys.toURL(),
                            new DefaultResourceRetriever(OidcProvider.PATIENCE, OidcProvider.PATIENCE, MOST_BYTES))
                    .refreshAheadCache(false)
                    .build();
            this.validator = new IDTokenValidator(
                    new Issuer(client.issuer()),
                    new ClientID(client.id()),
                    new JWSVerificationKeySelector<>(TokenClaims.ALGORITHMS, source),
                    null);
        } catch (MalformedURLException e) {
            throw new SignInFailure("the identity provider's keys have no address", e);
        }
    }

    /** Who the token speaks of, as an answer to the question with that nonce. */
    TokenClaims.Known known(@Nullable JWT token, Nonce nonce) throws SignInFailure {
        if (token == null) {
            throw new SignInFailure("the identity provider sent no token");
        }
        try {
            return meant.known(validator.validate(token, nonce).toJWTClaimsSet().getClaims(), "the identity provider");
        } catch (ParseException e) {
            throw new SignInFailure("the identity provider's token could not be read", e);
        } catch (BadJOSEException e) {
            throw new SignInFailure("the identity provider's token is not accepted", e);
        } catch (JOSEException e) {
            throw new SignInFailure("the identity provider's token could not be checked", e);
        }
    }
}
