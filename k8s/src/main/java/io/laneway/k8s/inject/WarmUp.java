package io.laneway.k8s.inject;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A review that the webhook asks itself before it is ready, over TLS as the API server does: the first one loads classes
 * for longer than an API server waits. Stateless.
 */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 3;
    private static final String REVIEW = """
        {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "warm-up",
         "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"laneway.io/inject": "true"}},
         "spec": {"containers": [{"name": "app", "env": [{"name": "A", "value": "B"}]}]}}}}
        """;

    private WarmUp() {}

    /** What cannot be done is logged: a webhook that is slow at first is better than none. */
    static void run(int port, Path certificate) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, SSLUtils.trustManagers(null, certificate.toString(), false, null, null), null);
            for (int round = 0; round < ROUNDS; round++) {
                tryToAsk(tls, port);
            }
        } catch (GeneralSecurityException | IOException e) {
            log.atWarn().setCause(e).log("not warmed up");
        }
    }

    private static void tryToAsk(SSLContext tls, int port) {
        try {
            ask(tls, port);
        } catch (IOException e) {
            // The first one may take longer than a request has; it has loaded classes all the same.
            log.atDebug().setCause(e).log("own review not answered");
        }
    }

    private static void ask(SSLContext tls, int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) HttpConnection.REQUEST.toMillis());
            byte[] body = REVIEW.getBytes(StandardCharsets.UTF_8);
            String head = "POST /inject HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                    + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            if (!new String(in.readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200")) {
                throw new IOException("the webhook's own review was not answered");
            }
        }
    }
}
