package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.netty.channel.epoll.Epoll;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running gateway is replaced by new processes on its address, and clients do not notice. Prints its figures.
 * Once in each test: {@code -Dlaneway.replacements=10}, as {@code -Psoak} has it, is more often.
 */
class ReplacementIT {

    private static final int TIMES = Integer.getInteger("laneway.replacements", 1);

    /** A network of one's own, where the kernel is told to move waiting connections. */
    private static final String APART =
            "echo 1 > /proc/sys/net/ipv4/tcp_migrate_req && (ip link set lo up || ifconfig lo up) && exec \"$@\"";

    @TempDir
    Path dir;

    private static boolean run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private static List<String> apart(String... command) {
        List<String> all = new ArrayList<>(List.of("unshare", "-rn", "sh", "-c", APART, "sh"));
        all.addAll(List.of(command));
        return all;
    }

    @Test
    void noRequestFailsWhenListeningSocketsAreHandedOver() throws Exception {
        assumeTrue(Epoll.isAvailable());
        assertThat(Replacement.run(dir, "epoll", TIMES)).isZero();
    }

    @Test
    void noRequestFailsWhenTheKernelMovesWaitingConnections() throws Exception {
        assumeTrue(Sockets.canDo(Transport.IO_URING));
        try {
            assumeTrue(run(apart("true")), "no network of one's own here");
        } catch (IOException e) {
            assumeTrue(false, "no unshare here");
        }
        assertThat(run(apart(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replacement.class.getName(),
                        dir.toString(),
                        "io_uring",
                        Integer.toString(TIMES))))
                .isTrue();
    }
}
