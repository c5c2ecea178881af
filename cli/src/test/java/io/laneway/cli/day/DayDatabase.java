package io.laneway.cli.day;

import io.laneway.control.store.database.StoreConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server whose data is on a small disk of its own, where it may mount one: it is killed, stopped, and has its
 * disk filled. Confined to one thread.
 */
@SuppressWarnings("try") // what closes may be interrupted
final class DayDatabase implements AutoCloseable {

    private static final String USER = "postgres";
    private static final Duration START = Duration.ofMinutes(2);

    private final Path disk;
    private final Path data;
    private final int port;
    private final boolean mounted;
    private final List<String> command;
    private final File log;

    DayDatabase(Path directory, int port) throws Exception {
        this.port = port;
        log = directory.resolve("database.log").toFile();
        disk = Files.createDirectory(directory.resolve("disk"));
        data = disk.resolve("data");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", disk.toString());
        EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "64MB")
                .setServerConfig("max_connections", "60")
                .start();
        command = command();
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&socketTimeout=10";
    }

    StoreConfig.Postgres store() {
        return new StoreConfig.Postgres("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, USER);
    }

    /** Whether its disk can be filled. */
    boolean mounted() {
        return mounted;
    }

    /** Starts it on the data that there is; one that was killed may hold its shared memory for a while. */
    void start() throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the database does not start, see " + log);
            }
            if (processes().isEmpty()) {
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .start();
            }
        }
    }

    /** What started it first, which is how it is started again. */
    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // It refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        String options = Files.readString(data.resolve("postmaster.opts")).trim();
        for (String word : options.split(" (?=\"|/)")) {
            command.add(word.replace("\"", ""));
        }
        return command;
    }

    /** The server's processes, its postmaster first; none if it is gone. */
    private List<ProcessHandle> processes() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return List.of();
        }
        long pid = Long.parseLong(Files.readAllLines(file).get(0).trim());
        Optional<ProcessHandle> postmaster = ProcessHandle.of(pid)
                .filter(one -> one.info().command().orElse("").contains("postgres"));
        return postmaster.stream()
                .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
                .toList();
    }

    void kill() throws Exception {
        for (ProcessHandle one : processes()) {
            one.destroyForcibly();
            one.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    void pause() throws Exception {
        for (ProcessHandle one : processes()) {
            DayProcess.signal("-STOP", one.pid());
        }
    }

    void resume() throws Exception {
        for (ProcessHandle one : processes()) {
            DayProcess.signal("-CONT", one.pid());
        }
    }

    /** Leaves no room on its disk. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** Makes room; a server that gave up meanwhile is started again. */
    void empty() throws Exception {
        Files.deleteIfExists(disk.resolve("filler"));
        start();
    }

    private boolean answers() throws InterruptedException {
        try (Connection connection = DriverManager.getConnection(url(), USER, USER)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            TimeUnit.MILLISECONDS.sleep(200);
            return false;
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws Exception {
        kill();
        if (mounted) {
            run("umount", "-l", disk.toString());
        }
    }
}
