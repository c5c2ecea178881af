package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import org.junit.jupiter.api.Test;

class ProxyIT {

    @Test
    void passesARequestAndItsResponse() {
        try (Upstream upstream = Upstream.saying("hello");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/path?q=1", "X-Mine: yes\n");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(response.header("x-laneway-lane")).isEqualTo("master");
            assertThat(response.header("x-laneway-decision")).isEqualTo("base");
            Upstream.Request request = upstream.requests().get(0);
            assertThat(request.startLine()).isEqualTo("GET /path?q=1 HTTP/1.1");
            assertThat(request.header("x-mine")).isEqualTo("yes");
            assertThat(request.header("x-forwarded-for")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void sendsEachLaneToItsOwnDeployment() {
        try (Upstream base = Upstream.saying("base");
                Upstream branch = Upstream.saying("branch");
                TestGateway gateway = TestGateway.over(new Tables()
                        .lane("f-1")
                        .service("a", "master", base.port())
                        .service("a", "f-1", branch.port())
                        .build());
                RawClient client = gateway.client()) {
            assertThat(client.get("/", "trace-branch: f-1\n").body()).isEqualTo("branch");
            assertThat(client.get("/").body()).isEqualTo("base");
            assertThat(client.get("/?trace-branch=F-1").body()).isEqualTo("branch");
            assertThat(branch.requests().get(0).header("baggage")).isEqualTo("trace-branch=f-1");
        }
    }
}
