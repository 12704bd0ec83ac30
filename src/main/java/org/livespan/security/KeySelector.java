package org.livespan.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Set;

/** Chooses the keys that may have signed a token: the one with its key id, and those without an id. */
final class KeySelector extends JWSVerificationKeySelector<SecurityContext> {

    KeySelector(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
        super(algorithms, keys);
    }

    @Override
    protected JWKMatcher createJWKMatcher(JWSHeader header) {
        JWKMatcher matcher = super.createJWKMatcher(header);
        return matcher == null || header.getKeyID() == null
                ? matcher
                : new JWKMatcher.Builder(matcher)
                        .keyIDs(header.getKeyID(), null)
                        .build();
    }
}
