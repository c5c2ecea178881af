package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.shift.TenantSlots;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A share of the requests without a tenant, through a gateway. */
class RequestShareIT {

    private static final int REQUESTS = 4_000;

    private Upstream base;
    private Upstream gray;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        base = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        gray = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        gateway = TestGateway.over(table("10%", true));
    }

    @AfterEach
    void stop() {
        gateway.close();
        base.close();
        gray.close();
    }

    private LaneTable table(String requests, boolean enabled) {
        String yaml = """
                lanes: [{name: G0}]
                services:
                  - name: a
                    hosts: [a.test]
                    deployments:
                      - {lane: master, endpoints: ["127.0.0.1:%d"]}
                      - {lane: G0, endpoints: ["127.0.0.1:%d"]}
                shifts:
                  - name: default
                    enabled: %s
                    tenant: [{header: x-tenant-id}]
                    environments: [{lane: G0, share: "0%%", requests: "%s"}]
                """.formatted(base.port(), gray.port(), enabled, requests);
        return Tables.read(yaml);
    }

    /** Sends requests and returns the decisions that their responses name. */
    private static Set<String> send(int port, int count, String headers) {
        Set<String> decisions = new HashSet<>();
        try (RawClient client = RawClient.to(port)) {
            for (int i = 0; i < count; i++) {
                RawClient.Response response = client.get("/", headers.replace("{i}", String.valueOf(i)));
                assertThat(response.status()).isEqualTo(200);
                decisions.add(response.header("x-laneway-decision"));
            }
        }
        return decisions;
    }

    private static boolean isIn(Upstream.Request request, int share) {
        return new TenantSlots("default").of(request.header("x-request-id")) < share;
    }

    @Test
    void theEdgeDecidesByTheIdThatItForwards() {
        assertThat(send(gateway.port(), REQUESTS, "X-Request-Id: mine\n")).containsExactly("shift");

        assertThat(gray.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(isIn(request, 1_000)).isTrue();
            assertThat(request.header("trace-branch")).isEqualTo("G0");
            assertThat(request.header("x-laneway-assigned")).isEqualTo("shift");
        });
        assertThat(base.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(isIn(request, 1_000)).isFalse();
            assertThat(request.header("trace-branch")).isEqualTo("master");
            assertThat(request.header("x-laneway-assigned")).isEqualTo("shift");
        });
        assertThat(gray.requests().size() + base.requests().size()).isEqualTo(REQUESTS);
        // Five standard deviations of the binomial distribution: 19.
        assertThat(gray.requests().size()).isBetween(305, 495);
    }

    @Test
    void anInternalListenerKeepsAnIdAndMakesOneWhereItIsMissingOrEmpty() {
        send(gateway.inside(), 200, "X-Request-Id: r-{i}\n");
        assertThat(gray.requests()).hasSize((int) IntStream.range(0, 200)
                .filter(i -> new TenantSlots("default").of("r-" + i) < 1_000)
                .count());
        int before = gray.requests().size();
        gateway.table(table("50%", true));
        send(gateway.inside(), 50, "");
        send(gateway.inside(), 50, "X-Request-Id:\n");
        List<Upstream.Request> more = gray.requests().stream().skip(before).toList();
        assertThat(more).hasSizeBetween(25, 75).allMatch(request -> isIn(request, 5_000));
        assertThat(more.stream().map(request -> request.header("x-request-id")).collect(Collectors.toSet()))
                .hasSameSizeAs(more);
    }

    @Test
    void theNextHopKeepsWhatWasDecidedWhateverIdItSees() {
        gateway.table(table("50%", true));
        send(gateway.inside(), 20, "Trace-Branch: G0\nX-Laneway-Assigned: shift\n");
        assertThat(gray.requests()).hasSize(20);
        send(gateway.inside(), 20, "Trace-Branch: master\nX-Laneway-Assigned: shift\n");
        assertThat(base.requests()).hasSize(20);
    }

    @Test
    void tenantsAndMarkersAndDisabledShiftsAreLeftAlone() {
        gateway.table(table("100%", true));
        send(gateway.port(), 5, "");
        assertThat(gray.requests()).hasSize(5);
        send(gateway.port(), 5, "X-Tenant-Id: acme\n");
        send(gateway.port(), 5, "Trace-Branch: master\n");
        gateway.table(table("100%", false));
        assertThat(send(gateway.port(), 5, "")).containsExactly("base");
        assertThat(gray.requests()).hasSize(5);
        assertThat(base.requests()).hasSize(15);
    }

    @Test
    void aListenerWithLanesOffDividesRequests() {
        gateway.close();
        ListenerConfig off = new ListenerConfig(
                "off",
                new Address("127.0.0.1", 0),
                Trust.EXTERNAL,
                false,
                null,
                null,
                UnknownHost.REFUSE,
                null,
                false,
                0,
                PathConfig.DEFAULT);
        gateway = TestGateway.over(table("100%", true), config -> TestGateway.with(config, List.of(off)));
        send(gateway.port("off"), 5, "Trace-Branch: master\n");
        assertThat(gray.requests()).hasSize(5);
    }
}
