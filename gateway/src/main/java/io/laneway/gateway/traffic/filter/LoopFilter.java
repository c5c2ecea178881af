package io.laneway.gateway.traffic.filter;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.FilterConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** What one event loop has of one filter. Confined to that loop. */
final class LoopFilter {

    /** What the client gets where one fails that denies. */
    static final Failure FAILED =
            Failure.gateway(Failure.Stage.ROUTE, 503, ResponseFlag.FF, "a filter of the gateway failed");

    private final ListenerFilter shared;
    private final FilterCounts counts;
    private final List<String> services;
    private final List<byte[]> paths;
    private final long warnAfter;

    LoopFilter(ListenerFilter shared) {
        this.shared = shared;
        this.counts = shared.newCounts();
        this.services = shared.config().services();
        this.paths = shared.config().paths().stream()
                .map(path -> path.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        this.warnAfter = shared.config().warnAfter().toNanos();
    }

    ListenerFilter shared() {
        return shared;
    }

    FilterCounts counts() {
        return counts;
    }

    boolean denies() {
        return shared.config().failure() == FilterConfig.Failure.DENY;
    }

    long timeout() {
        return shared.config().timeout().toNanos();
    }

    /** Whether it sees requests of that service with that target. */
    boolean sees(String service, Slice target) {
        return (services.isEmpty() || isOf(service)) && (paths.isEmpty() || isBelow(target));
    }

    private boolean isOf(String service) {
        for (int i = 0; i < services.size(); i++) {
            String one = services.get(i);
            // a name without a namespace is that of any
            boolean named = service.startsWith(one)
                    && (service.length() == one.length()
                            || (service.charAt(one.length()) == '.' && one.indexOf('.') < 0));
            if (named) {
                return true;
            }
        }
        return false;
    }

    private boolean isBelow(Slice target) {
        for (int i = 0; i < paths.size(); i++) {
            if (isBelow(target, paths.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(Slice target, byte[] path) {
        if (target.length() < path.length) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            if (target.array()[target.offset() + i] != path[i]) {
                return false;
            }
        }
        if (target.length() == path.length || path[path.length - 1] == '/') {
            return true;
        }
        byte next = target.array()[target.offset() + path.length];
        return next == '/' || next == '?' || next == ';';
    }

    /** Runs code of the filter, and looks how long that holds the loop. */
    <T> T measured(Loop loop, Supplier<T> code) {
        long before = loop.reading();
        try {
            return code.get();
        } finally {
            long now = loop.reading();
            counts.held.add(now - before);
            if (now - before > warnAfter) {
                counts.overruns.increment();
                shared.overran(now - before, now);
            }
        }
    }
}
