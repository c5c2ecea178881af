package io.laneway.gateway.traffic.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests over connections whose server name belongs to another listener of the port. */
class MisdirectionIT {

    private static final TestTls TLS = TestTls.make().issue("gateway", "CN=gateway", "a.test", "w.test");

    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.saying("served");
        gateway = TestGateway.over(
                Tables.read("services: [{name: order, deployments: [{lane: master, endpoints: ['127.0.0.1:"
                        + upstream.port() + "']}]}]\n"
                        + "routes:\n"
                        + "  - {hosts: [a.test, second.test, '*.w.test', fourth.w.test], service: order}\n"
                        + "  - {hosts: [moved.test], redirect: {host: a.test}}\n"
                        // what listeners with hostnames get, beside one without
                        + "  - {hosts: [second.test, moved.test], match: {tls: true}}\n"
                        + "  - {hosts: ['*.w.test'], match: {tls: true}}\n"
                        + "  - {hosts: [fourth.w.test], match: {tls: true}}\n"
                        + "  - {hosts: [other-port.test], match: {tls: true, ports: [1]}}\n"
                        + "  - {hosts: [passed.test], match: {tls: true}, services: [{address: 'localhost:1'}]}\n"),
                config -> TestTls.addListener(config, "tls", TLS.tls(null, Version.V1_2, "gateway")));
    }

    @AfterAll
    static void close() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "a.test,        a.test,          200",
        "a.test,        second.test,     421",
        "a.test,        unknown.test,    404",
        "a.test,        other-port.test, 404",
        "a.test,        moved.test,      421",
        "a.test,        passed.test,     421",
        "second.test,   second.test,     200",
        "second.test,   SECOND.test:443, 200",
        "SECOND.test,   second.test.,    200",
        "second.test,   a.test,          421",
        "second.test,   unknown.test,    421",
        "third.w.test,  third.w.test,    200",
        "third.w.test,  fifth.w.test,    200",
        "third.w.test,  fourth.w.test,   421",
        "third.w.test,  second.test,     421",
        "fourth.w.test, fourth.w.test,   200",
        "fourth.w.test, fifth.w.test,    421",
        "unknown.test,  a.test,          200",
        "unknown.test,  unknown.test,    404",
        "moved.test,    moved.test,      302",
    })
    void aRequestHasToBeForTheListenerOfItsConnection(String name, String host, int status) throws IOException {
        assertThat(ask(name, host)).isEqualTo(status);
    }

    @Test
    void aConnectionThatNamesNoServerIsForAll() throws IOException {
        assertThat(ask(null, "second.test")).isEqualTo(200);
        assertThat(ask(null, "a.test")).isEqualTo(200);
    }

    @Test
    void aConnectionOfManyRequestsStaysUsable() throws IOException {
        try (RawClient client = RawClient.over(connect("second.test"))) {
            assertThat(send(client, "a.test")).isEqualTo(421);
            assertThat(send(client, "second.test")).isEqualTo(200);
        }
    }

    @Test
    void inTheClearNothingIsMisdirected() {
        try (RawClient client = gateway.client()) {
            assertThat(send(client, "second.test")).isEqualTo(200);
        }
        TestGateway.noneLost();
    }

    private static int ask(String name, String host) throws IOException {
        try (RawClient client = RawClient.over(connect(name))) {
            return send(client, host);
        }
    }

    private static int send(RawClient client, String host) {
        return client.send("GET / HTTP/1.1\nHost: " + host + "\n\n").response().status();
    }

    private static SSLSocket connect(String name) {
        return TLS.connect(gateway.port("tls"), parameters -> {
            if (name != null) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
        });
    }
}
