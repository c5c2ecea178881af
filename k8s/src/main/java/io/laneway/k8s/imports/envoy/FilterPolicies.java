package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.CorsFit;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.model.LaneTable;
import io.laneway.router.policy.Compression;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Rate;
import io.laneway.router.unit.ByteSize;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP filters that a table says as the policy of a service: CORS, faults, sizes of bodies, local rates, compression,
 * gRPC-Web. Every other filter stays to be named. Confined to one thread.
 */
final class FilterPolicies {

    private final Report report;

    FilterPolicies(Report report) {
        this.report = report;
    }

    /** Filters of a whole listener. */
    void listener(List<Tracked> filters, PolicyDraft policy) {
        for (Tracked filter : filters) {
            Tracked config = filter.has("typed_config") ? filter.at("typed_config") : filter.at("config");
            String kind = kind(filter.peek("name"), config);
            if ("true".equals(filter.peek("disabled"))) {
                filter.take();
            } else if (kind.equals("router") || kind.equals("cors")) {
                named(filter, config);
            } else if (kind.equals("grpc_web")) {
                policy.grpcWeb();
                named(filter, config);
            } else if (config != null && read(kind, config, policy, filter)) {
                named(filter, config);
            }
        }
    }

    /** The filter that each listener has, in front of rules that none of the others is for. */
    static void router(List<Tracked> filters) {
        for (Tracked filter : filters) {
            Tracked config = filter.at("typed_config");
            if (kind(filter.peek("name"), config).equals("router")) {
                named(filter, config);
            }
        }
    }

    /** Settings of filters at a virtual host or route, by the filter's name. */
    void of(Tracked place, PolicyDraft policy) {
        for (Map.Entry<String, Tracked> one :
                place.members("typed_per_filter_config").entrySet()) {
            Tracked config = one.getValue();
            String kind = kind(one.getKey(), config);
            Tracked inner = kind.equals("buffer") && config.has("buffer") ? config.at("buffer") : config;
            if (inner != null && read(kind, inner, policy, config)) {
                config.ignore("@type");
            }
        }
        Tracked cors = place.has("cors") ? place.at("cors") : place.at("route", "cors");
        if (cors != null) {
            cors(cors, policy);
        }
    }

    private static void named(Tracked filter, @Nullable Tracked config) {
        filter.ignore("name", "disabled");
        if (config != null) {
            config.ignore("@type");
        }
    }

    static String kind(@Nullable String name, @Nullable Tracked config) {
        String type = config == null ? null : config.peek("@type");
        String typed = type == null ? "" : type.replaceAll(".*filters\\.http\\.([a-z0-9_]+)\\..*", "$1");
        return typed.isEmpty() || typed.equals(type)
                ? String.valueOf(name).replaceAll("^envoy\\.(filters\\.http\\.)?", "")
                : typed;
    }

    /** Reads a filter of which a table has the like; false if it has not. */
    private boolean read(String kind, Tracked config, PolicyDraft policy, Tracked at) {
        return switch (kind) {
            case "cors" -> cors(config, policy);
            case "fault" -> fault(config, policy);
            case "buffer" -> buffer(config, policy);
            case "local_ratelimit" -> rate(config, policy, at);
            case "compressor" -> compressor(config, policy);
            default -> false;
        };
    }

    private static boolean buffer(Tracked config, PolicyDraft policy) {
        String bytes = config.text("max_request_bytes");
        if (bytes != null) {
            policy.maxBody(new ByteSize(Long.parseLong(bytes)));
        }
        return bytes != null;
    }

