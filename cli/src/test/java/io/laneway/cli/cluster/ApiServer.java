package io.laneway.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * An API server (fabric8's mock in CRUD mode) in a process of its own, since its libraries cannot live beside ours. The
 * program reaches it over a wire that can be cut, the test's {@link #client} around it.
 */
final class ApiServer implements AutoCloseable {

    private static final Path K8S = Path.of("..", "k8s", "target");

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;
    private final KubernetesClient client;
    private final String url;

    ApiServer() {
        try {
            String path = String.join(
                    File.pathSeparator,
                    K8S.resolve("test-classes").toString(),
                    K8S.resolve("classes").toString(),
                    Files.readString(K8S.resolve("test-classpath.txt")).strip());
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            path,
                            "io.laneway.k8s.testkit.ApiServerMain")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String[] ports = answers.readLine().split(" ");
            client = open("http://127.0.0.1:" + ports[0]);
            url = "http://127.0.0.1:" + ports[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KubernetesClient open(String url) {
        return Clients.open(new Connection(null, null, url, null, null));
    }

    /** The test's own client. */
    KubernetesClient client() {
        return client;
    }

    /** Where the program finds it. */
    String url() {
        return url;
    }

    /** Cuts every connection of the program, and lets none through until mended. */
    void cut() {
        order("cut");
    }

    /** Lets connections through again. */
    void mend() {
        order("mend");
    }

    private void order(String order) {
        try {
            orders.println(order);
            if (!order.equals(answers.readLine())) {
                throw new IllegalStateException(order + ": the API server did not take it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        orders.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
