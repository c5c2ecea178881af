package io.laneway.k8s.testkit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import io.laneway.testkit.Relay;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * An API server in the test's own process (fabric8's, in CRUD mode, plain HTTP), with a wire in front of it that can
 * be cut. The test's own {@link #client} goes around the wire.
 */
public final class Cluster implements AutoCloseable {

    private static final Logger NOISE = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesMockServer server;
    private final Relay wire;
    private final KubernetesClient client;

    public Cluster() {
        NOISE.setLevel(Level.WARNING);
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        MockWebServer web = new MockWebServer();
        web.setHttp2ClearTextEnabled(false);
        server = new KubernetesMockServer(
                new Context(), web, responses, new KubernetesMixedDispatcher(responses), false);
        server.init();
        HttpClient.Factory factory = new JdkHttpClientFactory();
        client = server.createClient(factory);
        wire = Relay.to(server.getPort());
    }

    /** The test's own client. */
    public KubernetesClient client() {
        return client;
    }

    /** The mock server itself, for expectations. */
    public KubernetesMockServer server() {
        return server;
    }

    /** The wire between what is tested and the API server. */
    public Relay wire() {
        return wire;
    }

    /** A client as the program makes it, over the wire. */
    public KubernetesClient open() {
        return Clients.open(new Connection(null, null, "http://127.0.0.1:" + wire.port(), null, null));
    }

    @Override
    public void close() {
        client.close();
        wire.close();
        try {
            server.destroy();
        } catch (IllegalStateException e) {
            // the mock gives its open connections ten seconds, which a busy machine may need; its threads end with it
            LoggerFactory.getLogger(Cluster.class).atInfo().setCause(e).log("the mock API server did not end in time");
        }
    }
}
