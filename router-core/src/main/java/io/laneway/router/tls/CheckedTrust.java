package io.laneway.router.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks chains by one rule for clients and one for servers, however Java asks: with an engine, a socket, or neither. As
 * thread-safe as the rules.
 */
public abstract class CheckedTrust extends X509ExtendedTrustManager {

    /** The question as it was asked, for another to answer. */
    @FunctionalInterface
    protected interface Question {

        /**
         * Asks another.
         *
         * @throws CertificateException if it refuses the chain
         */
        void to(X509ExtendedTrustManager other) throws CertificateException;
    }

    /** For those with rules. */
    protected CheckedTrust() {}

    /**
     * Checks the chain of a client, its own certificate first.
     *
     * @throws CertificateException if it is refused
     */
    protected abstract void checkClient(X509Certificate[] chain, Question asked) throws CertificateException;

    /**
     * Checks the chain of a server, its own certificate first.
     *
     * @throws CertificateException if it is refused
     */
    protected abstract void checkServer(X509Certificate[] chain, Question asked) throws CertificateException;

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClient(chain, other -> other.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClient(chain, other -> other.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkClient(chain, other -> other.checkClientTrusted(chain, authType));
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServer(chain, other -> other.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServer(chain, other -> other.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkServer(chain, other -> other.checkServerTrusted(chain, authType));
    }
}
