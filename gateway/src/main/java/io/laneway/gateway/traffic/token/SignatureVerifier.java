package io.laneway.gateway.traffic.token;

import com.nimbusds.jose.JOSEException;
import java.security.GeneralSecurityException;

/** Verifies signatures by one key. Implementations are safe for many threads. */
interface SignatureVerifier {

    /**
     * Whether the signature is of that text.
     *
     * @param algorithm as JOSE names it, one that is of the key's kind
     */
    boolean verify(String algorithm, byte[] signed, byte[] signature) throws GeneralSecurityException, JOSEException;
}
