package io.keyturn.app.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What a proxy's signatures are checked with: a set that it publishes, a key for each name, or one that is known. */
public final class AssertionKeys implements JWSKeySelector<SecurityContext> {
    /** Where the name of a key goes in an address. */
    public static final String KEY = "{kid}";

    private static final int MOST_BYTES = 256 * 1_024;
    private static final int MOST_KEYS = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final DefaultResourceRetriever WEB =
            new DefaultResourceRetriever(OidcProvider.PATIENCE, OidcProvider.PATIENCE, MOST_BYTES);

    private final JWSKeySelector<SecurityContext> found;

    private AssertionKeys(JWSKeySelector<SecurityContext> found) {
        this.found = found;
    }

    /** The one key in this text: a public key or a certificate, as PEM. */
    public static AssertionKeys pem(String text) {
        PublicKey key = key(text);
        return new AssertionKeys((header, context) -> fits(key, header) ? List.of(key) : List.of());
    }

    /**
     * Those that are published there: as a set of JWK; or each as PEM, where {@value #KEY} stands in the address.
     *
     * @throws IllegalArgumentException where the way there is not safe
     */
    public static AssertionKeys at(String address, InstantSource clock) {
        String example = address.replace(KEY, "a");
        try {
            URI uri = URI.create(example);
            if (!OidcClient.safe(uri)) {
                throw new IllegalArgumentException("keys are had from an https address, not \"" + address + "\"");
            }
            return new AssertionKeys(
                    example.equals(address)
                            ? new JWSVerificationKeySelector<>(
                                    TokenClaims.ALGORITHMS,
                                    JWKSourceBuilder.<SecurityContext>create(uri.toURL(), WEB)
                                            .refreshAheadCache(false)
                                            .build())
                            : named(address, clock));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("keys have no address \"" + address + "\"", e);
        }
    }

    private static JWSKeySelector<SecurityContext> named(String address, InstantSource clock) {
        Map<String, PublicKey> known = new ConcurrentHashMap<>();
        // Whoever makes up names has nothing fetched for most of them.
        Pace asked = new Pace(10, Duration.ofSeconds(30), clock);
        return (header, context) -> {
            String name = header.getKeyID();
            if (name == null || !NAME.matcher(name).matches()) {
                return List.of();
            }
            PublicKey key = known.get(name);
            if (key == null) {
                if (!asked.allows("")) {
                    throw new KeySourceException("too many keys were asked for; wait a minute");
                }
                key = fetched(address.replace(KEY, name));
                if (known.size() >= MOST_KEYS) {
                    known.clear();
                }
                known.put(name, key);
            }
            return fits(key, header) ? List.of(key) : List.of();
        };
    }

    private static PublicKey fetched(String address) throws KeySourceException {
        try {
            return key(WEB.retrieveResource(URI.create(address).toURL()).getContent());
        } catch (IOException | IllegalArgumentException e) {
            throw new KeySourceException("its key cannot be had from " + address + ": " + e.getMessage(), e);
        }
    }

    private static PublicKey key(String pem) {
        try {
            JWK jwk = pem.contains("BEGIN CERTIFICATE")
                    ? JWK.parseFromPEMEncodedX509Cert(pem)
                    : JWK.parseFromPEMEncodedObjects(pem);
            if (!jwk.isPrivate() && jwk instanceof AsymmetricJWK asymmetric) {
                return asymmetric.toPublicKey();
            }
        } catch (JOSEException | IllegalArgumentException e) {
            throw new IllegalArgumentException("that is no public key or certificate as PEM", e);
        }
        throw new IllegalArgumentException("that is no public key or certificate as PEM");
    }

    /** By the kind of the key, never by what the token says alone. */
    private static boolean fits(PublicKey key, JWSHeader header) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        return TokenClaims.ALGORITHMS.contains(algorithm)
                && (key instanceof ECPublicKey && JWSAlgorithm.Family.EC.contains(algorithm)
                        || key instanceof RSAPublicKey && JWSAlgorithm.Family.RSA.contains(algorithm));
    }

    @Override
    public List<? extends Key> selectJWSKeys(JWSHeader header, SecurityContext context) throws KeySourceException {
        return found.selectJWSKeys(header, context);
    }
}
