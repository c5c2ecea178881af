package io.laneway.gateway.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.telemetry.tracing.FinishedAttempt;
import io.laneway.gateway.telemetry.tracing.FinishedExchange;
import io.laneway.gateway.telemetry.tracing.TraceIds;
import io.laneway.gateway.telemetry.tracing.TracedRequest;
import io.laneway.router.decision.Reason;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.semconv.ClientAttributes;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.NetworkAttributes;
import io.opentelemetry.semconv.RpcAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import io.opentelemetry.semconv.ServiceAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import io.opentelemetry.semconv.UserAgentAttributes;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Names, kinds and attributes of spans against OpenTelemetry's published semantic conventions: each key of theirs exists in
 * them with its type, and what they require is there.
 */
class SemanticConventionsTest {

    private static final List<Class<?>> PUBLISHED = List.of(
            ClientAttributes.class,
            ErrorAttributes.class,
            HttpAttributes.class,
            NetworkAttributes.class,
            RpcAttributes.class,
            ServerAttributes.class,
            ServiceAttributes.class,
            UrlAttributes.class,
            UserAgentAttributes.class);

    private static final FinishedSpan.Source SOURCE =
            new FinishedSpan.Source(Resource.empty(), InstrumentationScopeInfo.empty());
    private static final SpanTimes TIMES = new SpanTimes(Clock.systemUTC(), System::nanoTime);

