package io.laneway.router.route;

import io.laneway.router.carrier.Pairs;
import io.laneway.router.carrier.Percent;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.request.Matchable;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request must be like for a route that looks at more than host and path. Immutable; safe for many threads. */
final class MatchConditions {

    private record Header(HeaderName name, String value) {}

    private final @Nullable String method;
    private final int[] ports;
    private final List<Header> headers = new ArrayList<>();
    private final List<byte[]> parameters = new ArrayList<>();
    private final List<byte[]> parameterValues = new ArrayList<>();
    private final @Nullable MatchExpressions expressions;

    MatchConditions(RouteMatch match) {
        this.method = match.method();
        this.expressions = match.regex().isEmpty() ? null : new MatchExpressions(match.regex());
        this.ports = match.ports().stream().mapToInt(Integer::intValue).toArray();
        match.headers().forEach((name, value) -> headers.add(new Header(HeaderName.of(name), value)));
        match.query().forEach((name, value) -> {
            parameters.add(bytes(name));
            parameterValues.add(bytes(value));
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    boolean hold(Matchable request, Slice target) {
        if (ports.length > 0 && !comesIn(request.port())) {
            return false;
        }
        Slice value = new Slice();
        if (method != null) {
            request.method(value);
            if (!method.contentEquals(value)) {
                return false;
            }
        }
        for (Header header : headers) {
            if (!request.header(header.name(), value) || !value.toString().equals(header.value())) {
                return false;
            }
        }
        return (parameters.isEmpty() || asked(target, value))
                && (expressions == null || expressions.hold(request, target));
    }

    private boolean comesIn(int at) {
        for (int port : ports) {
            if (port == at) {
                return true;
            }
        }
        return at == Matchable.ANY_PORT;
    }

    private boolean asked(Slice target, Slice value) {
        Percent percent = new Percent();
        for (int i = 0; i < parameters.size(); i++) {
            if (!Pairs.query(target, parameters.get(i), value)) {
                return false;
            }
            percent.decode(value, true);
            if (!same(value, parameterValues.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Slice value, byte[] wanted) {
        return Arrays.equals(value.array(), value.offset(), value.offset() + value.length(), wanted, 0, wanted.length);
    }
}
