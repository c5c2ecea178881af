package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.runtime.config.ReservedHeaders;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The header lines of requests that an authorizer gets. Immutable. */
final class IncludedHeaders {

    private final boolean all;
    private final List<HeaderName> names;

    IncludedHeaders(AuthConfig.Include include) {
        this.all = include.all();
        this.names = all
                ? List.of()
                : include.headers().stream()
                        .filter(name -> mayBeSent(name.toLowerCase(Locale.ROOT)))
                        .map(HeaderName::of)
                        .toList();
    }

    List<HeaderName> names() {
        return names;
    }

    /** Copies the lines as they are. */
    void copy(HeaderLines from, HeaderLines into) {
        for (Map.Entry<String, String> each : joined(from).entrySet()) {
            into.add(HeaderName.of(each.getKey()), each.getValue());
        }
    }

    /** Values by lower-case name, several of one name joined; their characters are octets. */
    Map<String, String> joined(HeaderLines lines) {
        Map<String, String> sent = new LinkedHashMap<>();
        Slice value = new Slice();
        for (int line = 0; line < lines.count(); line++) {
            if (!lines.isRemoved(line)) {
                String name = new String(
                                lines.array(),
                                lines.nameOffset(line),
                                lines.nameLength(line),
                                StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT);
                if (isSent(lines, line, name)) {
                    lines.value(line, value);
                    sent.merge(name, octets(value), (a, b) -> a + ("cookie".equals(name) ? "; " : ",") + b);
                }
            }
        }
        return sent;
    }

    private static String octets(Slice value) {
        return new String(value.array(), value.offset(), value.length(), StandardCharsets.ISO_8859_1);
    }

    /** Framing and connection are the check's own. */
    private static boolean mayBeSent(String lower) {
        return !ReservedHeaders.isFraming(lower) && !lower.equals("expect");
    }

    private boolean isSent(HeaderLines lines, int line, String lower) {
        if (all) {
            return mayBeSent(lower);
        }
        for (HeaderName name : names) {
            if (name.matches(lines.array(), lines.nameOffset(line), lines.nameLength(line))) {
                return true;
            }
        }
        return false;
    }
}
