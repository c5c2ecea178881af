package io.laneway.cli.demo;

import io.laneway.cli.remote.ControlClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.eventloop.TransportProperties;
import io.laneway.router.codec.TableWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running demo: services, control API and gateway in one process, with all they keep in a temporary directory that
 * goes with it. Safe for many threads; starting and closing block.
 */
public final class Demo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private static final int FOUND = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path data;
    private final ControlApi control;
    private final Gateway gateway;

    private Demo(DemoPorts ports, boolean accessLog, GatewayEnvironment around) {
        try {
            TemporaryDirectory directory = opened(TemporaryDirectory.create("laneway-demo"));
            data = directory.path();
            DemoServices services = opened(DemoServices.start(ports.services()));
            TransportProperties.settle();
            control = opened(ControlApi.start(ControlConfig.in(directory.path().resolve("control"), ports.control())));
            fill(services);
            gateway = opened(
                    DemoGateway.start(ports, control.url(), directory.path().resolve("gateway"), accessLog, around));
            services.callThrough(gateway.port(DemoGateway.OUTBOUND));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the demo on its well-known ports, or from a port on.
     *
     * @param firstPort the edge's port, with control API, admin and services on those above it; 0 takes any free ports;
     *                  negative takes the well-known ones
     * @throws PortTaken if another program has one of them
     */
    public static Demo start(int firstPort, boolean accessLog, GatewayEnvironment around) {
        DemoPorts ports = firstPort < 0 ? DemoPorts.DEFAULT : DemoPorts.from(firstPort);
        String taken = ports.taken();
        if (taken != null) {
            throw new PortTaken(taken);
        }
        return new Demo(ports, accessLog, around);
    }

    /** Puts the table as release tooling would. */
    private void fill(DemoServices services) {
        String table = new String(TableWriter.json(DemoTable.of(services.places())), StandardCharsets.UTF_8);
        new ControlClient(URI.create(control.url()), null).call("PUT", "/v1/table", table, "the demo's lanes");
    }

    /** Makes a request in lane f-1 and gives the {@code x-request-id} of its response; empty if there is none. Blocks. */
    public String firstRequest() {
        URI edge = URI.create("http://127.0.0.1:" + edge() + "/");
        HttpRequest request = HttpRequest.newBuilder(edge)
                .timeout(PATIENCE)
                .header("trace-branch", "f-1")
                .build();
        try {
            HttpResponse<Void> response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
            return response.headers().firstValue("x-request-id").orElse("");
        } catch (IOException e) {
            log.atDebug().setCause(e).log("the demo's own request failed");
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Sends requests of many tenants and lanes through the edge until the demo is closed. */
    public void traffic() {
        opened(DemoTraffic.start(edge(), new Random()));
    }

    /** Where the console is; empty where this program has none. Blocks. */
    public Optional<URI> console() {
        URI page = URI.create("http://localhost:" + control() + "/console/");
        try {
            HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
            int status = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
            return status == FOUND ? Optional.of(page) : Optional.empty();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("the demo's console does not respond");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The port of the edge. */
    public int edge() {
        return gateway.port(DemoGateway.EDGE);
    }

    /** The port for calls between services. */
    int outbound() {
        return gateway.port(DemoGateway.OUTBOUND);
    }

    /** Where all is that the demo keeps while it runs. */
    Path data() {
        return data;
    }

    /** The port of the control API. */
    public int control() {
        return control.port();
    }

    /** The port of the gateway's admin interface. */
    public int admin() {
        return gateway.adminPort();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends the gateway first, so that no request meets a service that is gone. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                log.atWarn().setCause(e).log("part of the demo did not close");
            }
        }
    }
}
