package io.laneway.router.route;

import com.google.re2j.Pattern;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.carrier.Percent;
import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.request.Matchable;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a route that has some. Each match allocates: only requests that come as far as such a route pay for it.
 * Immutable; safe for many threads.
 */
final class MatchExpressions {

    private record Header(HeaderName name, Pattern pattern) {}

    /** A query parameter; its name as it comes, not decoded. */
    private static final class Parameter {
        private final byte[] name;
        private final Pattern pattern;

        Parameter(String name, String expression) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.pattern = Pattern.compile(expression);
        }
    }

    private final @Nullable Pattern path;
    private final List<Header> headers = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();

    MatchExpressions(RouteExpressions regex) {
        String whole = regex.path();
        this.path = whole == null ? null : Pattern.compile(whole);
        regex.headers()
                .forEach((name, expression) ->
                        headers.add(new Header(HeaderName.of(name), Pattern.compile(expression))));
        regex.query().forEach((name, expression) -> parameters.add(new Parameter(name, expression)));
    }

    boolean hold(Matchable request, Slice target) {
        Slice value = new Slice();
        if (path != null) {
            value.set(target.array(), target.offset(), RequestTarget.pathLength(target));
            if (!path.matches(value.toString())) {
                return false;
            }
        }
        for (Header header : headers) {
            if (!request.header(header.name(), value) || !header.pattern().matches(value.toString())) {
                return false;
            }
        }
        return parameters.isEmpty() || asked(target, value);
    }

    private boolean asked(Slice target, Slice value) {
        Percent percent = new Percent();
        for (Parameter parameter : parameters) {
            if (!Pairs.query(target, parameter.name, value)) {
                return false;
            }
            percent.decode(value, true);
            if (!parameter.pattern.matches(value.toString())) {
                return false;
            }
        }
        return true;
    }
}
