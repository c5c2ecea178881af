package io.laneway.kafka.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A client of a Kafka cluster that connects when it is used for the first time. Safe for many threads. */
final class LazyAdmin implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final String servers;
    private final Map<String, Object> client;
    private @Nullable Admin admin;
    private boolean closed;

    /** With further properties of the client, such as those of TLS and SASL. */
    LazyAdmin(String servers, Map<String, String> properties) {
        this.servers = servers;
        this.client = new HashMap<>(properties);
        client.put("bootstrap.servers", servers);
    }

    /** The cluster, for people. */
    String name() {
        return "kafka " + servers;
    }

    /**
     * The client, connected.
     *
     * @throws IllegalStateException if it was closed
     */
    synchronized Admin connect() {
        if (closed) {
            throw new IllegalStateException(name() + ": closed");
        }
        Admin connected = admin == null ? Admin.create(client) : admin;
        admin = connected;
        return connected;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(CLOSING);
            admin = null;
        }
    }
}
