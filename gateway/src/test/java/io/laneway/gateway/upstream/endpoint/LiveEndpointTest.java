package io.laneway.gateway.upstream.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.service.Endpoint;
import org.junit.jupiter.api.Test;

class LiveEndpointTest {

    private final LiveEndpoint endpoint = new LiveEndpoint(Endpoint.at("127.0.0.1:1"), LiveEndpoint.OLD, () -> {});

    @Test
    void aFailureThatBeganBeforeAConnectionStoodSaysNothing() {
        endpoint.reached(10);
        assertThat(endpoint.unreached(5)).isFalse();
        assertThat(endpoint.usable()).isTrue();
        assertThat(endpoint.unreached(11)).isTrue();
        assertThat(endpoint.usable()).isFalse();
    }

    @Test
    void eachChangeIsNewsOnce() {
        assertThat(endpoint.unreached(1)).isTrue();
        assertThat(endpoint.unreached(2)).isFalse();
        assertThat(endpoint.reached(3)).isTrue();
        assertThat(endpoint.reached(4)).isFalse();
    }
}
