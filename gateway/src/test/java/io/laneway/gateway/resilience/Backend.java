package io.laneway.gateway.resilience;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An endpoint in a process of its own, so that it can be killed and stopped. Answers every request with its name; how is
 * told by a mode: {@code well}, {@code reset} (amid the body), {@code 503}, {@code slow} (after 10 s).
 */
final class Backend implements AutoCloseable {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final Process process;
    private final int port;

    private Backend(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Backend start(String name, String mode) throws IOException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Backend.class.getName(),
                        name,
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new Backend(process, Integer.parseInt(line));
    }

    int port() {
        return port;
    }

    /** Sends SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends SIGSTOP: the kernel still takes its connections. */
    void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(5, TimeUnit.SECONDS).join();
    }

    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket, args[0], args[1]));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket socket, String name, String mode) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (head(in)) {
                response(socket, name, mode);
            }
        } catch (IOException | InterruptedException e) {
            return; // the gateway went away, as it may
        }
    }

    /** Reads a head and, for the small bodies of the tests, what {@code content-length} announces. */
    private static boolean head(BufferedReader in) throws IOException {
        int length = 0;
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
            line = in.readLine();
        }
        return line != null && in.skip(length) == length;
    }

    private static void response(Socket socket, String name, String mode) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        if (mode.equals("slow")) {
            var unused = NEVER.await(10, TimeUnit.SECONDS);
        }
        String status = mode.equals("503") ? "503 Unavailable" : "200 OK";
        int announced = mode.equals("reset") ? name.length() + 100 : name.length();
        String response = "HTTP/1.1 " + status + "\r\nContent-Length: " + announced + "\r\n\r\n" + name;
        out.write(response.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (mode.equals("reset")) {
            socket.setSoLinger(true, 0);
            throw new IOException("reset on purpose");
        }
    }
}
