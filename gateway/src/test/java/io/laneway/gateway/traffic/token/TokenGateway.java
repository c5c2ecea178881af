package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A gateway whose edge verifies tokens of {@code https://id} for audience {@code shop}: service {@code a} pins the tenant
 * {@code demo}, by the claim {@code org}, to environment G0; {@code b} takes it from the header {@code x-org}. Both
 * environments answer with their names.
 */
final class TokenGateway implements AutoCloseable {

    static final String ISSUER = "https://id";
    static final long NOW = System.currentTimeMillis() / 1_000;

    final Upstream base = Upstream.saying("base");
    final Upstream gray = Upstream.saying("G0");
    final TestGateway gateway;

    /** With {@code jwt} at its edge, or without where it is null. */
    TokenGateway(JwtConfig jwt) {
        this(jwt, "");
    }

    /** With more in the policy of {@code a}. */
    TokenGateway(JwtConfig jwt, String policy) {
        gateway = TestGateway.over(
                table(base.port(), gray.port(), policy), config -> TestGateway.with(config, listeners(jwt)));
    }

    private static List<ListenerConfig> listeners(JwtConfig jwt) {
        List<ListenerConfig> listeners = new ArrayList<>();
        ListenerConfig edge = ListenerConfig.of("edge", new Address("127.0.0.1", 0), Trust.EXTERNAL);
        listeners.add(jwt == null ? edge : edge.with(jwt));
        listeners.add(ListenerConfig.of("inside", new Address("127.0.0.1", 0), Trust.INTERNAL));
        return listeners;
    }

    static LaneTable table(int base, int gray, String policy) {
        String yaml = """
                lanes: [{name: G0}]
                services:
                  - name: a
                    hosts: [a.test]
                    shift: claims
                    policy: {%s}
                    deployments:
                      - {lane: master, endpoints: ["127.0.0.1:%d"]}
                      - {lane: G0, endpoints: ["127.0.0.1:%d"]}
                  - name: b
                    hosts: [b.test]
                    shift: headers
                    deployments:
                      - {lane: master, endpoints: ["127.0.0.1:%d"]}
                      - {lane: G0, endpoints: ["127.0.0.1:%d"]}
                routes:
                  - {hosts: [a.test], path: /private, service: a, access: {public: false}}
                  - {hosts: [a.test], path: /open, service: a, access: {public: true}}
                  - {hosts: [a.test], path: /moved, redirect: {status: 302, path: /}}
                  - {hosts: [a.test], path: /guarded, redirect: {status: 302, path: /}, access: {public: false}}
                shifts:
                  - name: claims
                    tenant: [{jwtClaim: org}]
                    environments: [{lane: G0, share: "0%%", tenants: {include: [demo]}}]
                  - name: headers
                    tenant: [{header: x-org}]
                    environments: [{lane: G0, share: "0%%", tenants: {include: [demo]}}]
                """.formatted(policy, base, gray, base, gray);
        return Tables.read(yaml);
    }

    /** Tokens of {@code https://id} for {@code shop} count, by the keys that are there. */
    static JwtConfig jwt(URI keys) {
        return JwtConfig.of(List.of(JwtConfig.Issuer.of(ISSUER, List.of("shop"), keys)));
    }

    static JwtConfig requiring(JwtConfig jwt) {
        return new JwtConfig(
                jwt.issuers(), true, jwt.headers(), jwt.forward(), jwt.skew(), jwt.timeout(), jwt.failure());
    }

    static JwtConfig within(JwtConfig jwt, Duration timeout) {
        return new JwtConfig(
                jwt.issuers(), jwt.require(), jwt.headers(), jwt.forward(), jwt.skew(), timeout, jwt.failure());
    }

    static JwtConfig allowing(JwtConfig jwt) {
        return new JwtConfig(
                jwt.issuers(),
                jwt.require(),
                jwt.headers(),
                jwt.forward(),
                jwt.skew(),
                jwt.timeout(),
                JwtConfig.Failure.ALLOW);
    }

    static JwtConfig saying(JwtConfig jwt, Map<String, String> headers, boolean forward) {
        return new JwtConfig(jwt.issuers(), jwt.require(), headers, forward, jwt.skew(), jwt.timeout(), jwt.failure());
    }

    /** Claims of a token that counts for ten minutes, of tenant {@code demo}. */
    static String claims() {
        return claims("");
    }

    /** The same with more members, each begun by a comma. */
    static String claims(String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"shop\",\"sub\":\"grace\",\"org\":\"demo\",\"exp\":"
                + (NOW + 36_000) + more + "}";
    }

    RawClient client() {
        return gateway.client();
    }

    /** A GET with that token. */
    RawClient.Response get(String token) {
        try (RawClient client = client()) {
            return client.get("/", "Authorization: Bearer " + token + "\n");
        }
    }

    @Override
    public void close() {
        gateway.close();
        base.close();
        gray.close();
    }
}
