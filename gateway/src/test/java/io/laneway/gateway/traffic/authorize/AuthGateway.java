package io.laneway.gateway.traffic.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A gateway whose edge has {@code auth}: service {@code a} with lane {@code f-1}, an open path {@code /open}, and CORS. Its
 * endpoints answer with their lane's name.
 */
final class AuthGateway implements AutoCloseable {

    final Upstream base = Upstream.saying("base");
    final Upstream branch = Upstream.saying("f-1");
    final TestGateway gateway;

    /** @param auth the keys of {@code auth}, as they stand in a configuration */
    AuthGateway(String auth) {
        this(auth, 1);
    }

    AuthGateway(String auth, int threads) {
        gateway = TestGateway.over(
                table(),
                config -> TestGateway.with(
                        TestGateway.with(config, listeners(config.listeners(), auth)), threads, config.transport()));
    }

    /** As it is read of a configuration. */
    static AuthConfig auth(String keys) {
        String yaml =
                "listeners: [{name: edge, address: \":8080\", auth: {" + keys + "}}]\ntable: {file: lanes.yaml}\n";
        AuthConfig auth = ConfigReader.read(
                        yaml.getBytes(StandardCharsets.UTF_8), Path.of("/etc/laneway/laneway.yaml"), Map.of())
                .orThrow()
                .listeners()
                .get(0)
                .auth();
        assertThat(auth).isNotNull();
        return auth;
    }

    private static List<ListenerConfig> listeners(List<ListenerConfig> usual, String keys) {
        List<ListenerConfig> listeners = new ArrayList<>(usual);
        listeners.replaceAll(each -> "edge".equals(each.name()) ? each.authorizedBy(auth(keys)) : each);
        return listeners;
    }

    private LaneTable table() {
        String yaml = """
            lanes: [{name: f-1}]
            services:
              - name: a
                hosts: [a.test]
                policy: {cors: {origins: ["https://page.test"]}}
                deployments:
                  - {lane: master, endpoints: ["127.0.0.1:%d"]}
                  - {lane: f-1, endpoints: ["127.0.0.1:%d"]}
            routes:
              - {hosts: [a.test], path: /open, service: a, access: {public: true}}
            """.formatted(base.port(), branch.port());
        return Tables.read(yaml);
    }

    AuthSums sums() {
        return gateway.plane().parts().authorizers().of("edge").sums();
    }

    /** A GET on a connection of its own; lines end with a line feed each. */
    RawClient.Response get(String path, String lines) {
        try (RawClient client = gateway.client()) {
            return client.get(path, lines);
        }
    }

    /** The head that the base lane got last. */
    String forwarded() {
        List<Upstream.Request> all = base.requests();
        return all.get(all.size() - 1).head();
    }

    @Override
    public void close() {
        gateway.close();
        base.close();
        branch.close();
    }
}
