package io.laneway.gateway.runtime.config;

import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.part.Interest;
import io.laneway.router.unit.Durations;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the lane table comes from: exactly one of the four. Immutable. */
public sealed interface TableConfig {

    /** A watched file, YAML or JSON. */
    record File(Path path) implements TableConfig {
        public File {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * The watch of the control API.
     *
     * @param uri   its address, such as {@code http://127.0.0.1:9900}
     * @param token a bearer token, null where it asks for none
     * @param reports how often this gateway reports what it counted
     * @param services null to follow the whole table; else the names by which this gateway will call, to which those by
     *                 which it calls are added
     * @param tls whom it trusts, and what it shows; null for the authorities of the system and no certificate
     */
    record Control(
            URI uri,
            @Nullable String token,
            Duration reports,
            @Nullable List<String> services,
            @Nullable UpstreamTls tls)
            implements TableConfig {

        /** The control API takes a gateway for gone that is silent for three of these. */
        static final Duration REPORTS = Duration.ofSeconds(5);

        private static final Duration SOONEST = Duration.ofMillis(250);

        /** Reports as often as it does by default. */
        public Control(URI uri, @Nullable String token) {
            this(uri, token, REPORTS);
        }

        /** Follows the whole table. */
        public Control(URI uri, @Nullable String token, Duration reports) {
            this(uri, token, reports, null, null);
        }

        public Control {
            services = services == null ? null : List.copyOf(services);
            if (services != null && (services.size() > Interest.MOST || services.contains(""))) {
                throw new IllegalArgumentException("services: " + services.size() + " names (expected: at most "
                        + Interest.MOST + ", none empty)");
            }
            if (reports.compareTo(SOONEST) < 0 || reports.compareTo(REPORTS) > 0) {
                throw new IllegalArgumentException(
                        "reports: " + Durations.format(reports) + " (expected: 250ms to 5s)");
            }
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null) {
                throw new IllegalArgumentException("control: " + uri + " (expected: http://host:port)");
            }
            if (tls != null && "http".equals(uri.getScheme())) {
                throw new IllegalArgumentException(
                        "tls: set with control: " + uri + " (expected: control: https://host:port)");
            }
        }

        @Override
        public String toString() {
            return "Control[uri=" + uri + ", token=" + (token == null ? "none" : "***") + ", reports=" + reports
                    + ", services=" + (services == null ? "all" : services) + ", tls=" + tls + "]";
        }
    }

    /**
     * A Kafka topic.
     *
     * @param servers    {@code bootstrap.servers}
     * @param properties further properties of the client
     */
    record Kafka(String servers, String topic, Map<String, String> properties) implements TableConfig {

        /** The topic where the document names none. */
        public static final String DEFAULT_TOPIC = "laneway-table";

        public Kafka {
            if (servers.isBlank() || topic.isBlank()) {
                throw new IllegalArgumentException("kafka: servers or topic is empty (expected: both)");
            }
            properties = Map.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Kafka[servers=" + servers + ", topic=" + topic + ", properties=" + properties.keySet() + "]";
        }
    }

    /**
     * Kubernetes itself.
     *
     * @param namespaces the namespaces to look at; empty means all that may be seen
     * @param settings   further settings of discovery, by their keys in the document
     */
    record Kubernetes(List<String> namespaces, Map<String, String> settings) implements TableConfig {
        public Kubernetes {
            namespaces = List.copyOf(namespaces);
            settings = Map.copyOf(settings);
        }
    }
}
