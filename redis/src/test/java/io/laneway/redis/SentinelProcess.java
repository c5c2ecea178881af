package io.laneway.redis;

import static org.awaitility.Awaitility.await;

import io.laneway.testkit.FreePort;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;

/** A real sentinel. Confined to one thread. */
final class SentinelProcess implements AutoCloseable {

    private final int port = FreePort.take();
    private final Process process;

    SentinelProcess(Path file) throws IOException {
        String program = Programs.find("redis-server")
                .or(() -> Programs.find("valkey-server"))
                .orElseThrow()
                .toString();
        process = new ProcessBuilder(program, file.toString(), "--sentinel", "--port", Integer.toString(port))
                .directory(file.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
