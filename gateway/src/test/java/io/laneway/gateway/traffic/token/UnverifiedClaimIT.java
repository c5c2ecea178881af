package io.laneway.gateway.traffic.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TokenKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims of tokens that were not verified: of strangers they count nowhere. */
class UnverifiedClaimIT {

    private static final String EXPIRED = "{\"org\":\"demo\",\"exp\":1}";
    private static final String UNSIGNED = TokenKey.part("{\"alg\":\"none\"}") + "." + TokenKey.part(EXPIRED) + ".";

    private TokenGateway at;

    @BeforeEach
    void start() {
        at = new TokenGateway(null);
    }

    @AfterEach
    void stop() {
        at.close();
    }

    @Test
    void anUnsignedTokenChoosesNoTenantOnAnExternalListener() {
        RawClient.Response response = at.get(UNSIGNED);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("base");
        assertThat(response.header("x-laneway-decision")).isEqualTo("base");
        assertThat(at.base.requests()).singleElement().satisfies(request -> {
            assertThat(request.header("trace-branch")).isNull();
            assertThat(request.header("x-laneway-assigned")).isNull();
            assertThat(request.header("authorization")).isEqualTo("Bearer " + UNSIGNED);
        });
    }

    @Test
    void norDoesASignedOneNorOneOverHttp2() {
        RawClient.Response signed = at.get(TokenKey.of("k1").sign(TokenGateway.claims()));
        assertThat(signed.header("x-laneway-decision")).isEqualTo("base");
        try (FrameSocket client = FrameSocket.client(at.gateway.port())) {
            client.headers(1, true, FrameSocket.GET + "authorization: Bearer " + UNSIGNED + "\n");
            assertThat(client.response(1).field("x-laneway-decision")).isEqualTo("base");
        }
    }

    @Test
    void onAnInternalListenerOurOwnServicesSayIt() {
        try (RawClient client = RawClient.to(at.gateway.inside())) {
            RawClient.Response response = client.get("/", "Authorization: Bearer " + UNSIGNED + "\n");
            assertThat(response.header("x-laneway-decision")).isEqualTo("pinned");
            assertThat(response.body()).isEqualTo("G0");
        }
    }
}
