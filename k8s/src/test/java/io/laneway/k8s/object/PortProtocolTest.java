package io.laneway.k8s.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.laneway.router.model.service.Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortProtocolTest {

    @ParameterizedTest
    @CsvSource({
        "http, , HTTP1",
        "http-9000, , HTTP1",
        "http2-x, , H2C",
        "grpc-9001, , H2C",
        "grpc, , H2C",
        "grpc-web, , AUTO",
        "h2c, , H2C",
        "https-443, , HTTPS",
        "ws-chat, , HTTP1",
        "web, , AUTO",
        "'', , AUTO",
        "web, kubernetes.io/h2c, H2C",
        "web, kubernetes.io/ws, HTTP1",
        "web, kubernetes.io/wss, HTTPS",
        "web, http2, H2C",
        "web, GRPC, H2C",
        "tcp-db, http, HTTP1",
        "grpc-1, example.com/own, H2C",
    })
    void isThatOfTheAppProtocolElseOfTheNamesFirstWord(String name, @Nullable String app, Protocol expected) {
        assertThat(PortProtocol.of(new ServicePortBuilder()
                        .withName(name)
                        .withAppProtocol(app)
                        .withPort(1)
                        .withProtocol("TCP")
                        .build()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"http, , UDP", "tcp-db, , TCP", "mysql, , TCP", "tls, , TCP", "web, redis, TCP", "http, tcp, TCP"})
    void isNoneWhereNoGatewayCanServe(String name, @Nullable String app, String transport) {
        assertThat(PortProtocol.of(new ServicePortBuilder()
                        .withName(name)
                        .withAppProtocol(app)
                        .withPort(1)
                        .withProtocol(transport)
                        .build()))
                .isNull();
    }
}
