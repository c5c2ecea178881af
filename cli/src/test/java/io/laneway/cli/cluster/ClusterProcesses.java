package io.laneway.cli.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A large cluster and a control API that discovers it, each in a process of its own. Confined to one thread. */
final class ClusterProcesses implements AutoCloseable {

    private static final Path K8S = Path.of("..", "k8s", "target");
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");

    /** What the launcher would give the control API in a container of 1 GiB, by its own functions. */
    private static final String OPTIONS = """
        eval "$(sed -n '/^[a-z_]*_mib() {/,/^}/p;/^options_of() {/,/^}/p' ../laneway)"
        container_mib() { echo 1024; }
        machine_mib() { echo 8192; }
        java_release=$1
        options_of control
        printf '%s\\n' "${options[@]}"
        """;

    private final Process cluster;
    private final Process control;
    private final PrintWriter orders;
    private final String url;

    ClusterProcesses(int services, int lanes, Path data) throws IOException {
        String path = String.join(
                File.pathSeparator,
                K8S.resolve("test-classes").toString(),
                K8S.resolve("classes").toString(),
                Files.readString(K8S.resolve("test-classpath.txt")).strip());
        cluster = java(
                // As the API server's own: an event leaves when it is written, not when the one before was
                // acknowledged.
                List.of("-Xmx768m", "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true", "-cp", path),
                "io.laneway.k8s.testkit.LargeClusterMain",
                Integer.toString(services),
                Integer.toString(lanes));
        orders = new PrintWriter(cluster.getOutputStream(), true, StandardCharsets.UTF_8);
        String api = find(cluster, "");
        List<String> options = new ArrayList<>(options());
        options.addAll(List.of("-cp", System.getProperty("java.class.path")));
        control = java(
                options,
                "io.laneway.cli.Main",
                "control",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--kubernetes",
                "--kubernetes-setting",
                "url=" + api);
        url = find(control, "waiting for calls");
    }

    private static List<String> options() throws IOException {
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        OPTIONS,
                        "options",
                        Integer.toString(Runtime.version().feature()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.asList(said.strip().split("\n"));
    }

    private static Process java(List<String> options, String... main) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(main));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The first address in a line of its output with a text; the rest of the output is read and dropped. */
    private static String find(Process process, String text) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher matcher = URL.matcher(line);
            if (line.contains(text) && matcher.find()) {
                Thread rest = new Thread(() -> lines.lines().forEach(one -> {}), "drain");
                rest.setDaemon(true);
                rest.start();
                return matcher.group();
            }
        }
        throw new IllegalStateException("ended early: " + said);
    }

    /** Where the control API is called. */
    String control() {
        return url;
    }

    /** Makes a Service of the base lane whose port and whose only endpoint have this port of loopback. */
    void make(String name, int port) {
        orders.println(name + " 127.0.0.1:" + port);
    }

    /** Deletes a Service that was made, and its endpoint. */
    void delete(String name) {
        orders.println(name);
    }

    /** The most memory that the control API has held so far. */
    long controlMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(control.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        throw new IllegalStateException("the control API has ended: " + control.exitValue());
    }

    /** The processor time that the control API has used so far. */
    Duration controlCpu() {
        return control.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        control.destroy();
        orders.close();
        cluster.destroy();
    }
}
