package io.laneway.gateway.protocol.grpcweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.Chromium;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.GrpcClients;
import io.laneway.testkit.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in Chromium calls a server of grpc-java over TLS and HTTP/2, by {@code fetch} and from another origin. */
class GrpcWebTlsBrowserIT {

    private static final String CALL = """
        (async () => {
          const text = new TextEncoder().encode('page');
          const body = new Uint8Array([0, 0, 0, 0, text.length, ...text]);
          const response = await fetch('URL', {method: 'POST', body,
            headers: {'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1', 'x-mine': '1'}});
          const bytes = new Uint8Array(await response.arrayBuffer());
          const out = [response.status + ' ' + response.headers.get('content-type')];
          for (let at = 0; at < bytes.length; ) {
            const length = new DataView(bytes.buffer).getUint32(at + 1);
            out.push(bytes[at] + ':' + new TextDecoder().decode(bytes.slice(at + 5, at + 5 + length)).trim());
            at += 5 + length;
          }
          return out.join('|');
        })().catch(e => 'failed: ' + e)
        """;

    @TempDir
    private Path profile;

    @Test
    void callsComeBackWithTheirTrailersOverHttp2() throws Exception {
        assumeTrue(Programs.chromium().isPresent(), "skipped: no browser here (Debian: chromium)");
        TestTls tls = TestTls.make();
        try (EchoServer server = new EchoServer();
                TestGateway gateway = TestGateway.over(Tables.one(), config -> tls.addListener(config, "tls"))) {
            String origin = "https://page.test:" + gateway.port("tls");
            Cors cors = new Cors(List.of(origin), List.of("POST"), List.of("x-mine"), false, Duration.ofMinutes(1));
            gateway.table(new Tables()
                    .service("a", "master", server.port())
                    .policy(Policies.with(new GrpcClients(true, null), cors))
                    .build());
            try (Chromium browser = new Chromium(profile, "--ignore-certificate-errors")) {
                browser.open(origin + "/none");
                assertThat(browser.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                        .isEqualTo("h2");
                String url = "https://a.test:" + gateway.port("tls") + "/t.Echo/";
                assertThat(browser.evaluate(CALL.replace("URL", url + "Say")))
                        .isEqualTo("200 application/grpc-web+proto|0:hello page|128:grpc-status: 0");
                assertThat(browser.evaluate(CALL.replace("URL", url + "Fail"))).contains("grpc-status: 5", "x-said");
            }
        }
    }
}
