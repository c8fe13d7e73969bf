package io.keyturn.app.web;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a signed token says of a person, by the names that somebody gave its claims. */
record TokenClaims(String name, String groups) {
    /** Only those with a key that the signer alone has: with a shared one, whoever knows it could make tokens. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int LONGEST_NAME = 200;

    TokenClaims {
        if (name.isBlank() || groups.isBlank()) {
            throw new IllegalArgumentException("claims have names");
        }
    }

    /** A person, as the signer knows them. */
    record Known(String name, List<String> groups) {
        Known {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Who the claims speak of.
     *
     * @param signer whose token it is, as the beginning of a sentence
     */
    Known known(Map<String, @Nullable Object> claims, String signer) throws SignInFailure {
        // Some providers write it as text.
        boolean unproven = name.equals("email")
                && String.valueOf(claims.get("email_verified")).equals("false");
        if (!unproven
                && claim(claims, name) instanceof String text
                && !text.isBlank()
                && text.length() <= LONGEST_NAME) {
            return new Known(text, groups(claims));
        }
        throw new SignInFailure(signer + "'s token does not say who you are: its claim \"" + name + "\" is "
                + (unproven ? "not verified" : "missing, or no short text"));
    }

    private List<String> groups(Map<String, @Nullable Object> claims) {
        List<String> known = new ArrayList<>();
        Object claim = claim(claims, groups);
        if (claim instanceof List<?> list) {
            for (Object group : list) {
                known.add(String.valueOf(group));
            }
        } else if (claim instanceof String one) {
            known.add(one);
        }
        return known;
    }

    /** The claim of that name; where there is none, the one within another, as {@code custom.groups}. */
    private static @Nullable Object claim(Map<?, ? extends @Nullable Object> claims, String name) {
        Object whole = claims.get(name);
        int dot = name.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> within
                ? claim(within, name.substring(dot + 1))
                : null;
    }
}
