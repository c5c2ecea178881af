package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.unit.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that hold in a location: its own, else those of the server, else those of http. Confined to one thread. */
final class Settings {

    /** What a gateway says and does by itself, where it is said as usual. */
    private static final Map<String, Set<String>> OWN_HEADERS = Map.of(
            "x-forwarded-for", Set.of("$proxy_add_x_forwarded_for"),
            "x-forwarded-proto", Set.of("$scheme"),
            "x-forwarded-host", Set.of("$host", "$http_host"),
            "connection", Set.of("", "upgrade", "Upgrade", "$connection_upgrade", "$http_connection"),
            "upgrade", Set.of("$http_upgrade"),
            "x-request-id", Set.of("$request_id"));

    private final List<List<Directive>> levels = new ArrayList<>();

    Settings(List<Directive> own, List<List<Directive>> around) {
        levels.add(own);
        levels.addAll(around);
        for (List<Directive> level : levels) {
            Directive.named(level, "proxy_http_version").forEach(Directive::take);
        }
    }

    /** Of the innermost level that has any. */
    private List<Directive> inner(String name) {
        for (List<Directive> level : levels) {
            List<Directive> found = Directive.named(level, name);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    Duration time(String name, Duration fallback) {
        List<Directive> found = inner(name);
        Duration time = found.isEmpty() ? null : parsed(found.get(0).arg(0));
        if (time != null) {
            found.get(0).take();
        }
        return time == null ? fallback : time;
    }

    /** The host that requests are sent with: a text, {@code ""} for the client's, null for that of the target. */
    @Nullable
    String host() {
        for (Directive one : inner("proxy_set_header")) {
            if (!one.arg(0).equalsIgnoreCase("host")) {
                continue;
            }
            boolean client = one.arg(1).startsWith("$host") || one.arg(1).startsWith("$http_host");
            boolean name = one.arg(1).matches("[A-Za-z0-9.-]+");
            // With a port behind it, it stays to be named.
            if (name || List.of("$host", "$http_host", "$proxy_host").contains(one.arg(1))) {
                one.take();
            }
            return client ? "" : name ? one.arg(1) : null;
        }
        return null;
    }

    HeaderRules headers() {
        Map<String, String> set = new LinkedHashMap<>();
        List<String> removed = new ArrayList<>();
        for (Directive one : inner("proxy_set_header")) {
            String name = one.arg(0).toLowerCase(Locale.ROOT);
            boolean hop = name.equals("connection") || name.equals("upgrade") || name.equals("host");
            if (OWN_HEADERS.getOrDefault(name, Set.of()).contains(one.arg(1))) {
                one.take();
            } else if (!hop && one.arg(1).isEmpty()) {
                removed.add(one.arg(0));
                one.take();
            } else if (!hop && !one.arg(1).contains("$")) {
                set.put(one.arg(0), one.arg(1));
                one.take();
            }
        }
        Map<String, String> added = new LinkedHashMap<>();
        for (Directive one : inner("add_header")) {
            boolean always = one.arg(2).equals("always");
            if (always && !one.arg(1).contains("$") && added.putIfAbsent(one.arg(0), one.arg(1)) == null) {
                one.take();
            }
        }
        HeaderRules.Edit request = new HeaderRules.Edit(set, Map.of(), removed);
        return new HeaderRules(request, new HeaderRules.Edit(Map.of(), added, List.of()));
    }

    PolicyDraft policy() {
        PolicyDraft policy = PolicyDraft.plain();
        List<Directive> found = inner("client_max_body_size");
        String text = found.isEmpty() ? "1m" : found.get(0).arg(0).toLowerCase(Locale.ROOT);
        if (text.matches("[0-9]{1,9}[kmg]?")) {
            int shift = text.endsWith("k") ? 10 : text.endsWith("m") ? 20 : text.endsWith("g") ? 30 : 0;
            long bytes = Long.parseLong(text.replaceAll("[kmg]", "")) << shift;
            found.forEach(Directive::take);
            if (bytes > 0) {
                policy.maxBody(new ByteSize(bytes));
            }
        }
        return policy;
    }

    /** Reads nginx's {@code 60s}, {@code 1m} and plain seconds. */
    private static @Nullable Duration parsed(String text) {
        return Times.parse(text.matches("[0-9]+") ? text + "s" : text);
    }
}
