package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.runtime.config.ReservedHeaders;
import io.laneway.gateway.traffic.authorize.HeaderChange.Way;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a response by HTTP says: 2xx lets a request pass, 5xx is no decision, all else is for the client. Immutable. */
final class HttpDecision {

    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int SERVER_ERROR = 500;

    /** The removal of request headers, as Envoy's authorizers say it. */
    private static final String REMOVE = "x-envoy-auth-headers-to-remove";

    private final Set<String> upstream;
    private final @Nullable Set<String> client;
    private final Set<String> response;

    HttpDecision(AuthConfig config) {
        this.upstream = lower(config.upstreamHeaders());
        this.client = config.clientHeaders() == null ? null : lower(config.clientHeaders());
        this.response = lower(config.responseHeaders());
        if (client != null) {
            client.add("www-authenticate");
            client.add("location");
        }
    }

    private static Set<String> lower(List<String> names) {
        Set<String> lower = new HashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    AuthDecision of(int status, HeaderLines lines, byte[] body) {
        if (status >= SERVER_ERROR || status < OK) {
            throw new IllegalArgumentException("status " + status);
        }
        if (status < REDIRECT) {
            return AuthDecision.allowed(
                    changes(lines, upstream::contains), removed(lines), null, changes(lines, response::contains));
        }
        return AuthDecision.denied(
                status, changes(lines, name -> ReservedHeaders.mayRespond(name) && passes(name)), body);
    }

    private boolean passes(String name) {
        return client == null || client.contains(name);
    }

    private static List<HeaderChange> changes(HeaderLines lines, Predicate<String> which) {
        List<HeaderChange> changes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int line = 0; line < lines.count(); line++) {
            String name = name(lines, line);
            if (!lines.isRemoved(line) && which.test(name)) {
                boolean first = seen.add(name) && !"set-cookie".equals(name);
                changes.add(new HeaderChange(HeaderName.of(name), value(lines, line), first ? Way.SET : Way.APPEND));
            }
        }
        return changes;
    }

    private static List<HeaderName> removed(HeaderLines lines) {
        List<HeaderName> removed = new ArrayList<>();
        for (int line = 0; line < lines.count(); line++) {
            if (REMOVE.equals(name(lines, line))) {
                for (String each : value(lines, line).split(",", -1)) {
                    String name = each.strip();
                    if (HeaderText.isName(name) && ReservedHeaders.mayBeSet(name)) {
                        removed.add(HeaderName.of(name));
                    }
                }
            }
        }
        return removed;
    }

    private static String name(HeaderLines lines, int line) {
        return text(lines, lines.nameOffset(line), lines.nameLength(line)).toLowerCase(Locale.ROOT);
    }

    private static String value(HeaderLines lines, int line) {
        return text(lines, lines.valueOffset(line), lines.valueLength(line));
    }

    private static String text(HeaderLines lines, int offset, int length) {
        return new String(lines.array(), offset, length, StandardCharsets.ISO_8859_1);
    }
}
