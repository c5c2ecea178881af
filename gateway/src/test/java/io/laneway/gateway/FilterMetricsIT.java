package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.laneway.filter.FilterResult;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WholeGateway;
import io.laneway.gateway.traffic.filter.GivenFilters;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with filters, from its file: what its metrics say of them, and a start that is refused. */
class FilterMetricsIT {

    @TempDir
    private Path dir;

    private GatewayConfig config(int upstream, String filters) throws Exception {
        return WholeGateway.config(dir, upstream, "filters: [" + filters + "]", "drain: {handover: restart.sock}");
    }

    private static String given() {
        return GivenFilters.add(request -> switch (request.target()) {
            case "/403" -> FilterResult.respond(403).now();
            case "/fail" -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
            default -> FilterResult.proceed().now();
        });
    }

    @Test
    void whatBecameOfRequestsIsCounted() throws Exception {
        String filter = "{filter: given, name: keys, settings: {key: " + given() + "}}";
        try (Upstream upstream = Upstream.saying("a");
                Gateway gateway = Gateway.start(config(upstream.port(), filter), GatewayEnvironment.system("0.1"));
                RawClient client = RawClient.to(gateway.port("edge"))) {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/403").status()).isEqualTo(403);
            assertThat(client.get("/fail").status()).isEqualTo(503);
            String labels = "{filter=\"keys\",listener=\"edge\"";
            assertThat(WholeGateway.metrics(gateway))
                    .contains(
                            "laneway_filter_requests_total" + labels + ",outcome=\"proceeded\"} 2.0",
                            "laneway_filter_requests_total" + labels + ",outcome=\"responded\"} 1.0",
                            "laneway_filter_requests_total" + labels + ",outcome=\"error_denied\"} 1.0",
                            "laneway_filter_loop_seconds_total" + labels + "}",
                            "laneway_filter_loop_overruns_total" + labels + "}",
                            "laneway_filter_duration_seconds_count" + labels + "} 4");
        }
    }

    /** As in a hot restart: the process that is to take over finds that a filter is not there. */
    @Test
    void aSuccessorWhoseFilterIsNotThereLeavesTheRunningOneAlone() throws Exception {
        String filter = "{filter: given, settings: {key: " + given() + "}}";
        try (Upstream upstream = Upstream.saying("a");
                Gateway gateway = Gateway.start(config(upstream.port(), filter), GatewayEnvironment.system("0.1"));
                RawClient client = RawClient.to(gateway.port("edge"))) {
            GatewayConfig wrong = config(upstream.port(), "{filter: gone}");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Gateway.start(wrong, GatewayEnvironment.system("0.2")))
                    .withMessageEndingWith(
                            "laneway.yaml:2: listeners[0].filters[0].filter: 'gone' (expected: one of given)");
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(RawClient.to(gateway.port("edge")).get("/403").status()).isEqualTo(403);
        }
    }
}
