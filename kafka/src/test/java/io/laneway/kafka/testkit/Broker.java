package io.laneway.kafka.testkit;

import io.laneway.testkit.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real broker, single node, in a process of its own on a free loopback port. It can be killed and started again on
 * the same port with the same data. A client of {@link #servers} may do anything; the user of {@link #saslServers}
 * only what it was granted. Its data and output are in a temporary directory that goes with this process.
 */
public final class Broker implements AutoCloseable {

    private static Broker shared;

    private final Path home;
    private final int port;
    private final int saslPort;
    private final Path properties;
    private Process process;

    private Broker() {
        try {
            home = Files.createTempDirectory("laneway-broker");
            port = FreePort.take();
            saslPort = FreePort.take();
            properties = writeProperties();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        start();
    }

    /** The broker of this test run. */
    public static synchronized Broker shared() {
        if (shared == null) {
            shared = new Broker();
        }
        return shared;
    }

    /** Its {@code bootstrap.servers} for the user {@code app} with the password {@code secret}. */
    public String saslServers() {
        return "127.0.0.1:" + saslPort;
    }

    /** Its {@code bootstrap.servers}. */
    public String servers() {
        return "127.0.0.1:" + port;
    }

    /** Starts it if it does not run, and waits until it answers. */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        int before = output().length();
        try {
            process = run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BrokerStart.await(process.toHandle(), () -> output().substring(before));
    }

    /** Kills it as {@code kill -9} does. */
    public synchronized void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a consumer of that group needs that reads from the beginning, and whose offsets and lanes are seen soon. */
    public Map<String, Object> consumer(String group) {
        return Map.of(
                "bootstrap.servers",
                servers(),
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "auto.commit.interval.ms",
                100,
                "laneway.watch.interval",
                "100ms");
    }

    /** An admin client that is the caller's to close. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers()));
    }

    /** Makes a topic. */
    public void topic(String name, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            kill();
        }
        if (!Files.exists(home)) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process run() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx350m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dlogback.configurationFile=logback-broker.xml",
                "-cp",
                classPath(),
                BrokerProcess.class.getName(),
                properties.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("out.log").toFile()))
                .start();
    }

    /** Without the tests' Spring, which plugs itself into the logging of any process that has it. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> !entry.replace(File.separatorChar, '/').contains("/org/springframework/"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path writeProperties() throws IOException {
        int controller = FreePort.take();
        String sasl = ",SASL_PLAINTEXT://127.0.0.1:" + saslPort;
        Properties server = new Properties();
        server.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controller,
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller + sasl,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port + sasl,
                "controller.listener.names",
                "CONTROLLER",
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT",
                "log.dirs",
                home.resolve("data").toString()));
        server.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "2",
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "500",
                // A start after a kill waits for as long; a shorter one ends on a busy machine while the broker lives.
                "broker.session.timeout.ms", "3000",
                "broker.heartbeat.interval.ms", "300"));
        server.putAll(Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:ANONYMOUS",
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_app=\"secret\";",
                "sasl.enabled.mechanisms", "PLAIN",
                "log.cleaner.dedupe.buffer.size", "2097152"));
        Path file = home.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            server.store(out, null);
        }
        return file;
    }

    private String output() {
        Path output = home.resolve("out.log");
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long a test waits for something that takes no longer than a few rebalances. */
    public static Duration patience() {
        return Duration.ofSeconds(30);
    }
}
