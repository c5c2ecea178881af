package io.laneway.gateway.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.upstream.pool.EndpointReports;
import io.laneway.router.model.service.Protocol;
import io.laneway.testkit.LogCapture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that do not keep to the letter of HTTP/1.1: what has one meaning is passed on plainly, the rest is named. */
class OddEndpointsIT {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n";

    /** An endpoint that answers each request with these bytes and keeps its connections. */
    private static Upstream responding(String bytes) {
        return Upstream.scripted(conversation -> {
            while (conversation.read() != null) {
                conversation.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
    }

    private static TestGateway over(Upstream upstream) {
        return TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHUNKED + "Content-Length: 99\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                OK + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                OK + "Content-Length: 3, 3\r\n\r\nabc",
                CHUNKED + "\r\n3  \r\nabc\r\n0\r\n\r\n",
                CHUNKED + "\r\n3\r\nabc\r\n0\t\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
                OK + "X: y\nContent-Length: 3\r\n\r\nabc",
                OK + "Content-Length: 3\r\n\nabc",
                CHUNKED + "\r\n3\r\nabc\r\n0\r\nX: y\n\r\n",
                "HTTP/1.1 103 Early Hints\n\n" + OK + "Content-Length: 3\r\n\r\nabc",
            })
    void theClientGetsItPlainlyAndTheConnectionIsNotUsedAgain(String bytes) {
        try (Upstream upstream = responding(bytes);
                TestGateway gateway = over(upstream);
                RawClient client = gateway.client()) {
            for (int i = 1; i <= 2; i++) {
                client.send("GET / HTTP/1.1\nHost: a.test\n\n");
                if (bytes.contains("103 Early Hints")) {
                    assertThat(client.response(true).status()).isEqualTo(103);
                }
                Response response = client.response();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body()).isEqualTo("abc");
                boolean chunked = "chunked".equals(response.header("transfer-encoding"));
                assertThat(response.header("content-length")).isEqualTo(chunked ? null : "3");
                assertThat(upstream.connections()).isEqualTo(i);
            }
        }
    }

    @Test
    void noLineOfTheClientsHeadEndsWithLfAlone() {
        try (Upstream upstream = responding("HTTP/1.1 200 OK\nX-A: 1\nX-B: 2\nContent-Length: 0\n\n");
                TestGateway gateway = over(upstream);
                RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: close\n\n");
            String head = client.read(4096);
            assertThat(head).contains("\r\nX-A: 1\r\nX-B: 2\r\n").endsWith("\r\n\r\n");
            assertThat(head.replace("\r\n", "")).doesNotContain("\n", "\r");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n', content_length, Content-Length",
        "'HTTP/1.1 200 OK\\r\\nContent-Length: x\\r\\n\\r\\n', content_length, Content-Length",
        "'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n', transfer_encoding, Transfer-Encoding",
        "'HTTP/1.1 200 OK\\r\\nX-Bad: a\\0b\\r\\n\\r\\n', header_value, X-Bad",
        "'HTTP/1.1 200 OK\\r\\nX Bad: a\\r\\n\\r\\n', header_name, header name",
        "'HTTP/1.1 200 OK\\r\\nX: a\\r\\n b\\r\\n\\r\\n', header_folded, white space",
        "'HTTP/1.1 200 OK\\r\\nX-Cr: a\\rb\\r\\n\\r\\n', bare_cr, X-Cr",
        "'HTTP/1.1 2000 OK\\r\\n\\r\\n', start_line, start line",
        "'HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n', switching, 101",
    })
    void whatIsRefusedIsNamedToTheClientInTheLogAndInAMetric(String spelt, String rule, String named) {
        String bytes = spelt.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        try (LogCapture log = LogCapture.of(EndpointReports.class);
                Upstream upstream = responding(bytes);
                TestGateway gateway = over(upstream);
                RawClient client = gateway.client()) {
            for (int i = 1; i <= 3; i++) {
                Response response = client.get("/", "");
                assertThat(response.status()).isEqualTo(502);
                assertThat(response.body()).contains("upstream answered with a malformed head: ", named);
                assertThat(gateway.count("a", "master", (DeploymentStats stats) -> stats.malformed.of(rule)))
                        .isEqualTo(i);
            }
            assertThat(log.events()).hasSize(1);
            assertThat(log.events().get(0).getKeyValuePairs().toString())
                    .contains("rule=\"" + rule + "\"", named, "endpoint=\"127.0.0.1:" + upstream.port() + "\"");

            gateway.pass(Duration.ofSeconds(61));
            client.get("/", "");
            assertThat(log.events()).hasSize(2);
        }
    }
}
