package io.keyturn.app.web;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An identity provider, asked who somebody is by the code flow with PKCE (RFC 7636). */
public final class OidcProvider {
    /** How long it may take to answer, in milliseconds. */
    static final int PATIENCE = 10_000;

    private final OidcClient client;
    private final OIDCProviderMetadata metadata;
    private final OidcTokens tokens;

    /**
     * What somebody was sent away with; the answer must fit it.
     *
     * @param address where they were sent
     * @param state comes back in the address
     * @param nonce comes back in the token
     * @param verifier shows the provider that who brings the code is who asked for it
     */
    record Question(URI address, String state, Nonce nonce, CodeVerifier verifier) {}

    /** The provider as it describes itself in {@code metadata}. */
    OidcProvider(OidcClient client, OIDCProviderMetadata metadata) throws SignInFailure {
        this.client = client;
        this.metadata = metadata;
        for (URI address : addresses(metadata)) {
            if (!OidcClient.safe(address)) {
                throw new SignInFailure("the identity provider names an address that is not https, " + address);
            }
        }
        this.tokens = new OidcTokens(client, metadata.getJWKSetURI());
    }

    private static List<@Nullable URI> addresses(OIDCProviderMetadata metadata) {
        List<@Nullable URI> addresses = new ArrayList<>();
        addresses.add(metadata.getAuthorizationEndpointURI());
        addresses.add(metadata.getTokenEndpointURI());
        addresses.add(metadata.getJWKSetURI());
        return addresses;
    }

    /**
     * The provider of this client, which is asked to describe itself.
     *
     * @throws SignInFailure where it does not, or names another issuer
     */
    public static OidcProvider of(OidcClient client) throws SignInFailure {
        return new OidcProvider(client, described(client));
    }

    static OIDCProviderMetadata described(OidcClient client) throws SignInFailure {
        try {
            return OIDCProviderMetadata.resolve(new Issuer(client.issuer()), OidcProvider::careful);
        } catch (IOException | GeneralException e) {
            throw new SignInFailure("the identity provider " + client.issuer() + " did not describe itself", e);
        }
    }

    private static void careful(HTTPRequest request) {
        request.setConnectTimeout(PATIENCE);
        request.setReadTimeout(PATIENCE);
        // Where it would lead to was not named in the configuration.
        request.setFollowRedirects(false);
    }

    /** A new question, for one person and one time. */
    Question ask() {
        String state = Seal.word();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        List<String> scopes = new ArrayList<>(client.scopes());
        scopes.addFirst("openid");
        URI address = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(scopes.toArray(String[]::new)),
                        new ClientID(client.id()),
                        client.back())
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        return new Question(address, state, nonce, verifier);
    }

    /**
     * Who somebody is, by what they came back with.
     *
     * @param brought what stood in the address; its state is that of the question
     */
    TokenClaims.Known answer(Question asked, Map<String, List<String>> brought) throws SignInFailure {
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(client.back(), brought);
            // Of several providers another's answer is refused (RFC 9207); most do not name themselves here.
            if (response.getIssuer() != null
                    && !response.getIssuer().getValue().equals(client.issuer().toString())) {
                throw new SignInFailure("another identity provider answered");
            }
            if (!response.indicatesSuccess()) {
                throw refused(response.toErrorResponse().getErrorObject());
            }
            AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
            if (code == null) {
                throw new SignInFailure("the identity provider sent no code");
            }
            HTTPRequest request = token(code, asked.verifier()).toHTTPRequest();
            careful(request);
            TokenResponse token = OIDCTokenResponseParser.parse(request.send());
            if (!token.indicatesSuccess()) {
                throw refused(token.toErrorResponse().getErrorObject());
            }
            return tokens.known(
                    token.toSuccessResponse().getTokens().toOIDCTokens().getIDToken(), asked.nonce());
        } catch (ParseException | IOException e) {
            throw new SignInFailure("the identity provider's answer could not be read", e);
        }
    }

    private static SignInFailure refused(@Nullable ErrorObject error) {
        return new SignInFailure(
                "the identity provider refused" + (error == null ? "" : " with \"" + error.getCode() + "\""));
    }

    private TokenRequest token(AuthorizationCode code, CodeVerifier verifier) {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, client.back(), verifier);
        ClientID id = new ClientID(client.id());
        URI address = metadata.getTokenEndpointURI();
        String secret = client.secret();
        return secret == null
                ? new TokenRequest.Builder(address, id, grant).build()
                : new TokenRequest.Builder(address, authentication(id, new Secret(secret)), grant).build();
    }

    private ClientAuthentication authentication(ClientID id, Secret secret) {
        List<ClientAuthenticationMethod> ways = metadata.getTokenEndpointAuthMethods();
        boolean posted = ways != null
                && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return posted ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    /** Where people sign out at the provider; empty where it names no such address. */
    Optional<URI> leave() {
        return Optional.ofNullable(metadata.getEndSessionEndpointURI()).filter(OidcClient::safe);
    }
}