    private boolean cors(Tracked config, PolicyDraft policy) {
        List<String> origins = new ArrayList<>();
        for (Tracked origin : config.items("allow_origin_string_match")) {
            String exact = origin.text("exact");
            String prefix = origin.peek("prefix");
            if (exact != null) {
                origins.add(exact);
            } else if ("".equals(prefix)
                    || "*".equals(prefix)
                    || List.of(".*", "\\*", "*").contains(String.valueOf(origin.peek("safe_regex", "regex")))) {
                origins.add("*");
                origin.ignore("prefix");
                origin.text("safe_regex", "regex");
            }
        }
        config.items("allow_origin").forEach(origin -> origins.add(origin.text()));
        if (origins.isEmpty()) {
            return false;
        }
        String methods = config.text("allow_methods");
        String headers = config.text("allow_headers");
        String age = config.peek("max_age");
        if (age != null && age.matches("[0-9]{1,9}")) {
            config.text("max_age");
        }
        config.takeIf("false", "allow_credentials");
        Cors read = new Cors(
                origins,
                list(methods),
                list(headers),
                config.takeIf("true", "allow_credentials"),
                age != null && age.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(age)) : Duration.ZERO);
        policy.cors(CorsFit.of(read, config.location(), report));
        return true;
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.trim().split("\\s*,\\s*"));
    }

    private boolean fault(Tracked config, PolicyDraft policy) {
        if (config.has("headers") || config.has("upstream_cluster") || config.has("downstream_nodes")) {
            return false;
        }
        Share delayed = Actions.share(config.at("delay", "percentage"));
        Share aborted = Actions.share(config.at("abort", "percentage"));
        Duration delay = delayed == null ? null : Times.take(config, "delay", "fixed_delay");
        boolean both = delay != null && aborted != null && !aborted.equals(delayed);
        Tracked abort = config.at("abort");
        if (both && abort != null) {
            abort.refuse(report, "an abort of another share than the delay", "one share");
        }
        String status = aborted == null || both ? null : config.text("abort", "http_status");
        if (delay == null && status == null) {
            return false;
        }
        Share share = delay != null && delayed != null ? delayed : aborted == null ? Share.ALL : aborted;
        policy.fault(new Fault(LaneTable.DEFAULT_BASE, delay, status == null ? 0 : Integer.parseInt(status), share));
        return true;
    }

    private boolean rate(Tracked config, PolicyDraft policy, Tracked at) {
        Tracked bucket = config.at("token_bucket");
        // Without these the filter counts, and refuses nothing.
        Share enabled = Actions.share(config.at("filter_enabled", "default_value"));
        Share enforced = Actions.share(config.at("filter_enforced", "default_value"));
        Duration per = bucket == null ? null : Times.take(bucket, "fill_interval");
        if (bucket == null || per == null || !Share.ALL.equals(enabled) || !Share.ALL.equals(enforced)) {
            return false;
        }
        config.ignore("stat_prefix");
        config.text("filter_enabled", "runtime_key");
        config.text("filter_enforced", "runtime_key");
        int most = EndpointPolicy.number(bucket, 1, "max_tokens");
        int fill = EndpointPolicy.number(bucket, 1, "tokens_per_fill");
        policy.rate(new Rate(fill, per, most, Rate.Key.LANE, ""));
        report.differs(at.location(), "a local rate", "one bucket for each lane of a service");
        return true;
    }

    private static boolean compressor(Tracked config, PolicyDraft policy) {
        String library = config.peek("compressor_library", "typed_config", "@type");
        Tracked common = config.at("response_direction_config", "common_config");
        if (library == null || !library.endsWith("Gzip")) {
            return false;
        }
        Tracked gzip = config.at("compressor_library");
        if (gzip != null) {
            gzip.ignore("name", "@type");
            Tracked typed = gzip.at("typed_config");
            if (typed != null) {
                // How hard it works changes the length of what clients get, not what they read.
                typed.ignore(
                        "@type",
                        "memory_level",
                        "window_bits",
                        "compression_level",
                        "compression_strategy",
                        "chunk_size");
            }
        }
        List<String> types = new ArrayList<>();
        int size = 30;
        if (common != null) {
            common.items("content_type").forEach(type -> types.add(type.text()));
            size = EndpointPolicy.number(common, size, "min_content_length");
        }
        policy.compression(new Compression(types.isEmpty() ? Compression.TYPES : types, new ByteSize(size)));
        return true;
    }
}
