package io.laneway.cli.day;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** Two services with a deployment each in base and in the environment, whose share of errors is set. */
final class DayShop implements AutoCloseable {

    static final List<String> SERVICES = List.of("shop", "pay");
    static final String LANE = "G0";

    private static final double USUAL = 0.05;

    private final Map<String, Double> errors = new ConcurrentHashMap<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final Deque<HttpServer> servers = new ArrayDeque<>();

    DayShop() throws IOException {
        for (String service : SERVICES) {
            serve(service);
            serve(service + LANE);
        }
    }

    private void serve(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext("/", exchange -> {
            boolean error = ThreadLocalRandom.current().nextDouble() < errors.getOrDefault(name, USUAL);
            exchange.sendResponseHeaders(error ? 500 : 200, -1);
            exchange.close();
        });
        server.start();
        servers.push(server);
        addresses.put(name, "127.0.0.1:" + server.getAddress().getPort());
    }

    /** Every deployment gives as many errors as is usual. */
    void heal() {
        errors.clear();
    }

    /** The environment's deployment of one service gives many more errors than base. */
    void breaks(String service) {
        errors.put(service + LANE, 0.5);
    }

    /** The table that leads to them. */
    String table() {
        StringBuilder services = new StringBuilder();
        for (String service : SERVICES) {
            services.append("""
                  - name: %1$s
                    hosts: [%1$s.test]
                    deployments: [{lane: master, endpoints: ["%2$s"]}, {lane: G0, endpoints: ["%3$s"]}]
                """.formatted(service, addresses.get(service), addresses.get(service + LANE)));
        }
        return """
                lanes: [{name: G0, keep: true}]
                services:
                %sshifts:
                  - {name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "0%%"}]}
                """.formatted(services);
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }
}
