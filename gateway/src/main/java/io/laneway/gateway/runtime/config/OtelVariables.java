package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.OtlpConfig.Protocol;
import io.laneway.gateway.runtime.config.TracingConfig.Propagation;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code OTEL_*} variables that stand for what {@code tracing} does not say. Other programs read them too, so that one
 * that cannot be used is logged and passed over, as OpenTelemetry's specification wants it. Immutable.
 */
final class OtelVariables {

    private static final Logger log = LoggerFactory.getLogger(OtelVariables.class);
    static final String EXPORTER = "OTEL_EXPORTER_OTLP_";
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Map<String, String> variables;

    OtelVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Whether they switch spans off for all programs. */
    boolean off() {
        return "true".equalsIgnoreCase(text("OTEL_SDK_DISABLED")) || "none".equals(text("OTEL_TRACES_EXPORTER"));
    }

    private @Nullable String text(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.trim();
    }

    /** Of the exporter: what is for spans alone goes before what is for all. */
    @Nullable
    String exporter(String name) {
        String own = text(EXPORTER + "TRACES_" + name);
        return own == null ? text(EXPORTER + name) : own;
    }

    private <T> @Nullable T read(String name, @Nullable String value, String expected, Function<String, T> reader) {
        if (value == null) {
            return null;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("variable", name)
                    .addKeyValue("expected", expected)
                    .log("a variable of OpenTelemetry is passed over");
            return null;
        }
    }

    Protocol protocol() {
        Protocol protocol = read(EXPORTER + "PROTOCOL", exporter("PROTOCOL"), "grpc or http/protobuf", word -> {
            for (Protocol each : Protocol.values()) {
                if (each.word().equals(word)) {
                    return each;
                }
            }
            throw new IllegalArgumentException(word);
        });
        return protocol == null ? Protocol.HTTP : protocol;
    }

    URI endpoint(Protocol protocol) {
        URI own = read(
                EXPORTER + "TRACES_ENDPOINT",
                text(EXPORTER + "TRACES_ENDPOINT"),
                "http://host:port",
                OtelVariables::uri);
        if (own != null) {
            return own;
        }
        URI all = read(EXPORTER + "ENDPOINT", text(EXPORTER + "ENDPOINT"), "http://host:port", OtelVariables::uri);
        return OtlpConfig.traces(all == null ? URI.create("http://localhost:" + protocol.port()) : all, protocol);
    }

    /** @throws IllegalArgumentException if it is none of a web server */
    static URI uri(String text) {
        URI uri = URI.create(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    Map<String, String> headers() {
        return pairs(EXPORTER + "HEADERS", exporter("HEADERS"));
    }

    int timeoutMillis() {
        return number(EXPORTER + "TIMEOUT", exporter("TIMEOUT"), TIMEOUT_MILLIS);
    }

    boolean gzip() {
        return "gzip".equals(exporter("COMPRESSION"));
    }

    /** What the program is called, and what else is said of it. */
    Map<String, String> resource() {
        Map<String, String> resource =
                new LinkedHashMap<>(pairs("OTEL_RESOURCE_ATTRIBUTES", text("OTEL_RESOURCE_ATTRIBUTES")));
        String name = text("OTEL_SERVICE_NAME");
        if (name != null) {
            resource.put("service.name", name);
        }
        return resource;
    }

    private Map<String, String> pairs(String name, @Nullable String value) {
        Map<String, String> pairs = read(name, value, "key=value,key=value", text -> {
            Map<String, String> read = new LinkedHashMap<>();
            for (String pair : text.split(",", -1)) {
                int equals = pair.indexOf('=');
                if (!pair.isBlank() && equals < 1) {
                    throw new IllegalArgumentException(name);
                }
                if (!pair.isBlank()) {
                    read.put(
                            pair.substring(0, equals).trim(),
                            decoded(pair.substring(equals + 1).trim()));
                }
            }
            return read;
        });
        return pairs == null ? Map.of() : pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    TracingConfig.Sampler sampler() {
        TracingConfig.Sampler sampler = read("OTEL_TRACES_SAMPLER", text("OTEL_TRACES_SAMPLER"), "a sampler", word -> {
            String plain = word.toLowerCase(Locale.ROOT);
            boolean parent = plain.startsWith("parentbased_");
            double ratio = switch (parent ? plain.substring("parentbased_".length()) : plain) {
                case "always_on" -> 1;
                case "always_off" -> 0;
                case "traceidratio" -> ratio();
                default -> throw new IllegalArgumentException(word);
            };
            return new TracingConfig.Sampler(ratio, parent, Set.of());
        });
        return sampler == null ? TracingConfig.Sampler.DEFAULT : sampler;
    }

    private double ratio() {
        Double ratio = read("OTEL_TRACES_SAMPLER_ARG", text("OTEL_TRACES_SAMPLER_ARG"), "0 to 1", text -> {
            double read = Double.parseDouble(text);
            if (!(read >= 0 && read <= 1)) {
                throw new IllegalArgumentException(text);
            }
            return read;
        });
        return ratio == null ? 1 : ratio;
    }

    List<Propagation> propagators() {
        String all = text("OTEL_PROPAGATORS");
        if (all == null) {
            return List.of(Propagation.TRACECONTEXT);
        }
        List<Propagation> propagators = new ArrayList<>();
        for (String word : all.split(",", -1)) {
            String plain = word.trim().toLowerCase(Locale.ROOT);
            boolean passes = plain.equals("baggage") || plain.equals("none");
            Propagation one = passes
                    ? null
                    : read(
                            "OTEL_PROPAGATORS",
                            plain.toUpperCase(Locale.ROOT),
                            "tracecontext, b3, b3multi",
                            Propagation::valueOf);
            if (one != null && !propagators.contains(one)) {
                propagators.add(one);
            }
        }
        return propagators;
    }

    TracingConfig.Batch batch() {
        TracingConfig.Batch usual = TracingConfig.Batch.DEFAULT;
        return new TracingConfig.Batch(
                number("OTEL_BSP_SCHEDULE_DELAY", text("OTEL_BSP_SCHEDULE_DELAY"), usual.delayMillis()),
                number("OTEL_BSP_MAX_QUEUE_SIZE", text("OTEL_BSP_MAX_QUEUE_SIZE"), usual.queue()),
                number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", text("OTEL_BSP_MAX_EXPORT_BATCH_SIZE"), usual.size()),
                number("OTEL_BSP_EXPORT_TIMEOUT", text("OTEL_BSP_EXPORT_TIMEOUT"), usual.timeoutMillis()));
    }

    private int number(String name, @Nullable String value, int otherwise) {
        Integer number = read(name, value, "a number >= 1", text -> {
            int read = Integer.parseInt(text);
            if (read < 1) {
                throw new IllegalArgumentException(text);
            }
            return read;
        });
        return number == null ? otherwise : number;
    }
}
