package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The expressions (CEL) of the Gateway API's definitions, in Java. Each says what is wrong with a value, null if nothing.
 * Stateless.
 */
final class SchemaRules {

    private static final Pattern TIME = Pattern.compile("([0-9]+)(h|ms|m|s)");
    private static final Pattern PATH = Pattern.compile("^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|.*:.*");

    private static final Map<String, Function<JsonNode, @Nullable String>> ALL = Map.ofEntries(
            Map.entry("parents", SchemaRules::parents),
            Map.entry("addresses", SchemaRules::addresses),
            Map.entry("listeners", SchemaRules::listeners),
            Map.entry("listenerTls", SchemaRules::listenerTls),
            Map.entry("statusAddress", SchemaRules::statusAddress),
            Map.entry("servicePort", SchemaRules::servicePort),
            Map.entry(
                    "mirror",
                    one -> one.has("percent") && one.has("fraction")
                            ? "Only one of percent or fraction may be specified"
                            : null),
            Map.entry(
                    "fraction",
                    one -> one.path("numerator").asInt()
                                    > one.path("denominator").asInt(100)
                            ? "numerator must be less than or equal to denominator"
                            : null),
            Map.entry("pathModifier", SchemaRules::pathModifier),
            Map.entry("filter", SchemaRules::filter),
            Map.entry("httpFilters", SchemaRules::httpFilters),
            Map.entry("httpRule", SchemaRules::httpRule),
            Map.entry("path", SchemaRules::path),
            Map.entry("timeouts", SchemaRules::timeouts),
            Map.entry("ruleNames", list -> unique(list, "name") ? null : "Rule name must be unique within the route"),
            Map.entry(
                    "grpcMethod",
                    one -> one.path("service").asText().isEmpty()
                                    && one.path("method").asText().isEmpty()
                            ? "One or both of 'service' or 'method' must be specified"
                            : null),
            Map.entry("targets", SchemaRules::targets),
            Map.entry("authorities", SchemaRules::authorities),
            Map.entry("alternativeName", SchemaRules::alternativeName));

    private SchemaRules() {}

    static @Nullable String problem(String rule, JsonNode value) {
        Function<JsonNode, @Nullable String> found = ALL.get(rule);
        if (found == null) {
            throw new IllegalArgumentException("rule " + rule);
        }
        return found.apply(value);
    }

