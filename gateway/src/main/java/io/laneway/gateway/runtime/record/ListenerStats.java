package io.laneway.gateway.runtime.record;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one event loop counts for one listener. The loop changes it, any thread may read it. */
public final class ListenerStats {

    /** What clients do wrong, and what is done against it. */
    public enum Offence {
        /** A head that breaks the grammar or is ambiguous. */
        MALFORMED,
        /** A head, URI or body above the limit. */
        TOO_LARGE,
        /** A head or body that came too slowly. */
        TOO_SLOW,
        /** A TLS handshake that failed. */
        TLS,
        /** HTTP/2 streams opened and reset in a flood. */
        RAPID_RESET,
        /** HTTP/2 CONTINUATION frames in a flood. */
        CONTINUATION_FLOOD,
        /** HTTP/2 SETTINGS frames in a flood. */
        SETTINGS_FLOOD,
        /** HTTP/2 PING frames in a flood. */
        PING_FLOOD,
        /** HTTP/2 DATA frames without data in a flood. */
        EMPTY_DATA_FLOOD,
        /** HTTP/2 WINDOW_UPDATE frames in a flood, for which there was no data. */
        WINDOW_UPDATE_FLOOD,
        /** HTTP/2 PRIORITY and unknown frames in a flood. */
        CONTROL_FLOOD,
        /** Requests shed because the gateway was overloaded. */
        SHED,
        /** Requests from where the listener takes none. */
        SOURCE,
        /** Connections to a transparent listener that were not redirected to it, or are the gateway's own. */
        LOOP;

        private static final Set<Integer> SIZES = Set.of(413, 414, 431);

        /** What a client did whose request ended with that flag and status, null if nothing wrong. */
        public static @Nullable Offence of(ResponseFlag flag, int status) {
            return switch (flag) {
                case DPE -> SIZES.contains(status) ? TOO_LARGE : MALFORMED;
                case SI -> TOO_SLOW;
                default -> null;
            };
        }
    }

    private final String name;
    private final Map<Offence, LoopCounter> offences = new EnumMap<>(Offence.class);

    /** Connections accepted. */
    public final LoopCounter accepted = new LoopCounter();

    /** Connections open now. */
    public final LoopCounter open = new LoopCounter();

    /** Connections passed on by the server name of their TLS. */
    public final LoopCounter passed = new LoopCounter();

    /** Requests in gRPC-Web that became calls of gRPC. */
    public final LoopCounter fromGrpcWeb = new LoopCounter();

    /** Requests with JSON that became calls of gRPC. */
    public final LoopCounter fromJson = new LoopCounter();

    /** Redirected connections in TLS that were passed on as they are. */
    public final LoopCounter tlsTunnels = new LoopCounter();

    /** Redirected connections in neither HTTP nor TLS that were passed on as they are. */
    public final LoopCounter tcpTunnels = new LoopCounter();

    /** Those of them that stopped behind a few bytes with which a request may begin. */
    public final LoopCounter undecidedTunnels = new LoopCounter();

    /** Redirected connections that are passed on as they are now. */
    public final LoopCounter openTunnels = new LoopCounter();

    /** Redirected connections whose destination could not be connected to. */
    public final LoopCounter failedTunnels = new LoopCounter();

    /** Counters of a listener, all zero. */
    public ListenerStats(String name) {
        this.name = name;
        for (Offence offence : Offence.values()) {
            offences.put(offence, new LoopCounter());
        }
    }

    public String name() {
        return name;
    }

    /** Counts an offence. Only on the owning loop. */
    public void offence(Offence offence) {
        count(offence).increment();
    }

    /** How often an offence was seen. */
    public LoopCounter count(Offence offence) {
        return Objects.requireNonNull(offences.get(offence));
    }
}
