package io.laneway.router.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.text.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that look at requests by regular expressions. */
class MatchExpressionsTest {

    private static final ServiceId EXACT = ServiceId.of("exact");
    private static final ServiceId LONG = ServiceId.of("long");
    private static final ServiceId SHORT = ServiceId.of("short");
    private static final ServiceId PREFIX = ServiceId.of("prefix");
    private static final ServiceId HEADER = ServiceId.of("header");
    private static final RouteMap ROUTES = RouteMap.of(
            List.of(
                    new Route(List.of(), "/v1", PREFIX, false),
                    route("/", SHORT, new RouteExpressions("/v[0-9]+/.*", Map.of(), Map.of())),
                    route("/", LONG, new RouteExpressions("/v[0-9]+/order/[a-z]+", Map.of(), Map.of())),
                    new Route(
                            List.of(),
                            "/v1/order/a",
                            EXACT,
                            false,
                            new RouteMatch(true, null, Map.of(), Map.of()),
                            RouteAction.FORWARD),
                    route("/h", HEADER, new RouteExpressions(null, Map.of("x-a", "a|b+"), Map.of("q", "[0-9 ]+")))),
            Map.of(EXACT, 0, LONG, 1, SHORT, 2, PREFIX, 3, HEADER, 4));

    private static Route route(String path, ServiceId service, RouteExpressions regex) {
        return new Route(
                List.of(),
                path,
                service,
                false,
                new RouteMatch(false, null, Map.of(), Map.of(), List.of(), false, regex),
                RouteAction.FORWARD);
    }

    private static String service(String target, String header) {
        RequestDraft request = new RequestDraft("shop.test", "/");
        request.header("x-a", header);
        CompiledRoute found = ROUTES.get(Slice.of("shop.test"), Slice.of(target), request);
        return found == null ? "none" : String.valueOf(found.route().service());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/order/a,      exact",
        "/v1/order/b,      long",
        "/v1/order/b?x=/,  long",
        "/v1/order/1,      short",
        "/v22/x,           short",
        "/v1,              prefix",
        "/w/v1/x,          none",
        "/v1x/x,           none"
    })
    void anExpressionIsForTheWholePathBehindExactPathsAndBeforePrefixes(String target, String service) {
        assertThat(service(target, "")).isEqualTo(service);
    }

    @Test
    void headersAndParametersMatchAsAWhole() {
        assertThat(service("/h?q=1+2", "bb")).isEqualTo("header");
        assertThat(service("/h?q=1%202", "a")).isEqualTo("header");
        assertThat(service("/h?q=x1", "a")).isEqualTo("none");
        assertThat(service("/h", "a")).isEqualTo("none");
        assertThat(service("/h?q=1", "ab")).isEqualTo("none");
        assertThat(service("/h?q=1", "ba")).isEqualTo("none");
    }

    /** What takes a backtracking engine longer than the universe has. */
    @Test
    void timeGrowsWithTheRequestAlone() {
        RouteMap evil = RouteMap.of(
                List.of(route("/", LONG, new RouteExpressions("/(a+)+b|/(a|a)*c|/(.*a){20}z", Map.of(), Map.of()))),
                Map.of(LONG, 0));
        Slice target = Slice.of("/" + "a".repeat(8000));
        long began = System.nanoTime();
        assertThat(evil.get(Slice.of("shop.test"), target, new RequestDraft("shop.test", "/")))
                .isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNoExpressionIsRefused() {
        assertThatThrownBy(() -> new RouteExpressions("/a(", Map.of(), Map.of()))
                .hasMessage("regex: path: missing closing ) (expected: an expression of RE2)");
        assertThatThrownBy(() -> new RouteExpressions(null, Map.of("x", "(?=a)"), Map.of()))
                .hasMessageContaining("regex: headers: ");
        assertThatThrownBy(() -> new RouteExpressions(null, Map.of(), Map.of("x", "a".repeat(1025))))
                .hasMessage("regex: query: 1025 characters (expected: at most 1024)");
        assertThatThrownBy(() -> route("/a", LONG, new RouteExpressions("/.*", Map.of(), Map.of())))
                .hasMessageContaining("regex.path, beside a path");
    }
}
