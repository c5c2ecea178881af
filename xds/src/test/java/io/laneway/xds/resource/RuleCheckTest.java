package io.laneway.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.StringRules;
import org.junit.jupiter.api.Test;

/** The check of validation rules finds what breaks them, and no rule passes that it does not know. */
class RuleCheckTest {

    @Test
    void whatBreaksARuleIsFoundWhereverItIsPacked() throws Exception {
        assertThat(RuleCheck.problems(VirtualHost.getDefaultInstance()))
                .containsExactly("VirtualHost.name: ''", "VirtualHost.domains: 0 items");
        assertThat(RuleCheck.problems(Buffer.newBuilder()
                        .setMaxRequestBytes(UInt32Value.of(0))
                        .build()))
                .singleElement()
                .asString()
                .startsWith("Buffer.max_request_bytes: 0");
        VirtualHost host = VirtualHost.newBuilder()
                .setName("h")
                .addDomains("a")
                .putTypedPerFilterConfig("f", Any.pack(Buffer.getDefaultInstance()))
                .build();
        assertThat(RuleCheck.problems(host))
                .containsExactly("VirtualHost.typed_per_filter_config{}!.max_request_bytes: missing");
    }

    @Test
    void limitsOfCountsAndTextsAreChecked() throws Exception {
        Route.Builder route = Route.newBuilder();
        for (int i = 0; i <= 1000; i++) {
            route.addRequestHeadersToRemove("x-" + i).addRequestHeadersToRemove("");
        }
        assertThat(RuleCheck.problems(route.build())).contains("Route.request_headers_to_remove[1]: ''");
        assertThat(RuleCheck.problems(Cluster.newBuilder()
                        .addHealthChecks(HealthCheck.newBuilder()
                                .setHttpHealthCheck(HealthCheck.HttpHealthCheck.newBuilder()
                                        .setHost("a\u0001")
                                        .setPath("/")))
                        .build()))
                .contains("Cluster.health_checks[0].http_health_check.host: 'a\u0001'");
    }

    @Test
    void aRuleThatIsNotKnownFailsTheTest() {
        StringRules unknown = StringRules.newBuilder().setContains("x").build();
        assertThatThrownBy(() -> RuleValues.text(unknown, "x"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("validate.StringRules.contains");
        Validate.DurationRules among = Validate.DurationRules.newBuilder()
                .addIn(com.google.protobuf.Duration.getDefaultInstance())
                .build();
        assertThatThrownBy(() -> RuleValues.duration(among, com.google.protobuf.Duration.getDefaultInstance()))
                .isInstanceOf(AssertionError.class);
    }
}
