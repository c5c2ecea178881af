package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.netty.channel.uring.IoUring;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.spi.ToolProvider;

/** A whole gateway in a process of its own, from a file, that drains on SIGTERM and ends when a drain is done. */
final class GatewayChild implements AutoCloseable {

    private final Process process;
    private final int port;
    private final int admin;
    private final LongAdder said;

    private GatewayChild(Process process, LongAdder said, int port, int admin) {
        this.process = process;
        this.said = said;
        this.port = port;
        this.admin = admin;
    }

    /** A configuration with one external listener for service {@code a} over these endpoints. */
    static Path config(Path directory, String listener, String more, int... endpoints) throws IOException {
        StringBuilder list = new StringBuilder();
        for (int each : endpoints) {
            list.append(list.isEmpty() ? "" : ", ")
                    .append("\"127.0.0.1:")
                    .append(each)
                    .append('"');
        }
        Files.writeString(directory.resolve("lanes.yaml"), """
                schema: 1
                services:
                  - name: a
                    hosts: [a.test]
                    deployments: [{lane: master, protocol: http1, endpoints: [%s]}]
                """.formatted(list));
        return Files.writeString(directory.resolve("laneway.yaml"), """
                listeners: [{name: edge, address: "%s"}]
                admin: {address: "127.0.0.1:0"}
                table: {file: lanes.yaml}
                threads: 2
                accessLog: off
                overload: {memory: 100%%, loopLag: 1h}
                %s
                """.formatted(listener, more));
    }

    long pid() {
        return process.pid();
    }

    static GatewayChild start(Path config) throws IOException {
        return start(config, System.getProperty("java.class.path"));
    }

    /** As it is shipped: from archives that are open from the start, so that loading a class takes no file descriptor. */
    static GatewayChild packed(Path config, Path directory) throws IOException {
        StringBuilder path = new StringBuilder();
        int count = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String packed = entry;
            if (Files.isDirectory(Path.of(entry))) {
                packed = directory.resolve("classes-" + count++ + ".jar").toString();
                int made = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "--create", "--no-compress", "--file", packed, "-C", entry, ".");
                assertThat(made).isZero();
            }
            path.append(path.isEmpty() ? "" : File.pathSeparator).append(packed);
        }
        return start(config, path.toString());
    }

    private static GatewayChild start(Path config, String classPath) throws IOException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        GatewayChild.class.getName(),
                        config.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("ports ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the gateway did not start");
        }
        LongAdder said = new LongAdder();
        Thread reader = new Thread(() -> count(out, said), "gateway-output");
        reader.setDaemon(true);
        reader.start();
        String[] ports = line.split(" ");
        assertThat(ports[3])
                .as("Netty has read its properties before they were set")
                .isEqualTo("false");
        return new GatewayChild(process, said, Integer.parseInt(ports[1]), Integer.parseInt(ports[2]));
    }

    private static void count(BufferedReader out, LongAdder lines) {
        try {
            while (out.readLine() != null) {
                lines.increment();
            }
        } catch (IOException e) {
            return; // closed with its process
        }
    }

    /** Lines of its log since it started. */
    long lines() {
        return said.sum();
    }

    /** What it has computed so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    int port() {
        return port;
    }

    int admin() {
        return admin;
    }

    /** Whether it says so, as a load balancer would ask. */
    boolean ready() {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + admin + "/readyz").toURL().openConnection();
            call.setReadTimeout(1_000);
            return call.getResponseCode() == 200;
        } catch (SocketTimeoutException e) {
            return true; // slow is not the same as told to go elsewhere
        } catch (IOException e) {
            return false;
        }
    }

    void terminate() {
        process.destroy();
    }

    boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(5, TimeUnit.SECONDS).join();
    }

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Gateway gateway = Gateway.start(
                ConfigReader.read(Files.readAllBytes(file), file, Map.of()).orThrow(),
                GatewayEnvironment.system("test"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.drain().toCompletableFuture().join();
            gateway.close();
        }));
        boolean multishot = IoUring.isAvailable()
                && (IoUring.isAcceptMultishotEnabled()
                        || IoUring.isPollAddMultishotEnabled()
                        || IoUring.isRecvMultishotEnabled());
        System.out.println("ports " + gateway.port("edge") + " " + gateway.adminPort() + " " + multishot);
        gateway.drained().toCompletableFuture().join();
        System.exit(0);
    }
}
