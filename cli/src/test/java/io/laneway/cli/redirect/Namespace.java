package io.laneway.cli.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.testkit.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace with an address of its own on a bridge, as a pod has one, and what runs in it. Not thread-safe. */
final class Namespace implements AutoCloseable {

    private static final Path ETC = Path.of("/etc/netns");

    private final String name;
    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final List<Path> logs = new ArrayList<>();

    private Namespace(String name, Path directory) {
        this.name = name;
        this.directory = directory;
    }

    /** Why there can be none here; empty if there can. */
    static String missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "network namespaces are made by root";
        }
        for (String program : List.of("ip", "nft", "setpriv", "curl", "openssl", "node")) {
            if (!Programs.has(program) && !Files.isExecutable(Path.of("/usr/sbin", program))) {
                return "no " + program;
            }
        }
        return new Namespace("lw-probe-" + ProcessHandle.current().pid(), Path.of("/")).probe();
    }

    private String probe() {
        try {
            Programs.Ended made = Programs.run(directory, List.of("ip", "netns", "add", name));
            if (made.exit() != 0) {
                return "no network namespaces: " + made.output().strip();
            }
            Programs.Ended rules =
                    Programs.run(directory, List.of("ip", "netns", "exec", name, "nft", "add", "table", "inet", "x"));
            Programs.run(directory, List.of("ip", "netns", "del", name));
            return rules.exit() == 0 ? "" : "no rules: " + rules.output().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bridge between those with addresses. */
    static Namespace bridge(String name, Path directory) {
        Namespace bridge = new Namespace(name, directory);
        bridge.must("ip", "netns", "add", name);
        bridge.must("ip", "-n", name, "link", "add", "br0", "type", "bridge");
        bridge.must("ip", "-n", name, "link", "set", "br0", "up");
        return bridge;
    }

    /**
     * One at {@code 10.77.0.N} and {@code fd77::N}, whose other addresses lead nowhere.
     *
     * @param hosts lines of its {@code /etc/hosts}
     */
    static Namespace at(Namespace bridge, int n, Path directory, String hosts) {
        String name = bridge.name + "-" + n;
        Namespace one = new Namespace(name, directory);
        one.must("ip", "netns", "add", name);
        one.must(
                "ip", "-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", "p" + n, "netns", bridge.name);
        one.must("ip", "-n", bridge.name, "link", "set", "p" + n, "master", "br0", "up");
        one.must("ip", "-n", name, "link", "set", "lo", "up");
        one.must("ip", "-n", name, "addr", "add", "10.77.0." + n + "/24", "dev", "eth0");
        one.must("ip", "-n", name, "-6", "addr", "add", "fd77::" + n + "/64", "dev", "eth0", "nodad");
        one.must("ip", "-n", name, "link", "set", "eth0", "up");
        one.must("ip", "-n", name, "route", "add", "default", "via", "10.77.0.254");
        one.must("ip", "-n", name, "-6", "route", "add", "default", "via", "fd77::fe");
        one.hosts(hosts);
        return one;
    }

    private void hosts(String lines) {
        try {
            Path etc = Files.createDirectories(ETC.resolve(name));
            Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n" + lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void must(String... command) {
        Programs.Ended ended = run(List.of(command));
        assertThat(ended.exit())
                .as(String.join(" ", command) + ": " + ended.output())
                .isZero();
    }

    private Programs.Ended run(List<String> command) {
        try {
            return Programs.run(directory, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command within this namespace, by root. */
    private List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(command);
        return words;
    }

    private static List<String> asUser(List<String> command) {
        List<String> words =
                new ArrayList<>(List.of("setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups"));
        words.addAll(command);
        return words;
    }

    /** What root runs here to its end. */
    Programs.Ended root(List<String> command) {
        return run(inside(command));
    }

    /** What a user runs here to its end: all that it prints. */
    String user(String... command) {
        return run(inside(asUser(List.of(command)))).output();
    }

    /** Starts what root runs here, and waits until it has printed that. */
    Process startRoot(String ready, List<String> command) throws IOException, InterruptedException {
        return start(ready, inside(command));
    }

    /** The same by a user. */
    Process startUser(String ready, String... command) throws IOException, InterruptedException {
        return start(ready, inside(asUser(List.of(command))));
    }

    private Process start(String ready, List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve(name + "-" + processes.size() + ".log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        processes.add(process);
        logs.add(log);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(log).contains(ready)) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
            boolean unused = process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    /** All that was said here so far. */
    String said() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path log : logs) {
            all.append(Files.readString(log));
        }
        return all.toString();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        for (Process process : processes) {
            process.onExit().join();
        }
        run(List.of("ip", "netns", "del", name));
        try {
            Files.deleteIfExists(ETC.resolve(name).resolve("hosts"));
            Files.deleteIfExists(ETC.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
