package io.laneway.gateway.server.hotrestart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.netty.channel.unix.FileDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What passes between the process that goes and the one that comes. */
@EnabledOnOs(OS.LINUX)
@SuppressWarnings("try") // listened at by being open
class HotRestartIT {

    @TempDir
    Path dir;

    /** Counts what it is told. */
    private static final class Recorded implements RestartSource {
        private final Map<String, List<FileDescriptor>> sockets;
        private final AtomicInteger freed = new AtomicInteger();
        private final AtomicInteger reclaimed = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();

        Recorded(Map<String, List<FileDescriptor>> sockets) {
            this.sockets = sockets;
        }

        @Override
        public Map<String, List<FileDescriptor>> sockets(String transport) {
            return sockets;
        }

        @Override
        public void freeAdmin() {
            freed.incrementAndGet();
        }

        @Override
        public void reclaimAdmin() {
            reclaimed.incrementAndGet();
        }

        @Override
        public void leave() {
            left.incrementAndGet();
        }
    }

    private static TestGateway epoll(Upstream upstream, int threads, InheritedSockets inheritance) {
        return TestGateway.heir(
                Tables.one(upstream.port()), config -> TestGateway.with(config, threads, Transport.EPOLL), inheritance);
    }

    /** More sockets than the new process has loops, and connections that are not accepted when the old one is gone. */
    @Test
    void connectionsThatWaitToBeAcceptedSurviveTheirProcess() throws Exception {
        Path path = dir.resolve("handover.sock");
        List<RawClient> waiting = new ArrayList<>();
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway old = epoll(upstream, 3, InheritedSockets.none());
                RestartServer heirs =
                        RestartServer.await(path, new Recorded(old.plane().inheritable("epoll")));
                RestartClient predecessor = RestartClient.at(path)) {
            InheritedSockets inheritance = predecessor.sockets("epoll");
            old.plane().leaveToSuccessor().get(10, TimeUnit.SECONDS);
            for (int i = 0; i < 60; i++) {
                waiting.add(old.client().send("GET / HTTP/1.1\nHost: a.test\n\n"));
            }
            old.plane().close();
            try (TestGateway heir = epoll(upstream, 2, inheritance)) {
                assertThat(heir.port()).isEqualTo(old.port());
                assertThat(waiting)
                        .allSatisfy(each -> assertThat(each.response().status()).isEqualTo(200));
            }
        } finally {
            waiting.forEach(RawClient::close);
        }
    }

    @Test
    void whoeverGoesAwayBeforeItServesChangesNothing() {
        Path path = dir.resolve("handover.sock");
        Recorded estate = new Recorded(Map.of());
        try (RestartServer heirs = RestartServer.await(path, estate)) {
            try (RestartClient predecessor = RestartClient.at(path)) {
                predecessor.sockets("epoll");
                predecessor.freeAdmin();
                assertThat(estate.freed).hasValue(1);
            }
            await().untilAsserted(() -> assertThat(estate.reclaimed).hasValue(1));
            assertThat(estate.left).hasValue(0);

            try (RestartClient predecessor = RestartClient.at(path)) {
                predecessor.sockets("epoll");
                predecessor.leave();
            }
            assertThat(estate.left).hasValue(1);
            assertThat(estate.reclaimed).hasValue(1);
        }
    }

    @Test
    void takesOneAtATimeAndNoStrangers() throws Exception {
        Path path = dir.resolve("handover.sock");
        try (RestartServer heirs = RestartServer.await(path, new Recorded(Map.of()));
                RestartClient first = RestartClient.at(path);
                RestartClient second = RestartClient.at(path)) {
            first.sockets("epoll");
            assertThatThrownBy(() -> second.sockets("epoll")).hasMessageContaining("no other process replaces");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aSocketFileThatNobodyListensAtIsTakenOver() throws Exception {
        Path path = dir.resolve("handover.sock");
        Files.createFile(path);
        assertThat(RestartClient.at(path)).isNull();
        assertThat(RestartClient.at(dir.resolve("none.sock"))).isNull();
        RestartServer heirs = RestartServer.await(path, new Recorded(Map.of()));
        try (RestartServer later = RestartServer.await(path, new Recorded(Map.of()))) {
            heirs.close();
            assertThat(path).as("is that of the later one").exists();
        }
    }
}