    private static boolean unique(JsonNode list, String... fields) {
        Set<String> seen = new HashSet<>();
        for (JsonNode one : list) {
            StringBuilder key = new StringBuilder();
            for (String field : fields) {
                key.append(one.path(field).asText()).append('\n');
            }
            if ((fields.length > 1 || one.has(fields[0])) && !seen.add(key.toString())) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String parents(JsonNode list) {
        Map<String, Boolean> named = new TreeMap<>();
        for (JsonNode one : list) {
            String target = one.path("group").asText() + "/" + one.path("kind").asText() + "/"
                    + one.path("namespace").asText() + "/" + one.path("name").asText();
            boolean has = one.has("sectionName") || one.has("port");
            if (!named.computeIfAbsent(target, any -> has).equals(has)) {
                return "sectionName or port must be specified when parentRefs includes 2 or more references to the same"
                        + " parent";
            }
        }
        return unique(list, "group", "kind", "namespace", "name", "sectionName", "port")
                ? null
                : "sectionName or port must be unique when parentRefs includes 2 or more references to the same parent";
    }

    private static @Nullable String addresses(JsonNode list) {
        Set<String> seen = new HashSet<>();
        for (JsonNode one : list) {
            if (one.has("value")
                    && !seen.add(one.path("type").asText() + one.path("value").asText())) {
                return one.path("type").asText() + " values must be unique";
            }
        }
        return null;
    }

    private static @Nullable String listeners(JsonNode list) {
        for (JsonNode one : list) {
            String protocol = one.path("protocol").asText().toUpperCase(Locale.ROOT);
            String mode = one.path("tls").path("mode").asText();
            if (List.of("HTTP", "TCP", "UDP").contains(protocol) && one.has("tls")) {
                return "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']";
            }
            if (protocol.equals("HTTPS") && one.has("tls") && !mode.equals("Terminate")) {
                return "tls mode must be Terminate for protocol HTTPS";
            }
            if (protocol.equals("TLS") && mode.isEmpty()) {
                return "tls mode must be set for protocol TLS";
            }
            if (List.of("TCP", "UDP").contains(protocol) && one.has("hostname")) {
                return "hostname must not be specified for protocols ['TCP', 'UDP']";
            }
        }
        return unique(list, "port", "protocol", "hostname")
                ? null
                : "Combination of port, protocol and hostname must be unique for each listener";
    }

    private static @Nullable String listenerTls(JsonNode tls) {
        return tls.path("mode").asText().equals("Terminate")
                        && tls.path("certificateRefs").isEmpty()
                        && tls.path("options").isEmpty()
                ? "certificateRefs or options must be specified when mode is Terminate"
                : null;
    }

    private static @Nullable String statusAddress(JsonNode one) {
        boolean ip = NUMBERS.matcher(one.path("value").asText()).matches();
        return switch (one.path("type").asText()) {
            case "IPAddress" -> ip ? null : "must be an IP address";
            case "Hostname" -> ip ? "must be a host" : null;
            default -> null;
        };
    }

    private static @Nullable String servicePort(JsonNode ref) {
        return ref.path("group").asText().isEmpty() && ref.path("kind").asText().equals("Service") && !ref.has("port")
                ? "Must have port for Service reference"
                : null;
    }

    private static @Nullable String pathModifier(JsonNode one) {
        String type = one.path("type").asText();
        return one.has("replaceFullPath") == type.equals("ReplaceFullPath")
                        && one.has("replacePrefixMatch") == type.equals("ReplacePrefixMatch")
                ? null
                : "must be specified when type is set to its name, and not else";
    }

    private static @Nullable String filter(JsonNode one) {
        String type = one.path("type").asText();
        String field = type.equals("CORS")
                ? "cors"
                : type.equals("URLRewrite")
                        ? "urlRewrite"
                        : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        return one.size() == 2 && one.has(field)
                ? null
                : "filter." + field + " must be specified for " + type + " filter.type, and nothing else";
    }

    private static @Nullable String httpFilters(JsonNode list) {
        Set<String> seen = new HashSet<>();
        for (JsonNode one : list) {
            String type = one.path("type").asText();
            if (!List.of("RequestMirror", "ExtensionRef").contains(type) && !seen.add(type)) {
                return type + " filter cannot be repeated";
            }
        }
        return seen.contains("RequestRedirect") && seen.contains("URLRewrite")
                ? "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both"
                : null;
    }

    private static @Nullable String httpRule(JsonNode rule) {
        List<String> types = rule.path("filters").findValuesAsText("type");
        if (!rule.path("backendRefs").isEmpty() && types.contains("RequestRedirect")) {
            return "RequestRedirect filter must not be used together with backendRefs";
        }
        boolean replaces = types.contains("ReplacePrefixMatch");
        JsonNode matches = rule.path("matches");
        return replaces
                        && !(matches.size() == 1
                                && matches.get(0)
                                        .path("path")
                                        .path("type")
                                        .asText()
                                        .equals("PathPrefix"))
                ? "When using a filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified"
                : null;
    }

    private static @Nullable String path(JsonNode path) {
        String value = path.path("value").asText();
        if (path.path("type").asText().equals("RegularExpression")) {
            return null;
        }
        if (!value.startsWith("/")) {
            return "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']";
        }
        for (String part : List.of("//", "/./", "/../", "%2f", "%2F", "#")) {
            if (value.contains(part)) {
                return "must not contain '" + part + "' when type one of ['Exact', 'PathPrefix']";
            }
        }
        if (value.endsWith("/..") || value.endsWith("/.")) {
            return "must not end with '/..' or '/.' when type one of ['Exact', 'PathPrefix']";
        }
        return PATH.matcher(value).matches()
                ? null
                : "must only contain valid characters for types ['Exact', 'PathPrefix']";
    }

    private static @Nullable String timeouts(JsonNode times) {
        if (!times.has("request") || !times.has("backendRequest")) {
            return null;
        }
        Duration request = duration(times.get("request").asText());
        Duration backend = duration(times.get("backendRequest").asText());
        return !request.isZero() && backend.compareTo(request) > 0
                ? "backendRequest timeout cannot be longer than request timeout"
                : null;
    }

    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher parts = TIME.matcher(text);
        while (parts.find()) {
            String unit = parts.group(2).toUpperCase(Locale.ROOT);
            sum = sum.plus(
                    unit.equals("MS")
                            ? Duration.ofMillis(Long.parseLong(parts.group(1)))
                            : Duration.parse("PT" + parts.group(1) + unit));
        }
        return sum;
    }

    private static @Nullable String targets(JsonNode list) {
        Map<String, Boolean> named = new TreeMap<>();
        for (JsonNode one : list) {
            boolean has = one.has("sectionName");
            if (!named.computeIfAbsent(
                            one.path("kind").asText() + one.path("name").asText(), any -> has)
                    .equals(has)) {
                return "sectionName must be specified when targetRefs includes 2 or more references to the same target";
            }
        }
        return unique(list, "group", "kind", "name", "sectionName")
                ? null
                : "sectionName must be unique when targetRefs includes 2 or more references to the same target";
    }

    private static @Nullable String authorities(JsonNode validation) {
        boolean refs = !validation.path("caCertificateRefs").isEmpty();
        boolean known = validation.has("wellKnownCACertificates");
        return refs == known ? "must specify either CACertificateRefs or WellKnownCACertificates" : null;
    }

    private static @Nullable String alternativeName(JsonNode name) {
        boolean host = name.path("type").asText().equals("Hostname");
        return name.has("hostname") == host && name.has("uri") != host
                ? null
                : "SubjectAltName element must contain what its type says";
    }
}
