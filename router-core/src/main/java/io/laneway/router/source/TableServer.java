package io.laneway.router.source;

import io.laneway.router.model.LaneTable;
import io.laneway.router.tls.RenewedTls;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Serves the published table on a port of its own to clients that do not follow the watch, such as Envoys. Runs on threads of
 * its own. Safe for many threads.
 */
public interface TableServer extends AutoCloseable {

    /**
     * Where it listens. Immutable.
     *
     * @param tls certificate and key that it shows, and authorities of clients where there are some; its looks are the control
     *            side's. Null for plain text
     */
    record Listen(String host, @Nullable RenewedTls tls) {
        public Listen {
            Objects.requireNonNull(host, "host");
        }
    }

    /**
     * A connected client. Immutable.
     *
     * @param version  what it is, such as {@code envoy 1.38.0}
     * @param address  where it calls from
     * @param revision the newest revision whose whole it has taken up
     * @param rejected what it refused of a newer one and why, empty for nothing
     */
    record Follower(String id, String version, String address, long revision, String rejected) {
        public Follower {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(rejected, "rejected");
        }
    }

    /**
     * Whether a client may follow the table. Immutable.
     *
     * @param refusal why not, empty if it may
     * @param gone    to be run when its connection has ended
     */
    record Admission(String refusal, Runnable gone) {
        public Admission {
            Objects.requireNonNull(refusal, "refusal");
            Objects.requireNonNull(gone, "gone");
        }
    }

    /**
     * One value of a gauge, or of a counter, whose name then ends in {@code _total}. Immutable.
     *
     * @param name   of the metric
     * @param labels names and values that say which value of the metric it is
     */
    record Measure(String name, String help, Map<String, String> labels, double value) {
        public Measure {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(help, "help");
            labels = Map.copyOf(labels);
        }

        /** The only value of a metric. */
        public Measure(String name, String help, double value) {
            this(name, help, Map.of(), value);
        }

        /** Whether it only grows. */
        public boolean counts() {
            return name.endsWith("_total");
        }
    }

    /**
     * How values are distributed. Immutable.
     *
     * @param bounds upper bounds of the buckets, ascending, the last one infinite
     * @param counts values in each bucket
     * @param sum    of all values
     */
    record Distribution(String name, String help, List<Double> bounds, List<Long> counts, double sum) {
        public Distribution {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(help, "help");
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
            if (bounds.size() != counts.size()) {
                throw new IllegalArgumentException("counts: " + counts.size() + " (expected: " + bounds.size() + ")");
            }
        }
    }

    /** The control side, as a server sees it. Safe for many threads; nothing of it blocks. */
    interface Control {

        /**
         * Asks whether a client may follow the table.
         *
         * @param bearer      the token of its {@code Authorization}, null for none
         * @param certificate the subject of its verified certificate, null for none
         * @param end         ends its connection when it may no more; safe for many threads
         */
        CompletionStage<Admission> admit(
                String id, @Nullable String bearer, @Nullable String certificate, Runnable end);

        /** A client connected, or took up or refused something. */
        void follows(Follower follower);

        /** A client has no connection any more. */
        void left(String id);
    }

    /** A short name for logs, such as {@code xds}. */
    String name();

    /** Listens; returns the port. Blocks until it does. */
    int start(Listen listen, Control control);

    /** Takes the newest published table; does not block. */
    void table(LaneTable table);

    /** What it counts, for metrics. Does not block. */
    List<Measure> measures();

    /** How long what it does takes, for metrics. Does not block. */
    List<Distribution> distributions();

    /** Ends all connections and stops. */
    @Override
    void close();
}
