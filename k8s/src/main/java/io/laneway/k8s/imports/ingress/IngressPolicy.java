package io.laneway.k8s.imports.ingress;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.table.CorsFit;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Sticky;
import io.laneway.router.unit.ByteSize;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What annotations say that a table has in a service's policy. The defaults are the controller's. */
final class IngressPolicy {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kKmMgG]?)");
    private static final Set<Retries.On> ON =
            EnumSet.of(Retries.On.CONNECT_FAILURE, Retries.On.REFUSED_STREAM, Retries.On.RESET_BEFORE_RESPONSE);
    private static final int TRIES = 3;
    private static final int BURST = 5;
    private static final String CORS_METHODS = "GET, PUT, POST, DELETE, PATCH, OPTIONS";
    private static final String CORS_HEADERS = "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,"
            + "Cache-Control,Content-Type,Range,Authorization";

    private IngressPolicy() {}

    /** Of requests. */
    static Policy rule(Annotations of, Report report) {
        PolicyDraft policy = PolicyDraft.plain();
        body(of, policy);
        retries(of, policy);
        rate(of, policy);
        if (of.isTrue("enable-cors")) {
            cors(of, policy, report);
        }
        if ("cookie".equals(of.peek("affinity"))) {
            sticky(of, policy);
        }
        hash(of, policy);
        return policy.policy();
    }

    /** Of endpoints. */
    static Policy upstream(Annotations of) {
        Integer connect = of.number("proxy-connect-timeout");
        PolicyDraft policy = PolicyDraft.plain().connect(Duration.ofSeconds(connect == null ? 5 : connect));
        if ("round_robin".equals(of.peek("load-balance"))) {
            of.take("load-balance");
        }
        if (of.peek("upstream-hash-by") != null) {
            policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, ""));
        }
        return policy.policy();
    }

    /** Until the response: the controller's time between two reads, the first of which is of its head. */
    static Duration timeout(Annotations of) {
        Integer seconds = of.number("proxy-read-timeout");
        if ("60".equals(of.peek("proxy-send-timeout"))) {
            of.take("proxy-send-timeout");
        }
        return Duration.ofSeconds(seconds == null ? 60 : seconds);
    }

    private static void body(Annotations of, PolicyDraft policy) {
        String text = of.peek("proxy-body-size");
        Matcher size = SIZE.matcher(text == null ? "1m" : text);
        if (!size.matches()) {
            return;
        }
        of.take("proxy-body-size");
        long bytes = Long.parseLong(size.group(1))
                << switch (size.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    default -> 0;
                };
        if (bytes > 0) {
            policy.maxBody(new ByteSize(bytes));
        }
    }

    private static void retries(Annotations of, PolicyDraft policy) {
        Integer tries = of.number("proxy-next-upstream-tries");
        String words = of.peek("proxy-next-upstream");
        Set<Retries.On> on = EnumSet.noneOf(Retries.On.class);
        for (String word : (words == null ? "error timeout" : words).trim().split("\\s+")) {
            switch (word) {
                case "error", "timeout" -> on.addAll(ON);
                case "http_502" -> on.add(Retries.On.STATUS_502);
                case "http_503" -> on.add(Retries.On.STATUS_503);
                case "http_504" -> on.add(Retries.On.STATUS_504);
                case "off" -> on.clear();
                default -> {
                    return;
                }
            }
        }
        of.take("proxy-next-upstream");
        int max = tries == null ? TRIES - 1 : Math.max(0, tries - 1);
        policy.retries(new Retries(
                on.isEmpty() ? 0 : max, on, Retries.Methods.IDEMPOTENT, Retries.DEFAULT.budget(), null, false));
    }

    private static void rate(Annotations of, PolicyDraft policy) {
        Integer second = of.number("limit-rps");
        Integer minute = second == null ? of.number("limit-rpm") : null;
        Integer requests = second == null ? minute : second;
        if (requests != null && requests > 0) {
            Integer times = of.number("limit-burst-multiplier");
            policy.rate(new Rate(
                    requests,
                    second == null ? Duration.ofMinutes(1) : Duration.ofSeconds(1),
                    requests * (times == null ? BURST : Math.max(1, times)),
                    Rate.Key.SOURCE,
                    ""));
        }
    }

    private static void cors(Annotations of, PolicyDraft policy, Report report) {
        Integer age = of.number("cors-max-age");
        boolean without = "false".equals(of.peek("cors-allow-credentials"));
        if (without || "true".equals(of.peek("cors-allow-credentials"))) {
            of.take("cors-allow-credentials");
        }
        Cors read = new Cors(
                list(of.take("cors-allow-origin"), "*"),
                list(of.take("cors-allow-methods"), CORS_METHODS),
                list(of.take("cors-allow-headers"), CORS_HEADERS),
                !without,
                Duration.ofSeconds(age == null ? 1_728_000 : age));
        policy.cors(CorsFit.of(read, of.location("enable-cors"), report));
        report.differs(
                of.location("enable-cors"),
                "preflights are answered, and responses of the service get no headers of CORS",
                "a service that says its own");
    }

    private static List<String> list(@Nullable String text, String fallback) {
        return List.of((text == null ? fallback : text).trim().split("\\s*,\\s*"));
    }

    private static void sticky(Annotations of, PolicyDraft policy) {
        of.take("affinity");
        String cookie = of.take("session-cookie-name");
        Integer age = of.number("session-cookie-max-age");
        Integer expires = of.number("session-cookie-expires");
        Integer seconds = age == null ? expires : age;
        policy.sticky(new Sticky(
                cookie == null ? "INGRESSCOOKIE" : cookie,
                seconds == null || seconds == 0 ? null : Duration.ofSeconds(seconds)));
    }

    private static void hash(Annotations of, PolicyDraft policy) {
        String by = of.peek("upstream-hash-by");
        if (by == null) {
            return;
        }
        Balancer balancer = switch (by.replaceAll("_.*", "")) {
            case "$remote", "$binary" -> new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, "");
            case "$http" ->
                new Balancer(
                        Balancer.Kind.RING_HASH,
                        Balancer.Key.HEADER,
                        by.substring(6).replace('_', '-'));
            case "$cookie" -> new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.COOKIE, by.substring(8));
            default -> null;
        };
        if (balancer != null) {
            of.take("upstream-hash-by");
            policy.balancer(balancer);
        }
    }
}