    private static Map<String, AttributeKey<?>> keys(Class<?> of) {
        Map<String, AttributeKey<?>> keys = new TreeMap<>();
        for (Field field : of.getDeclaredFields()) {
            if (AttributeKey.class.isAssignableFrom(field.getType())) {
                try {
                    field.setAccessible(true);
                    AttributeKey<?> key = (AttributeKey<?>) field.get(null);
                    keys.put(key.getKey(), key);
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return keys;
    }

    private static FinishedExchange exchange(String method, String route, boolean grpc, int status, int call) {
        return exchange(method, route, grpc, status, call, ResponseFlag.NONE);
    }

    private static FinishedExchange exchange(
            String method, String route, boolean grpc, int status, int call, ResponseFlag flag) {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        TracedRequest request = new TracedRequest(
                method,
                "/shop.Orders/Place",
                "/shop.Orders/Place",
                true,
                "[::1]:8443",
                "test/1",
                "192.0.2.1",
                peer,
                "HTTP/2",
                route,
                grpc,
                "orders",
                "f-1",
                "master",
                Reason.FALLBACK_ABSENT,
                3);
        FinishedAttempt attempt = new FinishedAttempt(
                3,
                0,
                "10.0.0.7:9001",
                "master",
                true,
                true,
                peer,
                1,
                2,
                status,
                status == 0 ? flag : ResponseFlag.NONE);
        return new FinishedExchange(
                new TraceIds(1, 2, 4, 5, false, ""), request, 0, 3, status, call, flag, status != 0, List.of(attempt));
    }

    private static FinishedSpan server(FinishedExchange exchange) {
        return ServerSpan.of(exchange, own(exchange), SOURCE, TIMES);
    }

    private static FinishedSpan client(FinishedExchange exchange) {
        return ClientSpan.of(exchange, exchange.attempts().get(0), own(exchange), SOURCE, TIMES);
    }

    @Test
    void eachKeyIsPublishedWithItsTypeOrALanesOwn() {
        Map<String, AttributeKey<?>> published = new TreeMap<>();
        PUBLISHED.forEach(each -> published.putAll(keys(each)));
        Map<String, AttributeKey<?>> ours = keys(Keys.class);
        assertThat(ours).hasSizeGreaterThan(25);
        ours.forEach((name, key) -> {
            if (!name.startsWith("laneway.")) {
                assertThat(published).containsEntry(name, key);
            }
        });
        assertThat(ours.keySet().stream().filter(name -> name.startsWith("laneway.")))
                .containsExactlyInAnyOrder(
                        "laneway.service",
                        "laneway.lane.requested",
                        "laneway.lane.served",
                        "laneway.decision",
                        "laneway.revision");
    }

    @Test
    void aServersSpanHasWhatIsRequired() {
        FinishedSpan span = server(exchange("GET", "/shop", false, 200, -1));
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getName()).isEqualTo("GET /shop");
        Attributes attributes = span.getAttributes();
        assertThat(attributes.get(HttpAttributes.HTTP_REQUEST_METHOD))
                .isEqualTo(HttpAttributes.HttpRequestMethodValues.GET);
        assertThat(attributes.get(UrlAttributes.URL_PATH)).isEqualTo("/shop.Orders/Place");
        assertThat(attributes.get(UrlAttributes.URL_SCHEME)).isEqualTo("https");
        assertThat(attributes.get(HttpAttributes.HTTP_ROUTE)).isEqualTo("/shop");
        assertThat(attributes.get(HttpAttributes.HTTP_RESPONSE_STATUS_CODE)).isEqualTo(200);
        assertThat(attributes.get(ServerAttributes.SERVER_ADDRESS)).isEqualTo("::1");
        assertThat(attributes.get(ServerAttributes.SERVER_PORT)).isEqualTo(8443);
        assertThat(attributes.get(ClientAttributes.CLIENT_ADDRESS)).isEqualTo("192.0.2.1");
        assertThat(attributes.get(NetworkAttributes.NETWORK_PEER_ADDRESS)).isEqualTo("127.0.0.1");
        assertThat(attributes.get(NetworkAttributes.NETWORK_PROTOCOL_VERSION)).isEqualTo("2");
        assertThat(attributes.get(UserAgentAttributes.USER_AGENT_ORIGINAL)).isEqualTo("test/1");
    }

    @Test
    void aClientsSpanHasWhatIsRequired() {
        FinishedSpan span = client(exchange("POST", "/shop", false, 200, -1));
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getName()).isEqualTo("POST");
        Attributes attributes = span.getAttributes();
        assertThat(attributes.get(HttpAttributes.HTTP_REQUEST_METHOD))
                .isEqualTo(HttpAttributes.HttpRequestMethodValues.POST);
        assertThat(attributes.get(UrlAttributes.URL_FULL)).isEqualTo("https://10.0.0.7:9001/shop.Orders/Place");
        assertThat(attributes.get(ServerAttributes.SERVER_ADDRESS)).isEqualTo("10.0.0.7");
        assertThat(attributes.get(ServerAttributes.SERVER_PORT)).isEqualTo(9001);
        assertThat(attributes.get(HttpAttributes.HTTP_REQUEST_RESEND_COUNT)).isNull();
    }

    @Test
    void aMethodThatIsNotKnownIsInNoName() {
        FinishedSpan span = server(exchange("BREW", "/shop", false, 200, -1));
        assertThat(span.getName()).isEqualTo("HTTP /shop");
        assertThat(span.getAttributes().get(HttpAttributes.HTTP_REQUEST_METHOD))
                .isEqualTo(HttpAttributes.HttpRequestMethodValues.OTHER);
        assertThat(span.getAttributes().get(HttpAttributes.HTTP_REQUEST_METHOD_ORIGINAL))
                .isEqualTo("BREW");
    }

    /** For a server 5xx alone are errors; for a client 4xx too. */
    @ParameterizedTest
    @CsvSource({
        "200, NONE, UNSET, UNSET",
        "404, NONE, UNSET, ERROR",
        "429, RL, UNSET, ERROR",
        "500, NONE, ERROR, ERROR",
        "504, UT, ERROR, ERROR",
        "0, DC, ERROR, ERROR",
        "200, UC, ERROR, UNSET",
        "200, FI, UNSET, UNSET"
    })
    void whatFailedHasItsType(int status, ResponseFlag flag, StatusCode ofServer, StatusCode ofClient) {
        FinishedExchange exchange = exchange("GET", null, false, status, -1, flag);
        FinishedSpan server = server(exchange);
        FinishedSpan client = client(exchange);
        assertThat(server.getStatus().getStatusCode()).isEqualTo(ofServer);
        assertThat(client.getStatus().getStatusCode()).isEqualTo(ofClient);
        String type = status >= 400 ? Integer.toString(status) : flag.word();
        assertThat(server.getAttributes().get(ErrorAttributes.ERROR_TYPE))
                .isEqualTo(ofServer == StatusCode.ERROR ? type : null);
        assertThat(client.getAttributes().get(ErrorAttributes.ERROR_TYPE))
                .isEqualTo(ofClient == StatusCode.ERROR ? type : null);
    }

    @ParameterizedTest
    @CsvSource({
        "0, OK, UNSET, UNSET",
        "1, CANCELLED, UNSET, ERROR",
        "2, UNKNOWN, ERROR, ERROR",
        "5, NOT_FOUND, UNSET, ERROR",
        "14, UNAVAILABLE, ERROR, ERROR",
        "16, UNAUTHENTICATED, UNSET, ERROR",
        "99, 99, ERROR, ERROR"
    })
    void aCallOfGrpcHasItsOwnNameAndStatus(int code, String name, StatusCode ofServer, StatusCode ofClient) {
        FinishedExchange exchange = exchange("POST", "/shop", true, 200, code);
        for (FinishedSpan span : List.of(server(exchange), client(exchange))) {
            assertThat(span.getName()).isEqualTo("shop.Orders/Place");
            assertThat(span.getAttributes().get(RpcAttributes.RPC_SYSTEM_NAME))
                    .isEqualTo(RpcAttributes.RpcSystemNameValues.GRPC);
            assertThat(span.getAttributes().get(RpcAttributes.RPC_METHOD)).isEqualTo("shop.Orders/Place");
            assertThat(span.getAttributes().get(RpcAttributes.RPC_STATUS_CODE)).isEqualTo(name);
        }
        assertThat(server(exchange).getStatus().getStatusCode()).isEqualTo(ofServer);
        assertThat(client(exchange).getStatus().getStatusCode()).isEqualTo(ofClient);
    }

    @ParameterizedTest
    @CsvSource({
        "q=1, q=1",
        "q=1&token=a&r=2, q=1&token=REDACTED&r=2",
        "X-Amz-Signature=a&AWSAccessKeyId=b&sig=c, X-Amz-Signature=REDACTED&AWSAccessKeyId=REDACTED&sig=REDACTED",
        "Password=&access_token=x%26y, Password=REDACTED&access_token=REDACTED",
        "token&a, token&a",
        "&&, &&"
    })
    void secretsInQueriesAreRedacted(String query, String shown) {
        assertThat(QueryText.redacted(query)).isEqualTo(shown);
    }

    private static SpanContext own(FinishedExchange exchange) {
        return SpanContexts.of(exchange.ids(), exchange.ids().span());
    }
}
