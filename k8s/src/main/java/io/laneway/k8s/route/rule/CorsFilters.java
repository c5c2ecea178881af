package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPCORSFilter;
import io.laneway.router.policy.Cors;
import io.laneway.router.text.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CORS filter of an HTTPRoute (GEP-1767). The gateway speaks for the service, so that what the service says of
 * other origins is taken off. Stateless.
 */
final class CorsFilters {

    /** What the Gateway API says where nothing is said. */
    private static final int MAX_AGE = 5;

    /** What pages may do anyway, where nothing is said. */
    private static final List<String> SIMPLE = List.of("GET", "HEAD", "POST");

    private static final Pattern WILDCARD = Pattern.compile("://\\*(?=[.:]|$)");

    private CorsFilters() {}

    static Cors read(String path, HTTPCORSFilter filter, Verdict verdict) {
        List<String> origins = new ArrayList<>();
        for (String origin : filter.getAllowOrigins()) {
            String normal = normal(origin);
            if (normal == null) {
                verdict.unsupported(path + ".allowOrigins", "'" + origin + "' (expected: " + Origin.FORM + ")");
            } else {
                origins.add(normal);
            }
        }
        if (filter.getAllowOrigins().isEmpty()) {
            verdict.unsupported(path + ".allowOrigins", "none (expected: at least one)");
        }
        Integer age = filter.getMaxAge();
        return new Cors(
                origins,
                filter.getAllowMethods().isEmpty() ? SIMPLE : filter.getAllowMethods(),
                filter.getAllowHeaders(),
                Boolean.TRUE.equals(filter.getAllowCredentials()),
                Duration.ofSeconds(age == null ? MAX_AGE : Math.max(0, age)),
                filter.getExposeHeaders(),
                true);
    }

    /** As browsers send it, with a star in the place of its first labels where it has one; null if none has that form. */
    private static @Nullable String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        boolean wild = WILDCARD.matcher(lower).find();
        String normal = Origin.normal(WILDCARD.matcher(lower).replaceFirst("://any"));
        return normal == null || !wild ? normal : normal.replaceFirst("://any", "://*");
    }
}
