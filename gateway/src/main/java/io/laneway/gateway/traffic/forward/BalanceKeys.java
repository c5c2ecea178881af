package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.upstream.balance.HashRing;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.policy.Balancer;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What of a request a ring of endpoints goes by. Confined to one event loop; one for each listener on it. */
public final class BalanceKeys {

    private static final int MAX_NAMES = 1024;

    private final Map<String, HeaderName> headers = new HashMap<>();
    private final Map<String, byte[]> cookies = new HashMap<>();
    private final Slice line = new Slice();
    private final Slice value = new Slice();

    /**
     * The hash of the key; that of the source for a request without its header or cookie.
     *
     * @param source the address that the request comes from
     */
    public long hash(Balancer balancer, RequestHead head, Slice source) {
        boolean found = switch (balancer.key()) {
            case HEADER -> head.header(header(balancer.name()), value);
            case COOKIE -> cookie(head.lines(), balancer.name());
            case SOURCE -> false;
        };
        Slice key = found ? value : source;
        return HashRing.hash(key.array(), key.offset(), key.length());
    }

    private boolean cookie(HeaderLines lines, String name) {
        if (cookies.size() > MAX_NAMES) {
            cookies.clear();
        }
        byte[] wanted = cookies.computeIfAbsent(name, key -> key.getBytes(StandardCharsets.ISO_8859_1));
        for (int at = lines.find(Field.COOKIE, 0); at >= 0; at = lines.find(Field.COOKIE, at + 1)) {
            lines.value(at, line);
            if (Pairs.cookie(line, wanted, value)) {
                return true;
            }
        }
        return false;
    }

    private HeaderName header(String name) {
        if (headers.size() > MAX_NAMES) {
            headers.clear();
        }
        return headers.computeIfAbsent(name, HeaderName::of);
    }
}
