package io.laneway.k8s.testkit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import io.laneway.k8s.testkit.api.RuledApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A cluster whose API server refuses what a real one does, and the test's own client. */
public final class RuledCluster implements AutoCloseable {

    private final RuledApiServer server;
    private final KubernetesClient client;

    public RuledCluster() {
        try {
            server = new RuledApiServer(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = open();
    }

    /** The test's own client. */
    public KubernetesClient client() {
        return client;
    }

    public RuledApiServer server() {
        return server;
    }

    /** A client as the program makes it. */
    public KubernetesClient open() {
        return Clients.open(new Connection(null, null, server.url(), null, null));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
